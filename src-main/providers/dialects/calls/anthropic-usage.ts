import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens, type Tokens, tokenBuckets } from '../../../platform/record.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from '../json.ts';
import { objectOf, type Wire } from './wire.ts';

const count = (value: unknown): number => countOf(value) ?? 0;

/**
 * Usage of Anthropic's messages: cache reads and writes stand beside `input_tokens`; what a compaction used on the way is
 * only among the `iterations` (platform.claude.com, 2026).
 */
export function anthropicUsage(usage: Fields, tier: string | null): CallUsage {
  const speed = textOf(usage.speed);
  const geo = textOf(usage.inference_geo);
  const webSearches = count(fieldsOf(usage.server_tool_use).web_search_requests);
  const compactions = rowsOf(usage.iterations).filter(({ type }) => type === 'compaction');
  return {
    tokens: [usage, ...compactions].map(tokensOf).reduce(sumOf),
    priceFacts: {
      ...(tier === null ? {} : { serviceTier: tier }),
      ...(speed === null ? {} : { speed }),
      ...(geo === null ? {} : { geo }),
      ...(webSearches === 0 ? {} : { webSearches }),
    },
  };
}

function tokensOf(usage: Fields): Tokens {
  const output = count(usage.output_tokens);
  return {
    ...noTokens,
    input: count(usage.input_tokens),
    cacheRead: count(usage.cache_read_input_tokens),
    ...writesOf(usage),
    output,
    reasoning: Math.min(output, count(fieldsOf(usage.output_tokens_details).thinking_tokens)),
  };
}

/**
 * The split of writes by lifetime counts only where both halves are stated. When server tools ran it covers the first
 * turn alone, or more than the sum: what it does not tell has no known lifetime (litellm#42663).
 */
function writesOf(usage: Fields): Pick<Tokens, 'cacheWrite5m' | 'cacheWrite1h' | 'cacheWriteUnknown'> {
  const total = countOf(usage.cache_creation_input_tokens);
  const split = fieldsOf(usage.cache_creation);
  const shorter = countOf(split.ephemeral_5m_input_tokens);
  const longer = countOf(split.ephemeral_1h_input_tokens);
  const known = shorter === null || longer === null ? 0 : shorter + longer;
  const written = total ?? known;
  if (shorter === null || longer === null || known > written)
    return { cacheWrite5m: 0, cacheWrite1h: 0, cacheWriteUnknown: written };
  return { cacheWrite5m: shorter, cacheWrite1h: longer, cacheWriteUnknown: written - known };
}

function sumOf(a: Tokens, b: Tokens): Tokens {
  const sums = tokenBuckets.map((bucket) => [bucket, a[bucket] + b[bucket]]);
  // All buckets of both.
  return Object.fromEntries(sums) as unknown as Tokens;
}

export const anthropicWire: Wire = {
  see(raw) {
    const message = objectOf(raw.message) ?? raw;
    const usage = objectOf(raw.usage) ?? objectOf(message.usage);
    // Only a message has an id of its own; events of a stream have none.
    const id = textOf(message.id);
    return { usage, tier: textOf(usage?.service_tier), model: textOf(message.model), id };
  },
  hasEarlyUsage: true,
  usageOf: anthropicUsage,
};
