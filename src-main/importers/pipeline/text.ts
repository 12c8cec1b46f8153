import { isUtf8 } from 'node:buffer';
import { closeSync, readSync } from 'node:fs';
import { AppError } from '../../platform/error.ts';
import { sniffDecimal } from '../dialects/sniff-decimal.ts';
import { openRowScanner } from './csv.ts';
import { type Encoding, openForReading } from './decode.ts';
import { findHeader, type SampleRow } from './header.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

/** What the first 256 KiB tell about a delimited file. */
export interface TextFacts {
  readonly encoding: Encoding;
  /** Length of the byte order mark. */
  readonly bomBytes: number;
  readonly delimiter: Delimiter;
  /** Header cells, trimmed. */
  readonly header: readonly string[];
  readonly headerRaw: string;
  /** 1-based number of the header's line; rows follow below. */
  readonly headerLine: number;
  /** Lines above the header that hold something. */
  readonly preamble: readonly string[];
  /** How the file writes decimals, when its numbers tell. */
  readonly decimal: '.' | ',' | undefined;
  /** The first rows below the header, at most 100; empty when there are none. */
  readonly sample: readonly (readonly string[])[];
}

const headBytes = 256 * 1024;
const sampleRows = 100;
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * Looks at the start of a file. Throws FILE_UNREADABLE when it is empty, not text, or text in an encoding that
 * cannot be told for certain, and FORMAT_UNKNOWN when no row among the first 15 looks like a header.
 */
export function sniffText(path: string): TextFacts {
  const { bytes, whole } = readHead(path);
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF')
    throw new AppError(
      'FORMAT_UNKNOWN',
      'This is a PDF, which holds no rows to read. Export CSV from the vendor instead; nothing was imported.',
    );
  if (isPicture(bytes))
    throw unreadable('This is a picture, which holds no rows to read. Export CSV from the vendor instead.');
  if (bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3')
    throw new AppError('FORMAT_UNKNOWN', 'This is a database of no tool LLMLab reads. Nothing was imported.');
  const { encoding, bomBytes } = sniffEncoding(bytes);
  const text = decodeHead(bytes.subarray(bomBytes), encoding, whole);
  const start = text.trimStart();
  if (start === '') throw unreadable('This file is empty: it holds no header and no rows.');
  if (start.startsWith('{') || start.startsWith('[') || start.startsWith('<'))
    throw new AppError(
      'FORMAT_UNKNOWN',
      start.startsWith('<')
        ? 'This is a web page or XML, not a table. Export CSV or JSON from the vendor instead; nothing was imported.'
        : 'This is JSON in no format LLMLab knows. Export CSV instead, if the vendor has it; nothing was imported.',
    );
  return { encoding, bomBytes, ...sniffTable(text, whole) };
}

/** What a screenshot of a bill is saved as. */
function isPicture(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  const marks = ['\x89PNG', '\xff\xd8\xff', 'GIF87a', 'GIF89a'];
  return marks.some((mark) => start.startsWith(mark)) || /^RIFF.{4}WEBP|^.{4}ftyphei/s.test(start);
}

function readHead(path: string): { bytes: Buffer; whole: boolean } {
  const fd = openForReading(path);
  try {
    const buffer = Buffer.alloc(headBytes + 1);
    const read = readSync(fd, buffer, 0, headBytes + 1, 0);
    return { bytes: buffer.subarray(0, Math.min(read, headBytes)), whole: read <= headBytes };
  } catch (cause) {
    throw new AppError('FILE_UNREADABLE', 'This file cannot be read. Nothing was imported.', { cause });
  } finally {
    closeSync(fd);
  }
}

function sniffEncoding(bytes: Buffer): { encoding: Encoding; bomBytes: number } {
  const mark = bytes.subarray(0, 4).toString('hex');
  if (mark === 'fffe0000' || mark === '0000feff')
    throw unreadable('This file is UTF-32 text, which is not read.');
  if (mark.startsWith('efbbbf')) return { encoding: 'utf-8', bomBytes: 3 };
  if (mark.startsWith('fffe')) return { encoding: 'utf-16le', bomBytes: 2 };
  if (mark.startsWith('feff')) return { encoding: 'utf-16be', bomBytes: 2 };
  return { encoding: sniffByZeros(bytes.subarray(0, 4096)), bomBytes: 0 };
}

/** Mostly Latin text in UTF-16 has a zero in every other byte; in UTF-32, three of four; a text file has hardly any. */
function sniffByZeros(bytes: Buffer): Encoding {
  const zeros = [0, 0, 0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  const quarter = bytes.length / 4;
  const [a, b, c, d] = zeros.map((count) => count > quarter * 0.6);
  if ((b && c && d) || (a && b && c)) throw unreadable('This file is UTF-32 text, which is not read.');
  if (b && d && !a && !c) return 'utf-16le';
  if (a && c && !b && !d) return 'utf-16be';
  if (zeros.reduce((sum, count) => sum + count, 0) > bytes.length * 0.05)
    throw unreadable('This is not a text file.');
  return 'utf-8';
}

function decodeHead(bytes: Buffer, encoding: Encoding, whole: boolean): string {
  if (encoding !== 'utf-8')
    return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes, { stream: !whole });
  const cut = whole ? bytes.length : Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13)) + 1;
  if (!isUtf8(bytes.subarray(0, cut)))
    throw unreadable(
      'This file is not UTF-8 or UTF-16 text (often: a CSV saved for Windows with its own alphabet). Save it again as "CSV UTF-8".',
    );
  return bytes.subarray(0, cut === 0 ? bytes.length : cut).toString('utf8');
}

function sniffTable(text: string, whole: boolean): Omit<TextFacts, 'encoding' | 'bomBytes'> {
  const declared = /^sep=([,;\t|])[\r\n]/.exec(text)?.[1];
  const candidates = delimiters
    .filter((delimiter) => declared === undefined || delimiter === declared)
    .map((delimiter) => {
      const rows = scanHead(text, delimiter, whole).filter((row) => !row.raw.startsWith('sep='));
      return { delimiter, rows, header: findHeader(rows) };
    });
  let best: { delimiter: Delimiter; rows: readonly SampleRow[]; header: number } | undefined;
  for (const one of candidates) if (one.header !== -1 && (!best || score(one) > score(best))) best = one;
  const head = best?.rows[best.header];
  if (!best || !head)
    throw new AppError(
      'FORMAT_UNKNOWN',
      'No row among the first 15 looks like the header of a table. Nothing was imported.',
    );
  const sample = best.rows.slice(best.header + 1).map((row) => row.cells);
  return {
    delimiter: best.delimiter,
    header: head.cells.map((cell) => cell.trim()),
    headerRaw: head.raw,
    headerLine: head.line,
    preamble: best.rows.slice(0, best.header).map((row) => row.raw),
    decimal: sniffDecimal(sample),
    sample,
  };
}

/** A delimiter is the better, the more columns it makes and the more rows have just as many. */
function score(found: { rows: readonly SampleRow[]; header: number }): number {
  const columns = found.rows[found.header]?.cells.length ?? 0;
  const fitting = found.rows.slice(found.header).filter((row) => row.cells.length === columns);
  return (columns - 1) * fitting.length;
}

function scanHead(text: string, delimiter: Delimiter, whole: boolean): readonly SampleRow[] {
  const rows: SampleRow[] = [];
  const scanner = openRowScanner(delimiter, {
    row(cells, line, raw) {
      rows.push({ cells, line, raw });
      if (rows.length >= sampleRows) scanner.stop();
    },
    broken() {},
  });
  scanner.push(text, whole);
  return rows;
}

function unreadable(message: string): AppError {
  return new AppError('FILE_UNREADABLE', `${message} Nothing was imported.`);
}
