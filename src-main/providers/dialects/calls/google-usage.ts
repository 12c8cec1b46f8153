import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens } from '../../../platform/record.ts';
import { countOf, type Fields, textOf } from '../json.ts';
import { objectOf, type Wire } from './wire.ts';

const count = (value: unknown): number => countOf(value) ?? 0;

const tiers: Readonly<Record<string, string>> = {
  ON_DEMAND: 'standard',
  ON_DEMAND_FLEX: 'flex',
  ON_DEMAND_PRIORITY: 'priority',
};

/**
 * Usage of Gemini's own API: the cached part is inside the prompt, thoughts stand beside the candidates, and what tools
 * put into the prompt is counted apart (ai.google.dev; @google/genai 2.32).
 */
export function googleUsage(usage: Fields, tier: string | null): CallUsage {
  const prompt = count(usage.promptTokenCount) + count(usage.toolUsePromptTokenCount);
  const cacheRead = Math.min(prompt, count(usage.cachedContentTokenCount));
  const reasoning = count(usage.thoughtsTokenCount);
  const traffic = textOf(usage.trafficType);
  const serviceTier = tier ?? (traffic === null ? null : (tiers[traffic] ?? traffic.toLowerCase()));
  return {
    tokens: {
      ...noTokens,
      input: prompt - cacheRead,
      cacheRead,
      output: count(usage.candidatesTokenCount) + reasoning,
      reasoning,
    },
    ...(serviceTier === null ? {} : { priceFacts: { serviceTier } }),
  };
}

export const googleWire: Wire = {
  see: (raw) => ({
    usage: objectOf(raw.usageMetadata),
    tier: null,
    model: textOf(raw.modelVersion),
    id: textOf(raw.responseId),
  }),
  hasEarlyUsage: true,
  usageOf: googleUsage,
};
