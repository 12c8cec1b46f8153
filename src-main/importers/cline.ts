import type {
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import {
  clineTokens,
  costOf,
  entriesOf,
  isClineTask,
  isRooTask,
  readClineTask,
} from './dialects/cline-task.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { type Read, whole } from './dialects/documents.ts';
import { editorStorage } from './dialects/editor-storage.ts';
import { type Fields, openFields, textOf } from './dialects/json-fields.ts';
import { unknownProvider } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const extension = 'saoudrizwan.claude-dev';

/**
 * Tasks of the Cline extension, in each editor's own storage and the store its parts share (version 3, 2024 to 2026).
 * A request is told by its place among the task's requests: one that a restored checkpoint removed gives its place to
 * what was kept of it, so it does not count twice; and the history's sums of a task, which count once the task's folder
 * is gone, take the first place, so a task read before it was deleted does not count twice either.
 */
export const cline = {
  spec: 1,
  kind: 'log',
  id: 'cline',
  label: 'Cline',
  vendor: 'cline',
  vendorLabel: 'Cline',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    "Costs are Cline's own estimates; where it states none, as under a subscription, they are worked out from the tokens. Of tasks whose folder was deleted only the sum is left. Where a restored checkpoint removed several requests that were read before, some can count twice until as many new ones follow.",
  howToGet:
    'Found by itself in the storage of VS Code, VSCodium, Cursor and Windsurf and in ~/.cline/data; or drop ui_messages.json or taskHistory.json.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) => (isClineTask(head) && !isRooTask(head)) || isHistory(head),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const data = named('CLINE_DATA_DIR');
  const roots = named('CLINE_DIR').map((path) => join(path, 'data'));
  const shared =
    data.length > 0
      ? locationsOf('CLINE_DATA_DIR', ...data)
      : roots.length > 0
        ? locationsOf('CLINE_DIR', ...roots)
        : locationsOf('default', home('.cline', 'data'));
  return [...editorStorage(environment, extension), ...shared];
}

function isHistory(head: string): boolean {
  return (
    /^\s*\[\s*\{/.test(head) &&
    ['"totalCost"', '"tokensIn"', '"tokensOut"', '"task"'].every((name) => head.includes(name)) &&
    !isClineTask(head)
  );
}

function fileKind(relativePath: string): LogFileKind | null {
  return /(?:^|\/)(?:ui_messages|taskHistory)\.json$/.test(relativePath) ? 'document' : null;
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const entries = entriesOf(text);
  const isTask = entries?.some(({ say, ask }) => say !== undefined || ask !== undefined) ?? true;
  if (isTask) return yield* readClineTask(entries, file, { holdsCache: () => false, keyBy: 'place' });
  for (const task of entries ?? []) yield whole(isKept(task, file) ? stillThere : sumOf(task));
}

const stillThere: RowOutcome = { kind: 'skip', reason: 'the requests of this task are read one by one' };

function isKept({ id }: Fields, file: LogFile): boolean {
  return typeof id === 'string' && id !== '' && file.sibling(`../tasks/${id}`) !== null;
}

/** What the history keeps of a task, which lasts when the task's folder is deleted. */
function sumOf(task: Fields): RowOutcome {
  const fields = openFields();
  const id = textOf(task.id);
  return fields.read(() => {
    const tokens = clineTokens(task, false, fields);
    const amount = costOf(task.totalCost, fields);
    if (id === undefined || (isEmpty(tokens) && amount === undefined))
      return { kind: 'skip', reason: 'a task without usage' };
    const cwd = textOf(task.cwdOnTaskInitialization);
    const record = {
      key: `${id}:0`,
      at: fields.epochMs(task.ts),
      grain: 'instant' as const,
      provider: unknownProvider,
      model: textOf(task.modelId) ?? null,
      project: projectOf(cwd),
      session: id,
      // How many calls made the sum is not kept.
      requests: 0,
      tokens,
      ...(amount && { amount }),
      extras: withoutBlanks({ cwd: cwd ?? '', kind: 'sum of a task' }),
    };
    return { kind: 'record', record };
  });
}
