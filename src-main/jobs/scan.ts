import { logImporters } from '../importers/index.ts';
import { type FoundLogFile, findLogFiles } from '../importers/pipeline/log-files.ts';
import { type LogCursor, readLogFile } from '../importers/pipeline/log-reader.ts';
import { AppError } from '../platform/error.ts';
import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { createCursorWriter, loadCursors } from '../store/cursors.ts';
import { inTransaction } from '../store/database.ts';
import { dropImport, finishImport, insertImport } from '../store/imports.ts';
import { markToolRead } from '../store/sources.ts';
import { openBook, type TaskContext } from './context.ts';
import { cancelledAfter, stopIfAsked } from './import-member.ts';
import { createIntake, type Refusal } from './intake.ts';
import { createPlaces } from './place.ts';
import { noteMoney, toTotals } from './tally.ts';

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

function readTool(context: TaskContext, importer: LogImporter, files: readonly FoundLogFile[]): ScannedTool {
  const now = context.now();
  const cursors = loadCursors(context.db, importer.id) as unknown as ReadonlyMap<string, LogCursor>;
  const unread = files.filter((file) => isUnread(file, cursors.get(file.path)));
  if (unread.length === 0)
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
  const book = openBook(context);
  const placeOf = createPlaces(context.db, importer, { sample: false, now });
  // A tool of one vendor has its source from the first scan on, also while nothing was counted yet.
  const sourceId = importer.anyVendor ? null : placeOf({ provider: importer.vendor }).sourceId;
  const importId = insertImport(context.db, {
    kind: 'scan',
    importer: importer.id,
    importer_label: importer.label,
    source_id: sourceId,
    file_name: `${importer.label} logs`,
    path: null,
    sha256: null,
    at: now,
    sample: 0,
  });
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
  const saveCursor = createCursorWriter(context.db);
  const reading: Reading = { total: unread.length, done: 0, bytes: 0, failed: [] };
  for (const file of unread)
    readOne(context, importer, file, cursors.get(file.path) ?? null, { intake, reading, saveCursor });
  stopIfAsked(context);
  book.settle();
  noteMoney(context.db, intake.tally, importId, book.raised());
  finishImport(context.db, importId, toTotals(intake.tally));
  const [failure] = reading.failed;
  markToolRead(
    context.db,
    importer.id,
    now,
    failure === undefined ? null : `${failure.file}: ${failure.reason}`,
  );
  const { accepted, duplicate, refused } = intake.tally;
  const broughtNothing = accepted === 0 && refused === 0;
  if (broughtNothing) dropImport(context.db, importId);
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
  readonly intake: ReturnType<typeof createIntake>;
  readonly reading: Reading;
  readonly saveCursor: ReturnType<typeof createCursorWriter>;
}

function readOne(
  context: TaskContext,
  importer: LogImporter,
  file: FoundLogFile,
  cursor: LogCursor | null,
  into: Into,
): void {
  stopIfAsked(context);
  const sink = {
    outcome: (line: number, outcome: RowOutcome, raw: string) =>
      into.intake.take(outcome, line, raw, file.path),
    bytes(n: number) {
      into.reading.bytes += n;
    },
  };
  try {
    const read = readLogFile(importer, file, cursor, sink, context.stop);
    into.saveCursor(importer.id, file.path, read.cursor as unknown as Json);
  } catch (error) {
    // One unreadable file must not keep the others from being read; it is tried again next time.
    if (!(error instanceof AppError) || !error.code.startsWith('FILE_')) throw error;
    into.reading.failed.push({ file: file.path, line: 0, reason: error.message });
  }
  into.reading.done++;
  context.progress(into.reading.done, into.reading.total, 'files');
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
    const { files } = findLogFiles(importer, context.environment, context.settings.logFolders[id] ?? []);
    try {
      done.push(inTransaction(context.db, () => readTool(context, importer, files)));
    } catch (error) {
      throw cancelledAfter(error, done.filter((tool) => tool.importId !== null).length, 'tools');
    }
  }
  return done;
}
