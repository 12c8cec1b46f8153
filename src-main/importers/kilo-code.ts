import type { LogEnvironment, LogFileKind, LogImporter, LogLocation } from '../platform/importer.ts';
import { entriesOf, readClineTask } from './dialects/cline-task.ts';
import { editorStorage } from './dialects/editor-storage.ts';
import type { Fields } from './dialects/json-fields.ts';
import { forkedToolKeys } from './dialects/opencode-keys.ts';
import { readOpencodeDatabase } from './dialects/opencode-store.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Kilo Code: tasks of the older editor extension, a fork of Cline and Roo Code, and the database of the newer
 * extension and command line, a fork of opencode (2025 to 2026). Both look like what they were made from, so a
 * dropped file is not taken for Kilo Code's unless the user says so.
 */
export const kiloCode = {
  spec: 1,
  kind: 'log',
  id: 'kilo-code',
  label: 'Kilo Code',
  vendor: 'kilo',
  vendorLabel: 'Kilo Code',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  keySpace: forkedToolKeys,
  holdsPrompts: true,
  accuracy:
    "Costs are Kilo Code's own estimates; where it states none, as under a subscription, they are worked out from the tokens.",
  howToGet:
    'Found by itself in ~/.local/share/kilo and the storage of VS Code, VSCodium, Cursor and Windsurf. A dropped file looks like one of Cline, Roo Code or opencode: choose Kilo Code as its format.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: () => false,
  needles: [],
  readDocument: (text, file) => readClineTask(entriesOf(text), file, { holdsCache, keyBy: 'time' }),
  readDatabase: readOpencodeDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { xdgData, join, named } = toolFolders(environment);
  const data = named('KILO_DATA_DIR');
  const why = environment.env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  const databases =
    data.length > 0
      ? locationsOf('KILO_DATA_DIR', ...data.map((path) => join(path, 'kilo*.db')))
      : locationsOf(why, xdgData('kilo', 'kilo*.db'));
  return [...databases, ...editorStorage(environment, 'kilocode.kilo-code', 'tasks')];
}

function fileKind(relativePath: string): LogFileKind | null {
  if (/(?:^|\/)ui_messages\.json$/.test(relativePath)) return 'document';
  return /^kilo[^/]*\.db$/.test(relativePath) ? 'database' : null;
}

function holdsCache(counted: Fields): boolean {
  return typeof counted.apiProtocol === 'string';
}
