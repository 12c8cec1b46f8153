import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens } from '../../../platform/record.ts';
import { countOf, type Fields, fieldsOf, textOf } from '../json.ts';
import { objectOf, type Wire } from './wire.ts';

const count = (value: unknown): number => countOf(value) ?? 0;

/**
 * Usage of Anthropic's messages: cache reads and writes stand beside `input_tokens`. The split of writes by lifetime
 * counts only where both halves are stated, and covers the first turn alone when server tools ran: the rest of the sum
 * has no known lifetime (platform.claude.com; litellm#42663).
 */
export function anthropicUsage(usage: Fields, tier: string | null): CallUsage {
  const writes = count(usage.cache_creation_input_tokens);
  const split = fieldsOf(usage.cache_creation);
  const [shorter, longer] = [
    countOf(split.ephemeral_5m_input_tokens),
    countOf(split.ephemeral_1h_input_tokens),
  ];
  const isSplit = shorter !== null && longer !== null;
  const [cacheWrite5m, cacheWrite1h] = isSplit ? [shorter, longer] : [0, 0];
  const output = count(usage.output_tokens);
  const speed = textOf(usage.speed);
  const geo = textOf(usage.inference_geo);
  const webSearches = count(fieldsOf(usage.server_tool_use).web_search_requests);
  return {
    tokens: {
      ...noTokens,
      input: count(usage.input_tokens),
      cacheRead: count(usage.cache_read_input_tokens),
      cacheWrite5m,
      cacheWrite1h,
      cacheWriteUnknown: Math.max(0, writes - cacheWrite5m - cacheWrite1h),
      output,
      reasoning: Math.min(output, count(fieldsOf(usage.output_tokens_details).thinking_tokens)),
    },
    priceFacts: {
      ...(tier === null ? {} : { serviceTier: tier }),
      ...(speed === null ? {} : { speed }),
      ...(geo === null ? {} : { geo }),
      ...(webSearches === 0 ? {} : { webSearches }),
    },
  };
}

export const anthropicWire: Wire = {
  see(raw) {
    const message = objectOf(raw.message) ?? raw;
    const usage = objectOf(raw.usage) ?? objectOf(message.usage);
    // Only a message has an id of its own; events of a stream have none.
    const id = textOf(message.id);
    return { usage, tier: textOf(usage?.service_tier), model: textOf(message.model), id };
  },
  usageOf: anthropicUsage,
};
