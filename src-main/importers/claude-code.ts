import type {
  LineReader,
  LogEnvironment,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import type { ImportedRecord, PriceFacts } from '../platform/record.ts';
import { anthropicTokens, hasTokens } from './dialects/anthropic-message.ts';
import { openReplies, replyFields } from './dialects/claude-code-reply.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { projectOf } from './dialects/project.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Session logs of Claude Code and of the copies inside Claude Desktop, versions 1.0 to 2.1 (June 2025 to July 2026).
 * A reply is written as one line per content block, each repeating the usage so far; resumed and forked sessions
 * copy lines into new files. All of them share the message id and come to the largest counters seen.
 */
export const claudeCode = {
  spec: 1,
  kind: 'log',
  id: 'claude-code',
  label: 'Claude Code',
  vendor: 'anthropic',
  vendorLabel: 'Anthropic',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'max',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'A lower bound: replies that were interrupted may never get their final output count. Claude Code deletes logs after 30 days.',
  howToGet: 'Found by itself in ~/.claude/projects; or drop a session file (.jsonl).',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) =>
    head.includes('"sessionId":') && head.includes('"isSidechain":') && !head.includes('"usageMetadata"'),
  needles: ['"usage"'],
  fields: replyFields,
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const folders = toolFolders(environment);
  const named = folders
    .named('CLAUDE_CONFIG_DIR')
    .map((path) => (/[\\/]projects[\\/]?$/.test(path) ? path : folders.join(path, 'projects')));
  const own =
    named.length > 0
      ? locationsOf('CLAUDE_CONFIG_DIR', ...named)
      : locationsOf('default', folders.home('.claude', 'projects'), folders.xdgConfig('claude', 'projects'));
  return [...own, ...locationsOf('default', ...desktopStores(environment))];
}

/** Claude Desktop runs Claude Code with stores of its own, on Windows also below the folder of its Store package. */
function desktopStores(environment: LogEnvironment): readonly string[] {
  const { appData, home, join } = toolFolders(environment);
  const roots = [appData('Claude')];
  if (environment.platform === 'win32') {
    const local = environment.env.LOCALAPPDATA || home('AppData', 'Local');
    roots.push(join(local, 'Packages', 'Claude_*', 'LocalCache', 'Roaming', 'Claude'));
  }
  return roots.flatMap((root) => [
    join(root, 'local-agent-mode-sessions'),
    join(root, 'claude-code-sessions'),
  ]);
}

const notSessions = new Set(['journal.jsonl', 'history.jsonl', 'audit.jsonl']);

function fileKind(relativePath: string): 'lines' | null {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  return name.endsWith('.jsonl') && !notSessions.has(name) ? 'lines' : null;
}

const notUsage: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };
const noModel: RowOutcome = { kind: 'skip', reason: 'a notice of Claude Code itself' };
const nothing: RowOutcome = { kind: 'skip', reason: 'no tokens' };

function openLines(): LineReader {
  const fields = openFields();
  const read = (entry: Fields): RowOutcome => {
    const reply = replyIn(entry);
    if (reply === null) return notUsage;
    if (reply.message.model === '<synthetic>') return noModel;
    return fields.read(() => outcomeOf(reply, fields));
  };
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : read(entry);
    },
    fields: openReplies(read),
    // A line says all there is to say.
    state: () => null,
  };
}

interface Reply {
  readonly entry: Fields;
  readonly message: Fields;
  readonly usage: Fields;
  readonly at: unknown;
  readonly requestId: string | undefined;
  /** Sub-agents and replays: where the main conversation has the same message, that one counts. */
  readonly isSide: boolean;
}

/** The reply a line states: its own, or a sub-agent's inside a progress line of older versions. */
function replyIn(entry: Fields): Reply | null {
  const nested = entry.type === 'progress' ? fieldsOf(fieldsOf(entry.data)?.message) : undefined;
  const holder = nested ?? entry;
  if (holder.type !== 'assistant' && nested === undefined) return null;
  const message = fieldsOf(holder.message);
  const usage = fieldsOf(message?.usage);
  if (message === undefined || usage === undefined) return null;
  return {
    entry,
    message,
    usage,
    at: holder.timestamp ?? entry.timestamp,
    requestId: textOf(holder.requestId),
    isSide: entry.isSidechain === true || nested !== undefined,
  };
}

function outcomeOf(reply: Reply, fields: FieldReader): RowOutcome {
  const record = recordOf(reply, fields);
  const extra = extraTurns(reply, record, fields);
  if (!hasTokens(record.tokens)) return extra.length === 0 ? nothing : { kind: 'records', records: extra };
  return extra.length === 0 ? { kind: 'record', record } : { kind: 'records', records: [record, ...extra] };
}

function recordOf(reply: Reply, fields: FieldReader): ImportedRecord {
  const { entry, message, usage, isSide } = reply;
  const id = textOf(message.id);
  const model = servedModel(reply);
  const { provider, backend } = backendOf(id, model);
  const cwd = textOf(entry.cwd);
  const key = keyOf(id, reply);
  const cost = decimalOfNumber(entry.costUSD);
  const priceFacts = priceFactsOf(usage, fields);
  return {
    ...(key !== undefined && { key }),
    at: fields.moment(reply.at),
    grain: 'instant',
    provider,
    model: model ?? null,
    project: projectOf(cwd),
    session: textOf(entry.sessionId) ?? null,
    requests: 1,
    tokens: anthropicTokens(usage, fields),
    ...(cost !== null && cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
    ...(priceFacts && { priceFacts }),
    ...(id?.startsWith('msg_') && { vendorCallId: id }),
    // Written while the reply streams; the line with its end replaces it.
    ...(message.stop_reason === null && { status: 'incomplete' }),
    precedence: isSide ? 0 : 1,
    extras: withoutBlanks({
      cwd: cwd ?? '',
      agentId: textOf(entry.agentId) ?? '',
      gitBranch: textOf(entry.gitBranch) ?? '',
      version: textOf(entry.version) ?? '',
      backend,
    }),
  };
}

/** Message ids are the vendor's own and unique; gateways make up others, and old versions had none. */
function keyOf(id: string | undefined, { requestId, entry }: Reply): string | undefined {
  if (id?.startsWith('msg_')) return id;
  return id === undefined ? textOf(entry.uuid) : `${id}|${requestId ?? ''}`;
}

/** Another model may have stood in for the one asked; the reply is billed at its rates. */
function servedModel({ message, usage }: Reply): string | undefined {
  const standIn = turnsOf(usage).findLast((turn) => turn.type === 'fallback_message');
  return textOf(standIn?.model) ?? textOf(message.model);
}

/** Who bills the call, where the log gives it away: Google's and Amazon's message ids and model names differ. */
function backendOf(id: string | undefined, model: string | undefined): { provider: string; backend: string } {
  if (id?.includes('_vrtx_') || model?.includes('@')) return { provider: 'google', backend: 'vertex' };
  if (id?.startsWith('msg_bdrk_')) return { provider: 'aws', backend: 'bedrock' };
  return { provider: 'anthropic', backend: '' };
}

function priceFactsOf(usage: Fields, fields: FieldReader): PriceFacts | undefined {
  const serviceTier = textOf(usage.service_tier);
  const speed = textOf(usage.speed);
  const geo = textOf(usage.inference_geo);
  const webSearches = fields.count(fieldsOf(usage.server_tool_use), 'web_search_requests');
  const facts: PriceFacts = {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(speed !== undefined && { speed }),
    ...(geo !== undefined && geo !== 'not_available' && { geo }),
    ...(webSearches > 0 && { webSearches }),
  };
  return Object.keys(facts).length === 0 ? undefined : facts;
}

function turnsOf(usage: Fields): readonly Fields[] {
  return listOf(usage.iterations)
    .map(fieldsOf)
    .filter((turn) => turn !== undefined);
}

/**
 * Turns the totals of the reply leave out, by Anthropic's documentation: an advisor model's, and compaction of the
 * conversation. Each becomes a record beside the reply's.
 */
function extraTurns({ usage }: Reply, reply: ImportedRecord, fields: FieldReader): ImportedRecord[] {
  const ordinals = { advisor: 0, compaction: 0 };
  return turnsOf(usage).flatMap((turn) => {
    const kind = extraKind(turn.type);
    if (kind === null || reply.key === undefined) return [];
    const key = `${reply.key}:${kind}:${ordinals[kind]++}`;
    const tokens = anthropicTokens(turn, fields);
    if (!hasTokens(tokens)) return [];
    const { amount: _, priceFacts, status: __, ...shared } = reply;
    const { webSearches: ___, ...rates } = priceFacts ?? {};
    const model = textOf(turn.model) ?? reply.model;
    const extras = { ...reply.extras, turn: kind };
    return [{ ...shared, key, model, tokens, extras, ...(priceFacts && { priceFacts: rates }) }];
  });
}

function extraKind(type: unknown): 'advisor' | 'compaction' | null {
  if (type === 'advisor_message') return 'advisor';
  return type === 'compaction' ? 'compaction' : null;
}
