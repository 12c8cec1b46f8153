import type { Tokens } from '../../platform/record.ts';
import { type FieldReader, type Fields, fieldsOf, listOf } from './json-fields.ts';

/**
 * Token buckets of the `usage` of an Anthropic message (Messages API, anthropic-sdk-typescript types of 2026). The
 * counters are disjoint as they come; only the lifetimes of cache writes need care.
 */
export function anthropicTokens(usage: Fields, fields: FieldReader): Tokens {
  const output = fields.count(usage, 'output_tokens');
  const details = fieldsOf(usage.output_tokens_details);
  const thinking = fields.count(details, 'thinking_tokens') || fields.count(details, 'reasoning_tokens');
  return {
    input: fields.count(usage, 'input_tokens'),
    cacheRead: fields.count(usage, 'cache_read_input_tokens'),
    ...cacheWrites(usage, fields),
    output,
    reasoning: Math.min(thinking, output),
  };
}

export function hasTokens(tokens: Tokens): boolean {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknown, output } = tokens;
  return input + cacheRead + cacheWrite5m + cacheWrite1h + cacheWriteUnknown + output > 0;
}

type CacheWrites = Pick<Tokens, 'cacheWrite5m' | 'cacheWrite1h' | 'cacheWriteUnknown'>;

/**
 * The split is taken only where both lifetimes are stated. With server tools it can exceed the total, because it
 * is summed over turns: then the last turn with the same counters tells, else the lifetimes stay unknown. What the
 * split leaves over is unknown too.
 */
function cacheWrites(usage: Fields, fields: FieldReader): CacheWrites {
  const split = splitOf(usage, fields);
  const total = usage.cache_creation_input_tokens;
  const written =
    total === undefined || total === null
      ? (split?.sum ?? 0)
      : fields.count(usage, 'cache_creation_input_tokens');
  const fitting = split !== null && split.sum <= written ? split : splitOfLastTurn(usage, written, fields);
  if (fitting === null) return { cacheWrite5m: 0, cacheWrite1h: 0, cacheWriteUnknown: written };
  return {
    cacheWrite5m: fitting.short,
    cacheWrite1h: fitting.long,
    cacheWriteUnknown: written - fitting.sum,
  };
}

interface Split {
  readonly short: number;
  readonly long: number;
  readonly sum: number;
}

function splitOf(usage: Fields, fields: FieldReader): Split | null {
  const stated = fieldsOf(usage.cache_creation);
  if (stated === undefined) return null;
  const { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long } = stated;
  if (typeof short !== 'number' || typeof long !== 'number') return null;
  return {
    short: fields.count(stated, 'ephemeral_5m_input_tokens'),
    long: fields.count(stated, 'ephemeral_1h_input_tokens'),
    sum: short + long,
  };
}

const counters = [
  'input_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
  'output_tokens',
] as const;

function splitOfLastTurn(usage: Fields, written: number, fields: FieldReader): Split | null {
  if (usage.cache_creation === undefined) return null;
  const same = listOf(usage.iterations)
    .map(fieldsOf)
    .filter((turn) => turn !== undefined && counters.every((name) => turn[name] === usage[name]))
    .at(-1);
  const split = same === undefined ? null : splitOf(same, fields);
  return split !== null && split.sum <= written ? split : null;
}
