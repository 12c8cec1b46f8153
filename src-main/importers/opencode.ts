import type {
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { type Fields, fieldsOf, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { type OpencodeMessage, opencodeFingerprint, opencodeRecord } from './dialects/opencode-message.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

interface Read {
  readonly line: number;
  readonly outcome: RowOutcome;
}

/**
 * opencode's store: an SQLite database since version 1.2 (early 2026), one JSON document per message before. Both
 * stay on disk after the move and name a message by the same id.
 */
export const opencode = {
  spec: 1,
  kind: 'log',
  id: 'opencode',
  label: 'opencode',
  vendor: 'opencode',
  vendorLabel: 'opencode',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  accuracy:
    "Costs are opencode's own estimates from list prices; where it states none, as under a subscription, they are worked out from the tokens.",
  howToGet: 'Found by itself in ~/.local/share/opencode; or drop opencode.db or a message (.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) =>
    head.trimStart().startsWith('{') && head.includes('"modelID"') && head.includes('"providerID"'),
  recognisesDatabase: (db) => ['session', 'message', 'part'].every((table) => db.hasTable(table)),
  needles: [],
  readDocument,
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { xdgData, join, isAbsolute, named } = toolFolders(environment);
  const folder = xdgData('opencode');
  const databases = named('OPENCODE_DB').map((path) => (isAbsolute(path) ? path : join(folder, path)));
  const why = environment.env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  return [
    ...(databases.length > 0
      ? locationsOf('OPENCODE_DB', ...databases)
      : locationsOf(why, join(folder, 'opencode*.db'))),
    ...locationsOf(why, join(folder, 'storage', 'message')),
  ];
}

function fileKind(relativePath: string): LogFileKind | null {
  if (/^[^/]+\.(?:db|sqlite3?)$/.test(relativePath)) return 'database';
  return /(?:^|\/)msg_[^/]*\.json$/.test(relativePath) ? 'document' : null;
}

const notReply: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };
const copied: RowOutcome = { kind: 'duplicate' };

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const message = parseFields(text);
  if (message === null)
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const name = /(msg_[^/]*)\.json$/.exec(file.relativePath)?.[1];
  const id = textOf(message.id) ?? name ?? file.relativePath;
  const session = textOf(message.sessionID) ?? null;
  yield {
    line: 0,
    outcome: outcomeOf({ id, session, message, directory: undefined, parent: undefined, steps: [] }),
  };
}

function outcomeOf(stored: OpencodeMessage): RowOutcome {
  if (stored.message.role !== 'assistant') return notReply;
  const fields = openFields();
  return fields.read(() => {
    const record = opencodeRecord(stored, fields);
    return record === null ? { kind: 'skip', reason: 'no tokens' } : { kind: 'record', record };
  });
}

/** Rows come in the order they were made, so that of a message and its copies in forks the original counts. */
function* readDatabase(db: ReadonlyDatabase): Generator<Read> {
  if (!['session', 'message', 'part'].every((table) => db.hasTable(table))) return;
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
    yield { line: 0, outcome: isCopy ? copied : outcomeOf(stored) };
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
