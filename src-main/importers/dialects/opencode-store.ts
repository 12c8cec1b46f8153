import type { ReadonlyDatabase, RowOutcome } from '../../platform/importer.ts';
import { type Fields, fieldsOf, openFields, parseFields, textOf } from './json-fields.ts';
import { type OpencodeMessage, opencodeFingerprint, opencodeRecord } from './opencode-message.ts';

interface Read {
  readonly line: number;
  readonly outcome: RowOutcome;
}

const notReply: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };
const copied: RowOutcome = { kind: 'duplicate' };

/** Whether a database has the tables of opencode's store (version 1.2 and later, 2026). */
export function hasOpencodeTables(db: ReadonlyDatabase): boolean {
  // A tool with tables of the same names but other messages keeps its calls in one of their own.
  if (db.hasTable('model_usage')) return false;
  return ['session', 'message', 'part'].every((table) => db.hasTable(table));
}

/** What one stored message comes to: a record, or a skip for what is no reply or states no usage. */
export function opencodeOutcome(stored: OpencodeMessage): RowOutcome {
  if (stored.message.role !== 'assistant') return notReply;
  const fields = openFields();
  return fields.read(() => {
    const record = opencodeRecord(stored, fields);
    return record === null ? { kind: 'skip', reason: 'no tokens' } : { kind: 'record', record };
  });
}

/**
 * Every reply in a database of opencode or of a tool made from it. Rows come in the order they were made, so that of
 * a message and its copies in forks the original counts.
 */
export function* readOpencodeDatabase(db: ReadonlyDatabase): Generator<Read> {
  if (!hasOpencodeTables(db)) return;
  const stepsOf = stepsByMessage(db);
  const seen = new Set<string>();
  const rows = db.query(
    `SELECT m.id, m.session_id, m.data, s.directory, s.parent_id
     FROM message m LEFT JOIN session s ON s.id = m.session_id ORDER BY m.time_created, m.id`,
  );
  for (const row of rows) {
    const stored = storedMessage(row, stepsOf);
    if (stored === null) {
      yield { line: 0, outcome: { kind: 'refuse', reason: `message ${String(row.id)} is not valid JSON` } };
      continue;
    }
    const print = stored.message.role === 'assistant' ? opencodeFingerprint(stored) : undefined;
    const isCopy = print !== undefined && seen.has(print);
    if (print !== undefined) seen.add(print);
    yield { line: 0, outcome: isCopy ? copied : opencodeOutcome(stored) };
  }
}

function storedMessage(
  row: Readonly<Record<string, unknown>>,
  stepsOf: ReadonlyMap<string, readonly Fields[]>,
): OpencodeMessage | null {
  const [id, message] = [textOf(row.id), parseFields(textOf(row.data) ?? '')];
  if (id === undefined || message === null) return null;
  return {
    id,
    session: textOf(row.session_id) ?? null,
    message,
    directory: textOf(row.directory),
    parent: textOf(row.parent_id),
    steps: stepsOf.get(id) ?? [],
  };
}

/** Only step endings are taken out of the table: the other parts are prompts, replies and tool output. */
function stepsByMessage(db: ReadonlyDatabase): ReadonlyMap<string, readonly Fields[]> {
  const steps = new Map<string, Fields[]>();
  const rows = db.query(
    `SELECT message_id, data FROM part WHERE instr(data, '"step-finish"') > 0 ORDER BY id`,
  );
  for (const row of rows) {
    const [id, part] = [textOf(row.message_id), parseFields(textOf(row.data) ?? '')];
    if (id === undefined || part?.type !== 'step-finish' || fieldsOf(part.tokens) === undefined) continue;
    const known = steps.get(id);
    if (known === undefined) steps.set(id, [part]);
    else known.push(part);
  }
  return steps;
}
