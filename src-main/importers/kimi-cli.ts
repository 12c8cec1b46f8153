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
import { fromSeconds } from './dialects/loose-time.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** What the Kimi CLI keeps of a session on the wire (2025 to 2026). */
export const kimiCli = {
  spec: 1,
  kind: 'log',
  id: 'kimi-cli',
  label: 'Kimi CLI',
  vendor: 'moonshotai',
  vendorLabel: 'Moonshot AI',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as the API reported them. The log does not name the model, so the calls have no price.',
  howToGet: 'Found by itself in ~/.kimi/sessions; or drop a wire.jsonl.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)wire\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    /^\s*\{"timestamp":\s*[\d.]+,\s*"message":\s*\{"type":\s*"\w+",\s*"payload":/m.test(head),
  needles: ['"token_usage"'],
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('KIMI_SHARE_DIR');
  if (roots.length > 0) return locationsOf('KIMI_SHARE_DIR', ...roots.map((root) => join(root, 'sessions')));
  return locationsOf('default', home('.kimi', 'sessions'));
}

function openLines(file: LogFile): LineReader {
  const fields = openFields();
  // `<md5 of the folder>/<session>/wire.jsonl`, and below the session the wires of its subagents.
  const session = /^[^/]+\/([^/]+)\//.exec(file.relativePath)?.[1] ?? null;
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : fields.read(() => outcomeOf(entry, session, fields));
    },
    state: () => null,
  };
}

function outcomeOf(entry: Fields, session: string | null, fields: FieldReader): RowOutcome {
  const message = fieldsOf(entry.message);
  const payload = fieldsOf(message?.payload);
  const usage = fieldsOf(payload?.token_usage);
  if (message?.type !== 'StatusUpdate' || usage === undefined)
    return { kind: 'skip', reason: 'not a count of tokens' };
  const tokens = bucketsBeside({
    input: fields.count(usage, 'input_other'),
    cacheRead: fields.count(usage, 'input_cache_read'),
    cacheWrite: fields.count(usage, 'input_cache_creation'),
    output: fields.count(usage, 'output'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const at = fields.epochMs(fromSeconds(entry.timestamp));
  const callId = textOf(payload?.message_id);
  return {
    kind: 'record',
    record: {
      // The vendor's own id: a session that is copied or goes on elsewhere repeats it.
      key: callId ?? `${session}:${at}:${Object.values(tokens).join(',')}`,
      at,
      grain: 'instant',
      provider: 'moonshotai',
      model: null,
      session,
      requests: 1,
      tokens,
      ...(callId !== undefined && { vendorCallId: callId }),
    },
  };
}
