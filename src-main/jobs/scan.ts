import { logImporters } from '../importers/index.ts';
import { type FoundLogFile, findLogFiles } from '../importers/pipeline/log-files.ts';
import type { LogCursor } from '../importers/pipeline/log-reader.ts';
import type { Book } from '../ledger/book.ts';
import { AppError } from '../platform/error.ts';
import type { LogImporter } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { createCursorWriter, loadCursors } from '../store/cursors.ts';
import { inTransaction } from '../store/database.ts';
import { dropImport, finishImport } from '../store/imports.ts';
import { listSources, markToolRead } from '../store/sources.ts';
import { openBook, readPrices, type TaskContext } from './context.ts';
import { openImport } from './follow/import-of-day.ts';
import { cancelledAfter, stopIfAsked } from './import-member.ts';
import { createIntake, type Intake, type IntakeOptions, type Refusal, type TakePacked } from './intake.ts';
import { fileTrouble, folderTrouble } from './log-trouble.ts';
import { createPlaces } from './place.ts';
import type { LogToRead } from './reading/piece.ts';
import { readLogs } from './reading/pool.ts';
import type { LogEnd } from './reading/read-log.ts';
import { addTotals, noteMoney, toTotals } from './tally.ts';

export interface ScannedTool {
  readonly tool: string;
  readonly files: number;
  readonly bytesRead: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly importId: number | null;
  readonly problems: readonly { file: string; line: number; reason: string }[];
}

const shownProblems = 50;

interface Reading {
  readonly total: number;
  done: number;
  bytes: number;
  readonly failed: { file: string; line: number; reason: string }[];
}

/** Whether there is anything to read: a file whose size and time are as last read is passed over. */
function isUnread(file: FoundLogFile, cursor: LogCursor | undefined): boolean {
  return (
    cursor === undefined ||
    cursor.size !== file.size ||
    cursor.mtimeMs !== file.mtimeMs ||
    cursor.ino !== file.ino
  );
}

/** What is known of a tool's logs when they are read. */
export interface Found {
  readonly files: readonly FoundLogFile[];
  readonly cursors: ReadonlyMap<string, LogCursor>;
  /** Why a folder cannot be read, or null. */
  readonly trouble: string | null;
  /** Read because it was written, not because somebody asked. */
  readonly followed: boolean;
}

/** Keeps why a tool cannot be read, or that it can be again; that an asked-for scan looked is news as well. */
function noteNothingNew(context: TaskContext, importer: LogImporter, { trouble, followed }: Found): void {
  const own = listSources(context.db).filter((row) => row.importer === importer.id && row.sample === 0);
  if (followed && own.every((row) => row.error === trouble)) return;
  markToolRead(context.db, importer.id, context.now(), trouble);
}

/** Reads what is new in a tool's files; runs in a transaction. */
export function readTool(context: TaskContext, importer: LogImporter, found: Found): ScannedTool {
  const now = context.now();
  const { files, cursors, followed } = found;
  const unread = files.filter((file) => isUnread(file, cursors.get(file.path)));
  if (unread.length === 0) {
    noteNothingNew(context, importer, found);
    return {
      tool: importer.id,
      files: files.length,
      bytesRead: 0,
      accepted: 0,
      duplicate: 0,
      refused: 0,
      importId: null,
      problems: [],
    };
  }
  const book = openBook(context);
  const placeOf = createPlaces(context.db, importer, { sample: false, now });
  // A tool of one vendor has its source from the first scan on, also while nothing was counted yet.
  const sourceId = importer.anyVendor ? null : placeOf({ provider: importer.vendor }).sourceId;
  const opened = openImport(context, importer, { sourceId, now, followed });
  const importId = opened.id;
  const refusals: Refusal[] = [];
  const intake = createIntake({
    db: context.db,
    book,
    importer,
    importId,
    claims: false,
    placeOf,
    refused: (refusal) => void (refusals.length < shownProblems && refusals.push(refusal)),
  });
  const reading: Reading = { total: unread.length, done: 0, bytes: 0, failed: [] };
  const logs = unread.map((file) => ({ file, cursor: cursors.get(file.path) ?? null }));
  readInto(context, importer, logs, { book, intake, placeOf, reading });
  stopIfAsked(context);
  book.settle();
  noteMoney(intake.tally, book.brought(importId));
  finishImport(context.db, importId, addTotals(opened.before, toTotals(intake.tally)));
  const [failure] = reading.failed;
  markToolRead(context.db, importer.id, now, failure === undefined ? found.trouble : fileTrouble(failure));
  const { accepted, duplicate, refused } = intake.tally;
  const broughtNothing = accepted === 0 && refused === 0;
  if (broughtNothing && opened.before === null) dropImport(context.db, importId);
  return {
    tool: importer.id,
    files: files.length,
    bytesRead: reading.bytes,
    accepted,
    duplicate,
    refused,
    importId: broughtNothing ? null : importId,
    problems: [
      ...reading.failed,
      ...refusals.map(({ file, line, reason }) => ({ file: file ?? '', line, reason })),
    ],
  };
}

interface Into {
  readonly book: Book;
  readonly intake: Intake;
  readonly placeOf: IntakeOptions['placeOf'];
  readonly reading: Reading;
}

function readInto(
  context: TaskContext,
  importer: LogImporter,
  files: readonly LogToRead[],
  into: Into,
): void {
  const { book, intake, placeOf, reading } = into;
  const { tally } = intake;
  const saveCursor = createCursorWriter(context.db);
  const streams = new Map<number, TakePacked>();
  const streamOf = (stream: number): TakePacked => {
    const open = streams.get(stream) ?? intake.packedStream();
    streams.set(stream, open);
    return open;
  };
  const ended = (file: string, end: LogEnd): void => {
    if (end.kind === 'read') saveCursor(importer.id, file, end.cursor as unknown as Json);
    else reading.failed.push({ file, line: 0, reason: end.reason });
    reading.done++;
    context.progress(reading.done, reading.total, 'files');
  };
  const prices = () => readPrices(context.db, context.resourcesDir);
  const logs = { importer, files, prices, rates: context.settings.rates, costOf: book.costOf };
  readLogs(logs, {
    part({ file, bytes, piece, end }, stream) {
      const path = files[file]?.file.path ?? '';
      for (const { line, outcome, raw } of piece.loose) intake.take(outcome, line, raw, path);
      if (piece.packed !== null) streamOf(stream)(piece.packed, { file: path });
      tally.duplicate += piece.duplicate;
      tally.skipped += piece.skipped;
      reading.bytes += bytes;
      if (end !== null) ended(path, end);
    },
    sourceOf: (origin) => placeOf(origin).sourceId,
    stopIfAsked: () => stopIfAsked(context),
    stop: context.stop,
  });
}

/** Reads what is new in the tools' folders, each tool in a transaction of its own. */
export function scan(
  context: TaskContext,
  input: { readonly tools?: readonly string[] | undefined },
): readonly ScannedTool[] {
  const unknown = input.tools?.find((tool) => !logImporters.some((importer) => importer.id === tool));
  if (unknown !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `There is no tool "${unknown}". Known: ${logImporters.map((importer) => importer.id).join(', ')}.`,
    );
  const wanted = logImporters.filter(({ id }) => input.tools === undefined || input.tools.includes(id));
  const done: ScannedTool[] = [];
  for (const importer of wanted) {
    const { id } = importer;
    const found = findLogFiles(importer, context.environment, context.settings.logFolders[id] ?? []);
    try {
      done.push(
        inTransaction(context.db, () => {
          const cursors = loadCursors(context.db, id) as unknown as ReadonlyMap<string, LogCursor>;
          const trouble = folderTrouble(found, cursors.keys());
          return readTool(context, importer, { files: found.files, cursors, trouble, followed: false });
        }),
      );
    } catch (error) {
      throw cancelledAfter(error, done.filter((tool) => tool.importId !== null).length, 'tools');
    }
  }
  return done;
}
