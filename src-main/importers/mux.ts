import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { bucketsInside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/**
 * Chats of Mux, by Coder (2025 to 2026), with those of its sub-agents. The sums in session-usage.json are of the same
 * calls and are not read.
 */
export const mux = {
  spec: 1,
  kind: 'log',
  id: 'mux',
  label: 'Mux',
  vendor: 'mux',
  vendorLabel: 'Mux',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as the vendors reported them. Cache writes are known for Anthropic models only; with other vendors they count as plain input.',
  howToGet: 'Found by itself in ~/.mux/sessions; or drop a chat.jsonl.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)chat\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    ['id', 'role', 'parts', 'metadata'].every((name) => firstKeys(head).has(name)) &&
    head.includes('"historySequence"'),
  needles: ['"usage"'],
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('MUX_ROOT');
  if (roots.length > 0) return locationsOf('MUX_ROOT', ...roots.map((root) => join(root, 'sessions')));
  return locationsOf('default', home('.mux', 'sessions'));
}

function openLines(file: LogFile): LineReader {
  const fields = openFields();
  // Of a sub-agent's chat, `<workspace>/subagent-transcripts/<task>/chat.jsonl`, the workspace it works for.
  const workspace = /^([^/]+)\//.exec(file.relativePath)?.[1] ?? null;
  return {
    line(text) {
      const message = parseFields(text);
      return message === null ? notJson : fields.read(() => outcomeOf(message, workspace, fields));
    },
    state: () => null,
  };
}

function outcomeOf(message: Fields, workspace: string | null, fields: FieldReader): RowOutcome {
  const metadata = fieldsOf(message.metadata);
  const usage = fieldsOf(metadata?.usage);
  if (message.role !== 'assistant' || usage === undefined)
    return { kind: 'skip', reason: 'not a reply of the model' };
  const written = fieldsOf(fieldsOf(metadata?.providerMetadata)?.anthropic);
  const tokens = bucketsInside({
    input: fields.count(usage, 'inputTokens'),
    cacheRead: fields.count(usage, 'cachedInputTokens'),
    cacheWrite: fields.count(written, 'cacheCreationInputTokens'),
    output: fields.count(usage, 'outputTokens'),
    reasoning: fields.count(usage, 'reasoningTokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const { provider, model } = modelOf(textOf(metadata?.model) ?? '');
  if (provider === '') fields.refuse('the message names no provider');
  const at = timeIn(metadata?.timestamp) ?? fields.moment(message.createdAt);
  const id = textOf(message.id) ?? `${workspace}:${Object.values(tokens).join(',')}`;
  return {
    kind: 'record',
    record: {
      // Without the workspace: one that is forked from another starts with a copy of its chat.
      key: `${id}:${at}`,
      at,
      grain: 'instant',
      provider,
      model: model || null,
      session: workspace,
      requests: 1,
      tokens,
    },
  };
}

/** `anthropic:claude-sonnet-4-6`; a colon inside the model's own name stays. */
function modelOf(written: string): { provider: string; model: string } {
  const colon = written.indexOf(':');
  return { provider: toolProvider(written.slice(0, Math.max(0, colon))), model: written.slice(colon + 1) };
}
