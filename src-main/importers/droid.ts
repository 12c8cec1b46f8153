import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { nameWithout, notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { makerOf } from './dialects/model-maker.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/** Settings files of Droid's sessions (2025 to 2026), which hold the running totals of the session. */
export const droid = {
  spec: 1,
  kind: 'log',
  id: 'droid',
  label: 'Droid',
  vendor: 'factory',
  vendorLabel: 'Factory',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'plan',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    'Totals per session, not per call, booked when they were first seen; one model stands for the whole session. Models used with a key of your own are among them.',
  howToGet: 'Found by itself in ~/.factory/sessions; or drop a settings file (.settings.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (relativePath.endsWith('.settings.json') ? 'document' : null),
  recognises: (head) => firstKeys(head).has('tokenUsage') && head.includes('"cacheCreationTokens"'),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('FACTORY_DIR');
  if (roots.length > 0) return locationsOf('FACTORY_DIR', ...roots.map((root) => join(root, 'sessions')));
  return locationsOf('default', home('.factory', 'sessions'));
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const settings = parseFields(text);
  if (settings === null) return yield notADocument;
  const fields = openFields();
  yield whole(fields.read(() => outcomeOf(settings, file, fields)));
}

function outcomeOf(settings: Fields, file: LogFile, fields: FieldReader): RowOutcome {
  const usage = fieldsOf(settings.tokenUsage);
  const tokens = bucketsBeside({
    input: fields.count(usage, 'inputTokens'),
    cacheRead: fields.count(usage, 'cacheReadTokens'),
    cacheWrite: fields.count(usage, 'cacheCreationTokens'),
    output: fields.count(usage, 'outputTokens'),
    reasoning: fields.count(usage, 'thinkingTokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const session = nameWithout(file, /(?:\.settings)?\.json$/);
  const written = textOf(settings.model);
  const model = written === undefined ? undefined : modelName(written);
  // The provider was chosen before the first call, so a file set back to an older time was not written then.
  const lockedAt = timeIn(settings.providerLockTimestamp) ?? 0;
  return {
    kind: 'record',
    record: {
      key: session,
      at: fields.epochMs(Math.max(file.modifiedAt, lockedAt)),
      grain: 'instant',
      provider: toolProvider(textOf(settings.providerLock) ?? '') || makerOf(model) || 'factory',
      model: model ?? null,
      session,
      requests: 0,
      tokens,
      extras: withoutBlanks({ modelAsWritten: model === written ? '' : (written ?? ''), timeFrom: 'file' }),
    },
  };
}

/** `custom:Claude-Sonnet-4.6-[Anthropic]-0` is a display name with its maker and its place in the settings. */
function modelName(written: string): string {
  const name = written.replace(/^custom:/, '').replace(/-?\[[^\]]*\](?:-\d+)?$/, '');
  return name === written ? name : name.toLowerCase();
}
