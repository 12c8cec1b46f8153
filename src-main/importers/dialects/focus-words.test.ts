import { describe, expect, it } from 'vitest';
import { blockSize, isOtherService, modelOfMeter, tokenPart, tokensPerUnit } from './focus-words.ts';
import { vendorId } from './vendor-id.ts';

describe('meter texts', () => {
  it.each([
    ['gpt-4o-0806-Inp-glbl Tokens', 'input', 'gpt-4o-0806'],
    ['gpt 4o 0806 cached Inp glbl Tokens', 'cacheRead', 'gpt 4o 0806'],
    ['Azure OpenAI - gpt-4o-0806-Outp-glbl Tokens', 'output', 'gpt-4o-0806'],
    ['5.4 mini Opt Gl 1M Tokens', 'output', '5.4 mini'],
    ['5.6 sol Cd Wr Std Gl 1M Tokens', 'cacheWriteUnknown', '5.6 sol'],
    ['USE1-NovaLite-input-tokens', 'input', 'NovaLite'],
    ['USE1-Claude3Sonnet-cache-read-input-token-count', 'cacheRead', 'Claude3Sonnet'],
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
});

describe('vendors and services', () => {
  it.each([
    ['Amazon Web Services, Inc.', 'aws'],
    ['Microsoft', 'azure'],
    ['Google Cloud', 'google'],
    ['OpenAI', 'openai'],
    ['Acme  Cloud!', 'acme-cloud'],
    ['__proto__', 'proto'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('names %s %s', (name, id) => {
    expect(vendorId(name)).toBe(id);
  });

  it('leaves out other services of clouds only', () => {
    expect(isOtherService('aws', 'Compute', 'Amazon EC2')).toBe(true);
    expect(isOtherService('aws', 'Other', 'Claude (Amazon Bedrock Edition)')).toBe(false);
    expect(isOtherService('exampleai', 'Compute', 'GPU hours')).toBe(false);
  });
});
