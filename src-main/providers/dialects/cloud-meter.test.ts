import { describe, expect, it } from 'vitest';
import { modelOfMeter, tokenPart } from '../../importers/dialects/meter-words.ts';
import { meterModel, meterPart, meterPriceFacts, tokensOfMeter, tokensPerUnit } from './cloud-meter.ts';

const meters = [
  'gpt 4.1 Inp glbl Tokens',
  'gpt 4.1 cached Inp glbl Tokens',
  'gpt-4o-0806-Batch-Outp-glbl Tokens',
  'Azure OpenAI - gpt-5 mini outp Dzone Tokens',
  'USE1-NovaLite-input-tokens',
  'EUC1-Claude-cache-write-tokens-1h',
  'USE1-Titan-Embedding',
];

describe('meters of AWS and Azure', () => {
  // A day read from the vendor and the same day imported from a file must name one model.
  it.each(meters)('mean the same as in an imported file: %s', (meter) => {
    expect(meterModel(meter)).toBe(modelOfMeter(meter));
    if (!/embedding/i.test(meter)) expect(meterPart(meter)).toBe(tokenPart(meter));
  });

  it('count tokens only where their text and their unit say so', () => {
    expect(tokensOfMeter('USE1-NovaLite-output-tokens', '0.5', '1K tokens').output).toBe(500);
    expect(tokensOfMeter('x cached Inp Tokens', '2', '1M').cacheRead).toBe(2_000_000);
    for (const [text, quantity, unit] of [
      ['USE1-NovaLite-output-tokens', '1', 'Units'],
      ['USE1-Guardrail', '1', '1K tokens'],
      ['USE1-NovaLite-output-tokens', '-1', 'tokens'],
      ['USE1-NovaLite-output-tokens', 'n/a', 'tokens'],
    ] as const)
      expect(tokensOfMeter(text, quantity, unit)).toMatchObject({ input: 0, output: 0 });
  });

  it('know units', () => {
    expect(['Tokens', '1K tokens', '1M', '1,000', 'Hours', ''].map(tokensPerUnit)).toEqual([
      1,
      1000,
      1e6,
      1000,
      null,
      null,
    ]);
  });

  it('name the tier and the size of the prompt', () => {
    expect(meterPriceFacts('x longco Batch Inp Tokens')).toEqual({ serviceTier: 'batch', longContext: true });
    expect(meterPriceFacts('x shortco Inp Tokens')).toEqual({ longContext: false });
    expect(meterPriceFacts('x Inp Tokens')).toBeNull();
  });
});
