import type { LogFile, LogImporter } from '../platform/importer.ts';
import { entriesOf, isRooTask, readClineTask } from './dialects/cline-task.ts';
import { editorStorage } from './dialects/editor-storage.ts';
import { type Fields, parseFields, textOf } from './dialects/json-fields.ts';
import { forkedToolKeys } from './dialects/opencode-keys.ts';

/**
 * Tasks of Roo Code, a fork of Cline (2025 to 2026). Requests are told by their time: a message edited or deleted
 * takes those after it away, and they were paid all the same.
 */
export const rooCode = {
  spec: 1,
  kind: 'log',
  id: 'roo-code',
  label: 'Roo Code',
  vendor: 'roo-code',
  vendorLabel: 'Roo Code',
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
    "Costs are Roo Code's own estimates. Its tasks do not name the vendor and often not the model, so requests without a cost stay unpriced.",
  howToGet:
    'Found by itself in the storage of VS Code, VSCodium, Cursor and Windsurf; with a storage path of your own, add that folder; or drop ui_messages.json.',
  hosts: [],
  settings: [],
  locations: (environment) => editorStorage(environment, 'rooveterinaryinc.roo-cline', 'tasks'),
  fileKind: (relativePath) => (/(?:^|\/)ui_messages\.json$/.test(relativePath) ? 'document' : null),
  recognises: isRooTask,
  needles: [],
  readDocument: (text, file) =>
    readClineTask(entriesOf(text), file, { holdsCache, keyBy: 'time', cwd: workspaceOf }),
} as const satisfies LogImporter;

/** Requests that state their protocol count the cache into the input; older ones did not. */
function holdsCache(counted: Fields): boolean {
  return typeof counted.apiProtocol === 'string';
}

function workspaceOf(file: LogFile): string | undefined {
  return textOf(parseFields(file.sibling('history_item.json') ?? '')?.workspace);
}
