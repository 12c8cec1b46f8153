import { constants as bufferLimits } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../platform/error.ts';
import type { LineReader, LogFile, LogImporter, RowOutcome } from '../../platform/importer.ts';
import { nestsTooDeep } from './json-depth.ts';
import {
  canGoOn,
  hashAround,
  isUnchanged,
  type LogCursor,
  steadyFile,
  trustedTime,
  unreadCursor,
} from './log-cursor.ts';
import { withDatabase } from './log-database.ts';
import { type FoundLogFile, fileFacts } from './log-files.ts';
import { type FoundLine, type LineSource, scanLines } from './log-lines.ts';
import { openSibling } from './log-sibling.ts';

export type { LogCursor } from './log-cursor.ts';

export interface LogSink {
  /** `raw` is the line; '' where an outcome has no line of its own, or tells all without it. */
  outcome(line: number, outcome: RowOutcome, raw: string): void;
  /** Bytes read since the last call. */
  bytes(read: number): void;
}

export interface LogRead {
  readonly cursor: LogCursor;
  readonly bytesRead: number;
}

export interface ReadLogOptions {
  /** The file is complete: its last line counts even without a newline. */
  readonly final?: boolean;
}

const documentBytes = Math.min(512 * 1024 ** 2, bufferLimits.MAX_STRING_LENGTH);
const tooLong: RowOutcome = { kind: 'refuse', reason: 'the line is longer than 16 MiB' };
const tooDeep: RowOutcome = { kind: 'refuse', reason: 'the JSON nests deeper than 64 levels' };

/**
 * Reads what a log file holds beyond `cursor`: of appended lines the new ones, of documents and databases all of it
 * when it has changed. A file that was cut, rewritten or replaced is read from its start; one that is gone reads as
 * empty. Throws FILE_UNREADABLE or FILE_TOO_LARGE; the old cursor then stays good.
 */
export function readLogFile(
  importer: LogImporter,
  file: FoundLogFile,
  cursor: LogCursor | null,
  sink: LogSink,
  stop: () => boolean,
  options: ReadLogOptions = {},
): LogRead {
  const from = cursor ?? unreadCursor;
  const fd = open(file.path);
  if (fd === null) return { cursor: from, bytesRead: 0 };
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new AppError('FILE_UNREADABLE', `"${file.path}" is not a file.`);
    const facts = fileFacts(file.path, file.kind, stat);
    if (isUnchanged(from, facts)) return { cursor: from, bytesRead: 0 };
    return read({ importer, file, fd, stat, facts, from, sink, stop, final: options.final === true });
  } catch (error) {
    throw readable(error, file.path);
  } finally {
    closeSync(fd);
  }
}

interface Reading {
  readonly importer: LogImporter;
  readonly file: FoundLogFile;
  readonly fd: number;
  readonly stat: Stats;
  readonly facts: ReturnType<typeof fileFacts>;
  readonly from: LogCursor;
  readonly sink: LogSink;
  readonly stop: () => boolean;
  readonly final: boolean;
}

function read(reading: Reading): LogRead {
  switch (reading.file.kind) {
    case 'lines':
      return reading.file.path.endsWith('.zst') ? readPacked(reading) : readLines(reading);
    case 'document':
      return readDocument(reading);
    case 'database':
      return readDatabase(reading);
  }
}

function readLines(reading: Reading): LogRead {
  const { fd, stat, facts, final } = reading;
  const from = canGoOn(reading.from, fd, stat.size) ? reading.from : unreadCursor;
  const steady = steadyFile(fd, stat.size, from);
  // What is appended while reading is for next time: a log can grow faster than it is read.
  const upTo = (into: Buffer, position: number) => {
    const wanted = Math.max(0, Math.min(into.length, stat.size - position));
    const read = readSync(fd, into, 0, wanted, position);
    steady.note(into.subarray(0, read), position);
    // Bytes read after a cut are another log's, and may start in the middle of a line.
    return steady.holds() ? read : 0;
  };
  const { mark, state, bytesRead } = takeLines(reading, { read: upTo, size: stat.size, from, final });
  const head = hashAround(fd, mark.offset);
  // A cursor into what is no longer there would hide what has come in its place.
  if (!steady.holds()) return { cursor: unreadCursor, bytesRead };
  const isWhole = !reading.stop();
  return {
    cursor: {
      ...facts,
      ...mark,
      head,
      mtimeMs: trustedTime(facts.mtimeMs),
      size: isWhole ? facts.size : mark.offset,
      state,
    },
    bytesRead,
  };
}

/** Packed logs are no longer written to, so they are read whole. */
function readPacked(reading: Reading): LogRead {
  const { fd, stat, facts } = reading;
  if (stat.size > documentBytes) throw tooLarge(reading.file.path);
  const lines = zstdDecompressSync(readFileSync(fd), { maxOutputLength: documentBytes });
  const copy = (into: Buffer, position: number) => lines.copy(into, 0, position);
  takeLines(reading, { read: copy, size: lines.length, from: unreadCursor, final: true });
  return wholeRead(reading, facts.size);
}

interface Span {
  readonly read: LineSource['read'];
  readonly size: number;
  readonly from: LogCursor;
  readonly final: boolean;
}

function takeLines({ importer, file, facts, sink, stop }: Reading, { read, size, from, final }: Span) {
  if (importer.openLines === undefined)
    throw new AppError('UNSUPPORTED', `${importer.label} keeps no logs of lines.`);
  const reader = importer.openLines(logFile(file, facts.mtimeMs), from.offset === 0 ? null : from.state);
  const { needles, fields = noFields } = importer;
  const source = { read, expectedBytes: size - from.offset, needles, fields, final, stop };
  let bytesRead = 0;
  const mark = scanLines(source, from, {
    line(found, line) {
      const outcome = fromFields(reader, found);
      if (outcome !== null) return sink.outcome(line, outcome, tellsAll(outcome) ? '' : found.text());
      const text = found.text();
      if (text !== '') sink.outcome(line, nestsTooDeep(text) ? tooDeep : oneLine(reader, text), text);
    },
    tooLong(line) {
      sink.outcome(line, tooLong, '');
    },
    bytes(read) {
      bytesRead += read;
      sink.bytes(read);
    },
  });
  return { mark, state: reader.state(), bytesRead };
}

const noFields: readonly string[] = [];

function fromFields(reader: LineReader, found: FoundLine): RowOutcome | null {
  const fields = reader.fields === undefined ? null : found.fields();
  return fields === null ? null : (reader.fields?.(fields) ?? null);
}

/** Whether nobody needs the line's text, neither as its identity nor to show it. */
function tellsAll(outcome: RowOutcome): boolean {
  if (outcome.kind === 'record') return outcome.record.key !== undefined;
  return outcome.kind === 'skip' || outcome.kind === 'duplicate';
}

function readDocument(reading: Reading): LogRead {
  const { importer, file, fd, stat, sink, stop } = reading;
  if (importer.readDocument === undefined)
    throw new AppError('UNSUPPORTED', `${importer.label} keeps no documents.`);
  if (stat.size > documentBytes) throw tooLarge(file.path);
  const text = readFileSync(fd, 'utf8').replace(/^\uFEFF/, '');
  sink.bytes(stat.size);
  const messages = importer.readDocument(text, logFile(file, stat.mtimeMs));
  for (const { line, outcome } of nestsTooDeep(text) ? [wholeTooDeep] : whileShallow(messages)) {
    if (stop()) break;
    sink.outcome(line, outcome, '');
  }
  return wholeRead(reading, stat.size);
}

/** Even a short text can nest deeper than the stack holds; then the line is refused, not the file. */
function oneLine(reader: LineReader, text: string): RowOutcome {
  try {
    return reader.line(text);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

const wholeTooDeep = { line: 0, outcome: tooDeep };

function* whileShallow(
  messages: Iterable<{ readonly line: number; readonly outcome: RowOutcome }>,
): Generator<{ readonly line: number; readonly outcome: RowOutcome }> {
  try {
    yield* messages;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    yield wholeTooDeep;
  }
}

function readDatabase(reading: Reading): LogRead {
  const { importer, file, facts, sink, stop } = reading;
  const { readDatabase } = importer;
  if (readDatabase === undefined) throw new AppError('UNSUPPORTED', `${importer.label} keeps no database.`);
  withDatabase(file.path, (db) => {
    sink.bytes(facts.size);
    for (const { line, outcome } of readDatabase(db, logFile(file, facts.mtimeMs))) {
      if (stop()) break;
      sink.outcome(line, outcome, '');
    }
  });
  return wholeRead(reading, facts.size);
}

function wholeRead({ facts, stop }: Reading, bytesRead: number): LogRead {
  if (stop()) return { cursor: unreadCursor, bytesRead };
  return { cursor: { ...facts, offset: facts.size, line: 0, head: '', state: null }, bytesRead };
}

function logFile(file: FoundLogFile, modifiedAt: number): LogFile {
  const { path, relativePath } = file;
  return { path, relativePath, modifiedAt: Math.trunc(modifiedAt), sibling: openSibling(file) };
}

/** Null when the file is gone: tools delete and move logs while they are being listed. */
function open(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw readable(error, path);
  }
}

function readable(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  return new AppError(
    'FILE_UNREADABLE',
    `"${path}" cannot be read (${error.code}). It is tried again next time.`,
    {
      cause: error,
    },
  );
}

function tooLarge(path: string): AppError {
  return new AppError('FILE_TOO_LARGE', `"${path}" is larger than 512 MiB and is not read.`);
}
