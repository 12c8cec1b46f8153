import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens } from '../../../platform/record.ts';
import { countOf, type Fields, fieldsOf } from '../json.ts';
import { seeOpenAi, type Wire } from './wire.ts';

/**
 * Usage in OpenAI's shape: cached and cache-writing tokens are inside the prompt. Reasoning is inside the completion,
 * except where the sums say otherwise (xAI; some models at DeepInfra; servers nobody knows): then what the total has
 * more than the prompt is what was written. DeepSeek and Mistral name the cached part in ways of their own.
 */
export function openAiUsage(usage: Fields, tier: string | null): CallUsage {
  const details = { ...fieldsOf(usage.input_tokens_details), ...fieldsOf(usage.prompt_tokens_details) };
  const written = { ...fieldsOf(usage.output_tokens_details), ...fieldsOf(usage.completion_tokens_details) };
  const prompt = first(usage.prompt_tokens, usage.input_tokens);
  const cacheRead = Math.min(
    prompt,
    first(
      details.cached_tokens,
      usage.prompt_cache_hit_tokens,
      usage.num_cached_tokens,
      fieldsOf(usage.prompt_token_details).cached_tokens,
    ),
  );
  const cacheWrite = Math.min(prompt - cacheRead, first(details.cache_write_tokens));
  const completion = first(usage.completion_tokens, usage.output_tokens);
  const reasoning = first(written.reasoning_tokens, usage.reasoning_tokens);
  const total = countOf(usage.total_tokens) ?? 0;
  const output = Math.max(completion, total - prompt, reasoning > completion ? completion + reasoning : 0);
  return {
    tokens: {
      ...noTokens,
      input: prompt - cacheRead - cacheWrite,
      cacheRead,
      cacheWriteUnknown: cacheWrite,
      output,
      reasoning: Math.min(reasoning, output),
    },
    ...(tier === null ? {} : { priceFacts: { serviceTier: tier.toLowerCase() } }),
  };
}

function first(...values: readonly unknown[]): number {
  for (const value of values) {
    const count = countOf(value);
    if (count !== null) return count;
  }
  return 0;
}

export const openAiWire: Wire = { see: seeOpenAi, usageOf: openAiUsage };
