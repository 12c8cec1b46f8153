import { describe, expect, it } from 'vitest';
import { googleSku } from '../../platform/meters/google-sku.ts';
import { noTokens } from '../../platform/record.ts';
import { tokensOfMeter, tokensOfSku } from './metered-tokens.ts';

describe('tokens of metered quantities', () => {
  it('are counted only where the meter and its unit say so', () => {
    expect(tokensOfMeter('USE1-NovaLite-output-tokens', '0.5', '1K tokens').output).toBe(500);
    expect(tokensOfMeter('x cached Inp Tokens', '2', '1M').cacheRead).toBe(2_000_000);
    for (const [text, quantity, unit] of [
      ['USE1-NovaLite-output-tokens', '1', 'Units'],
      ['USE1-Guardrail', '1', '1K tokens'],
      ['USE1-NovaLite-output-tokens', '-1', 'tokens'],
      ['USE1-NovaLite-output-tokens', 'n/a', 'tokens'],
    ] as const)
      expect(tokensOfMeter(text, quantity, unit)).toBe(noTokens);
  });

  it('of a SKU are counted by the piece', () => {
    const sku = googleSku('Generate content output token count gemini 2.5 flash short input text');
    expect(tokensOfSku(sku, '5E5', 'count').output).toBe(500_000);
    expect(tokensOfSku(sku, '12', 'byte-seconds')).toBe(noTokens);
    expect(tokensOfSku(sku, null, 'count')).toBe(noTokens);
    expect(tokensOfSku(googleSku('Vertex AI Search storage'), '12', 'count')).toBe(noTokens);
  });
});
