import { describe, expect, it } from 'vitest';
import {
  bedrockEdition,
  blockSize,
  meterPriceFacts,
  modelOfMeter,
  tokenPart,
  tokensIn,
  tokensPerBareUnit,
  tokensPerUnit,
} from './meter-words.ts';

describe('meter texts', () => {
  it.each([
    ['gpt-4o-0806-Inp-glbl Tokens', 'input', 'gpt-4o-0806'],
    ['gpt 4o 0806 cached Inp glbl Tokens', 'cacheRead', 'gpt-4o-0806'],
    ['gpt-4o-mini-0718-Batch-Outp-Data Zone Tokens', 'output', 'gpt-4o-mini-0718'],
    ['text embedding 3 large glbl Tokens', 'input', 'text-embedding-3-large'],
    ['5.6 sol ShortCo Cd Wr Std Gl 1M Tokens', 'cacheWriteUnknown', '5.6 sol'],
    ['Azure OpenAI - gpt-4o-0806-Outp-glbl Tokens', 'output', 'gpt-4o-0806'],
    ['5.4 mini Opt Gl 1M Tokens', 'output', '5.4 mini'],
    ['5.6 sol Cd Wr Std Gl 1M Tokens', 'cacheWriteUnknown', '5.6 sol'],
    ['USE1-NovaLite-input-tokens', 'input', 'NovaLite'],
    ['USE1-Claude3Sonnet-cache-read-input-token-count', 'cacheRead', 'Claude3Sonnet'],
    [
      'USW2-anthropic.claude-opus-4-8-mantle-input-tokens-global-standard',
      'input',
      'anthropic.claude-opus-4-8',
    ],
    ['USE1-X-cache-write-input-token-count-1-hour', 'cacheWrite1h', 'X'],
    ['USE1-X-cache-write-input-token-count-5m', 'cacheWrite5m', 'X'],
    ['USE1-X-cache-write-input-token-count-30m', 'cacheWriteUnknown', 'X'],
    ['gpt 4.1 cached Inp glbl Tokens', 'cacheRead', 'gpt-4.1'],
    ['Azure OpenAI - gpt-5 mini outp Dzone Tokens', 'output', 'gpt-5-mini'],
    ['EUC1-Claude-cache-write-tokens-1h', 'cacheWrite1h', 'Claude'],
    ['USE1-Titan-Embedding', 'input', null],
    ['example-large output tokens', 'output', 'example-large'],
    ['USE1-MP:USE1_CacheWriteInputTokenCount_Global-Units', 'cacheWriteUnknown', null],
    ['Million Input Tokens Global', 'input', null],
    ['AWS Marketplace software usage|us-east-1|Million Output Tokens', 'output', null],
    ['Provisioned throughput', null, null],
    ['input and output tokens', null, null],
  ])('reads %s', (text, part, model) => {
    expect(tokenPart(text)).toBe(part);
    expect(modelOfMeter(text)).toBe(model);
  });

  it.each([
    ['Tokens', 1],
    ['token', 1],
    ['1K tokens', 1000],
    ['1M Tokens', 1_000_000],
    ['Million tokens', 1_000_000],
    ['1,000 tokens', 1000],
    ['Units', null],
    ['Hours', null],
  ])('counts %s', (unit, tokens) => {
    expect(tokensPerUnit(unit)).toBe(tokens);
  });

  it('counts units that leave out the word where the meter says it', () => {
    expect(
      ['Tokens', '1K tokens', '1M', '1,000', 'million', 'Units', 'Hours', ''].map(tokensPerBareUnit),
    ).toEqual([...[1, 1000, 1e6, 1000, 1e6], ...[null, null, null]]);
  });

  it('reads pricing blocks', () => {
    expect(['1K', '1M', '1000', '1', '1 Hour', ''].map(blockSize)).toEqual([
      1000,
      1_000_000,
      1000,
      1,
      null,
      null,
    ]);
  });

  it.each([
    ['USE1-NovaLite-input-tokens-batch', { serviceTier: 'batch' }],
    ['USW2-MP:USW2_input_tokens_long_ctx_standard-Units', { longContext: true }],
    ['5.6 sol LongCo Inp Gl 1M Tokens', { longContext: true }],
    ['x shortco Inp Tokens', { longContext: false }],
    ['5.6 sol ShortCo Batch Inp Gl 1M Tokens', { serviceTier: 'batch', longContext: false }],
    ['USE1-NovaLite-input-tokens', null],
  ])('prices %s', (text, facts) => {
    expect(meterPriceFacts(text)).toEqual(facts);
  });

  it('counts whole tokens only', () => {
    expect([tokensIn('1520.25', 1000), tokensIn('12.4', 1_000_000)]).toEqual([1_520_250, 12_400_000]);
    expect([tokensIn('-1', 1000), tokensIn('1e30', 1000), tokensIn(null, 1), tokensIn('1', null)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('knows the model of a marketplace product', () => {
    expect(bedrockEdition('Claude 3.7 Sonnet (Amazon Bedrock Edition)')).toBe('Claude 3.7 Sonnet');
    expect(bedrockEdition('Amazon EC2')).toBeNull();
  });
});
