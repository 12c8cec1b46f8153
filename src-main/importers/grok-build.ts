import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { fromSeconds, timeIn } from './dialects/loose-time.ts';
import { projectOf } from './dialects/project.ts';
import { bucketsInside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Session updates of Grok Build (2026). A turn states its sums at its end, and can state them more than once. */
export const grokBuild = {
  spec: 1,
  kind: 'log',
  id: 'grok-build',
  label: 'Grok Build',
  vendor: 'x-ai',
  vendorLabel: 'xAI',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Sums per turn, not per call. A turn of several models has no price, because its sums are not split by model. Older sessions state only the size of the context and are not counted.',
  howToGet: 'Found by itself in ~/.grok/sessions; or drop an updates.jsonl.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)updates\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    /^\s*\{[^\n]*"method":\s*"(?:_x\.ai\/)?session\/update"/.test(head) && head.includes('"sessionUpdate"'),
  needles: ['turn_completed'],
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('GROK_HOME');
  if (roots.length > 0) return locationsOf('GROK_HOME', ...roots.map((root) => join(root, 'sessions')));
  return locationsOf('default', home('.grok', 'sessions'));
}

function openLines(file: LogFile): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : fields.read(() => outcomeOf(entry, file, fields));
    },
    state: () => null,
  };
}

function outcomeOf(entry: Fields, file: LogFile, fields: FieldReader): RowOutcome {
  const params = fieldsOf(entry.params);
  const update = fieldsOf(params?.update);
  const usage = fieldsOf(update?.usage);
  if (update?.sessionUpdate !== 'turn_completed' || usage === undefined)
    return { kind: 'skip', reason: 'not the end of a turn' };
  const tokens = bucketsInside({
    input: fields.count(usage, 'inputTokens'),
    cacheRead: fields.count(usage, 'cachedReadTokens'),
    cacheWrite: fields.count(usage, 'cacheCreationTokens'),
    output: fields.count(usage, 'outputTokens'),
    reasoning: fields.count(usage, 'reasoningTokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const { session, cwd } = placeOf(file);
  const sessionId = textOf(params?.sessionId) ?? session;
  const turn = textOf(update.prompt_id);
  if (turn === undefined) fields.refuse('the turn has no id');
  const models = Object.keys(fieldsOf(usage.modelUsage) ?? {});
  const [model] = models;
  return {
    kind: 'record',
    record: {
      key: `${sessionId}:${turn}`,
      at: timeIn(fieldsOf(params?._meta)?.agentTimestampMs) ?? fields.epochMs(fromSeconds(entry.timestamp)),
      grain: 'instant',
      provider: 'x-ai',
      model: models.length === 1 ? (model ?? null) : null,
      project: projectOf(cwd),
      session: sessionId,
      // A turn is any number of calls, so its size says nothing of the size of a prompt.
      requests: 0,
      tokens,
      extras: { ...(cwd !== undefined && { cwd }), ...(models.length > 1 && { models }) },
    },
  };
}

/** `<working directory, percent-encoded>/<session>/updates.jsonl` */
function placeOf({ relativePath }: LogFile): { session: string | null; cwd: string | undefined } {
  const [, folder, session] = /([^/]+)\/([^/]+)\/[^/]+$/.exec(relativePath) ?? [];
  return { session: session ?? null, cwd: folder === undefined ? undefined : decoded(folder) };
}

function decoded(folder: string): string | undefined {
  try {
    return decodeURIComponent(folder);
  } catch {
    return undefined;
  }
}
