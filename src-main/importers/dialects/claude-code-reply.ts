import type { LineFields, RowOutcome } from '../../platform/importer.ts';
import type { ImportedRecord, Tokens } from '../../platform/record.ts';
import { hasTokens } from './anthropic-message.ts';
import { commonMoment, type Fields } from './json-fields.ts';

/** Fields that thousands of lines share. */
const sharedFields = [
  'type',
  'isSidechain',
  'cwd',
  'sessionId',
  'agentId',
  'gitBranch',
  'version',
  'costUSD',
  'message.model',
  'message.usage.service_tier',
  'message.usage.speed',
  'message.usage.inference_geo',
  'message.usage.server_tool_use.web_search_requests',
] as const;

const ownFields = [
  'timestamp',
  'message.id',
  'message.stop_reason',
  'message.usage.input_tokens',
  'message.usage.output_tokens',
  'message.usage.cache_read_input_tokens',
  'message.usage.cache_creation_input_tokens',
  'message.usage.cache_creation.ephemeral_5m_input_tokens',
  'message.usage.cache_creation.ephemeral_1h_input_tokens',
  'message.usage.output_tokens_details.thinking_tokens',
  'message.usage.output_tokens_details.reasoning_tokens',
  'message.usage.iterations',
] as const;

/** All fields of a line that tell of its reply. */
export const replyFields = [...sharedFields, ...ownFields, 'requestId', 'uuid'] as const;

const at = Object.fromEntries(replyFields.map((name, index) => [name, index])) as Readonly<
  Record<(typeof replyFields)[number], number>
>;

/** A record made of a line as a whole, and what it shares with those of other lines. */
interface Pattern {
  readonly shared: readonly unknown[];
  readonly isOpen: boolean;
  readonly record: ImportedRecord;
}

/** A session's replies differ in little: main conversation and side, finished or not, one model or another. */
const patternsKept = 4;
const nothing: RowOutcome = { kind: 'skip', reason: 'no tokens' };

/**
 * Reads lines by their fields. One that differs from an earlier line in nothing but its reply's id, time and counters has
 * its record made after that one's; `read` makes the others.
 */
export function openReplies(read: (entry: Fields) => RowOutcome): (line: LineFields) => RowOutcome | null {
  const patterns: Pattern[] = [];
  let next = 0;

  return (line) => {
    // What older versions' progress lines hold lies deeper than the wanted fields.
    if (line.value(at.type) === 'progress') return null;
    const own = ownOf(line);
    if (own === null) return read(line.entry());
    const known = patterns.find((pattern) => fits(pattern, line, own.isOpen));
    if (known !== undefined) {
      if (!hasTokens(own.tokens)) return nothing;
      const { id, at: moment, tokens } = own;
      return { kind: 'record', record: { ...known.record, key: id, at: moment, tokens, vendorCallId: id } };
    }
    const outcome = read(line.entry());
    if (outcome.kind === 'record') {
      const shared = sharedFields.map((_, index) => line.value(index));
      patterns[next] = { shared, isOpen: own.isOpen, record: outcome.record };
      next = (next + 1) % patternsKept;
    }
    return outcome;
  };
}

function fits({ shared, isOpen }: Pattern, line: LineFields, open: boolean): boolean {
  if (isOpen !== open) return false;
  for (let index = 0; index < shared.length; index++) if (shared[index] !== line.value(index)) return false;
  return true;
}

/** What a line says of its own. */
interface Own {
  readonly id: string;
  readonly at: number;
  readonly tokens: Tokens;
  /** Written while the reply streams. */
  readonly isOpen: boolean;
}

/** Null where a line is not of the everyday kind: it may say more than these fields, or something odd. */
function ownOf(line: LineFields): Own | null {
  const id = line.value(at['message.id']);
  // Ids of other clouds have a further underscore.
  if (typeof id !== 'string' || !id.startsWith('msg_') || id.includes('_', 4)) return null;
  const stamp = line.value(at.timestamp);
  const moment = typeof stamp === 'string' ? commonMoment(stamp) : null;
  if (moment === null || !isNone(line.value(at['message.usage.iterations']))) return null;
  const tokens = tokensOf(line);
  return tokens && { id, at: moment, tokens, isOpen: line.value(at['message.stop_reason']) === null };
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** The same as `anthropicTokens` of a reply without iterations; null where a counter is odd or the output not stated. */
function tokensOf(line: LineFields): Tokens | null {
  const output = line.value(at['message.usage.output_tokens']);
  const input = whole(line.value(at['message.usage.input_tokens']));
  const cacheRead = whole(line.value(at['message.usage.cache_read_input_tokens']));
  const total = line.value(at['message.usage.cache_creation_input_tokens']);
  const written = whole(total);
  const short = line.value(at['message.usage.cache_creation.ephemeral_5m_input_tokens']);
  const long = line.value(at['message.usage.cache_creation.ephemeral_1h_input_tokens']);
  const thinking = whole(line.value(at['message.usage.output_tokens_details.thinking_tokens']));
  const reasoning = whole(line.value(at['message.usage.output_tokens_details.reasoning_tokens']));
  if (typeof output !== 'number' || whole(output) < 0) return null;
  if (input < 0 || cacheRead < 0 || written < 0 || thinking < 0 || reasoning < 0) return null;
  const tokens = { input, cacheRead, output, reasoning: Math.min(thinking || reasoning, output) };
  if (typeof short !== 'number' || typeof long !== 'number')
    return { ...tokens, cacheWrite5m: 0, cacheWrite1h: 0, cacheWriteUnknown: written };
  if (whole(short) < 0 || whole(long) < 0) return null;
  const isUnstated = total === undefined || total === null;
  if (isUnstated) return { ...tokens, cacheWrite5m: short, cacheWrite1h: long, cacheWriteUnknown: 0 };
  return short + long <= written
    ? { ...tokens, cacheWrite5m: short, cacheWrite1h: long, cacheWriteUnknown: written - short - long }
    : { ...tokens, cacheWrite5m: 0, cacheWrite1h: 0, cacheWriteUnknown: written };
}

/** A counter, 0 where it is not stated; -1 where it is none. */
function whole(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : -1;
}
