import type {
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import { parseFields, textOf } from './dialects/json-fields.ts';
import { forkedToolKeys } from './dialects/opencode-keys.ts';
import { hasOpencodeTables, opencodeOutcome, readOpencodeDatabase } from './dialects/opencode-store.ts';
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
  keySpace: forkedToolKeys,
  accuracy:
    "Costs are opencode's own estimates from list prices; where it states none, as under a subscription, they are worked out from the tokens.",
  howToGet: 'Found by itself in ~/.local/share/opencode; or drop opencode.db or a message (.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) =>
    head.trimStart().startsWith('{') && head.includes('"modelID"') && head.includes('"providerID"'),
  recognisesDatabase: hasOpencodeTables,
  needles: [],
  readDocument,
  readDatabase: readOpencodeDatabase,
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

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const message = parseFields(text);
  if (message === null)
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const name = /(msg_[^/]*)\.json$/.exec(file.relativePath)?.[1];
  const id = textOf(message.id) ?? name ?? file.relativePath;
  const session = textOf(message.sessionID) ?? null;
  yield {
    line: 0,
    outcome: opencodeOutcome({ id, session, message, directory: undefined, parent: undefined, steps: [] }),
  };
}
