import type { CallUsage } from '../../../platform/provider.ts';
import { noTokens } from '../../../platform/record.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from '../json.ts';
import { objectOf, type Wire } from './wire.ts';

const count = (value: unknown): number => countOf(value) ?? 0;

/** Usage of Bedrock's Converse: cache reads and writes stand beside `inputTokens`; `cacheDetails` tells writes by lifetime. */
export function bedrockUsage(usage: Fields, tier: string | null): CallUsage {
  const writes = count(usage.cacheWriteInputTokens);
  const ofLife = (ttl: string): number =>
    rowsOf(usage.cacheDetails)
      .filter((detail) => detail.ttl === ttl)
      .reduce((sum, detail) => sum + count(detail.inputTokens), 0);
  const [cacheWrite5m, cacheWrite1h] = [ofLife('5m'), ofLife('1h')];
  return {
    tokens: {
      ...noTokens,
      input: count(usage.inputTokens),
      cacheRead: count(usage.cacheReadInputTokens),
      cacheWrite5m,
      cacheWrite1h,
      cacheWriteUnknown: Math.max(0, writes - cacheWrite5m - cacheWrite1h),
      output: count(usage.outputTokens),
    },
    ...(tier === null ? {} : { priceFacts: { serviceTier: tier } }),
  };
}

export const bedrockWire: Wire = {
  see(raw) {
    const last = objectOf(raw.metadata) ?? raw;
    return {
      usage: objectOf(last.usage),
      tier: textOf(fieldsOf(last.serviceTier).type),
      model: null,
      id: null,
    };
  },
  usageOf: bedrockUsage,
};
