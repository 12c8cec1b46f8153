import { describe, expect, test } from 'vitest';
import { noTokens } from '../../../platform/record.ts';
import { anthropicUsage, anthropicWire } from './anthropic-usage.ts';
import { bedrockUsage, bedrockWire } from './bedrock-usage.ts';
import { cohereUsage, cohereWire } from './cohere-usage.ts';
import { googleUsage } from './google-usage.ts';
import { openAiUsage, openAiWire } from './openai-usage.ts';
import { joined, nothingSeen } from './wire.ts';

const tokens = (usage: Readonly<Record<string, unknown>>) => openAiUsage(usage, null).tokens;

describe('OpenAI’s shape', () => {
  test('cached and cache-writing tokens are inside the prompt: 1000 with 400 and 100 leave 500', () => {
    const details = { cached_tokens: 400, cache_write_tokens: 100 };
    const usage = {
      prompt_tokens: 1000,
      completion_tokens: 50,
      total_tokens: 1050,
      prompt_tokens_details: details,
    };
    const counted = { ...noTokens, input: 500, cacheRead: 400, cacheWriteUnknown: 100, output: 50 };
    expect(tokens(usage)).toEqual(counted);
    const responses = { input_tokens: 1000, output_tokens: 50, input_tokens_details: details };
    expect(tokens(responses)).toEqual(counted);
  });

  test('reasoning inside the completion is billed once', () => {
    const usage = {
      prompt_tokens: 18,
      completion_tokens: 219,
      total_tokens: 237,
      completion_tokens_details: { reasoning_tokens: 205 },
    };
    expect(tokens(usage)).toMatchObject({ output: 219, reasoning: 205 });
  });

  test('reasoning outside the completion is added: xAI’s 12, 1 and 290 make 291', () => {
    const details = { reasoning_tokens: 290 };
    const usage = { prompt_tokens: 12, completion_tokens: 1, completion_tokens_details: details };
    expect(tokens({ ...usage, total_tokens: 303 })).toMatchObject({ input: 12, output: 291, reasoning: 290 });
    expect(tokens(usage)).toMatchObject({ output: 291 });
  });

  test.each([
    ['DeepSeek', { prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }],
    ['Mistral', { num_cached_tokens: 64 }],
    ['Mistral, spelled otherwise', { prompt_token_details: { cached_tokens: 64 } }],
  ])('cached tokens as %s names them', (_, spelling) => {
    expect(tokens({ prompt_tokens: 100, completion_tokens: 1, ...spelling })).toMatchObject({
      input: 36,
      cacheRead: 64,
    });
  });

  test('a cached part larger than the prompt never makes input negative', () => {
    expect(
      tokens({ prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 99, cache_write_tokens: 9 } }),
    ).toMatchObject({
      ...{ input: 0, cacheRead: 10, cacheWriteUnknown: 0 },
    });
  });

  test('the tier of the reply is what is priced, and usage said twice is one usage', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    expect(openAiWire.see({ usage, service_tier: 'flex', x_groq: { usage } })).toMatchObject({
      usage,
      tier: 'flex',
    });
    expect(openAiWire.see({ choices: [], x_groq: { usage } }).usage).toEqual(usage);
    expect(openAiUsage(usage, 'Flex').priceFacts).toEqual({ serviceTier: 'flex' });
    expect(openAiWire.see({ usage: null }).usage).toBeNull();
  });
});

describe('Anthropic’s shape', () => {
  test('caches stand beside the input: 100, 40 and 860 are a prompt of 1000', () => {
    const usage = {
      input_tokens: 100,
      cache_creation_input_tokens: 40,
      cache_read_input_tokens: 860,
      output_tokens: 50,
    };
    expect(anthropicUsage(usage, null).tokens).toEqual({
      ...noTokens,
      ...{ input: 100, cacheRead: 860, cacheWriteUnknown: 40, output: 50 },
    });
  });

  test('a split by lifetime that covers only a part leaves the rest without a lifetime, and half a split is none', () => {
    const usage = { cache_creation_input_tokens: 100 };
    const whole = {
      ...usage,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 60 },
    };
    expect(anthropicUsage(whole, null).tokens).toMatchObject({
      cacheWrite5m: 10,
      cacheWrite1h: 60,
      cacheWriteUnknown: 30,
    });
    const half = { ...usage, cache_creation: { ephemeral_5m_input_tokens: 10 } };
    expect(anthropicUsage(half, null).tokens).toMatchObject({ cacheWrite5m: 0, cacheWriteUnknown: 100 });
  });

  test('a split larger than the sum, as server tools make it, is none', () => {
    const usage = {
      cache_creation_input_tokens: 100,
      cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 60 },
    };
    expect(anthropicUsage(usage, null).tokens).toMatchObject({ cacheWrite5m: 0, cacheWriteUnknown: 100 });
  });

  test('what a compaction used is paid for, and only the iterations tell', () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      iterations: [
        { type: 'compaction', input_tokens: 1000, output_tokens: 200 },
        { type: 'message', input_tokens: 10, output_tokens: 5 },
      ],
    };
    expect(anthropicUsage(usage, null).tokens).toMatchObject({ input: 1010, output: 205 });
  });

  test('a stream’s last counters hold, with those only its beginning states', () => {
    const start = {
      type: 'message_start',
      message: { id: 'msg_1', model: 'm', usage: { input_tokens: 9, output_tokens: 1 } },
    };
    const end = { type: 'message_delta', usage: { output_tokens: 40, input_tokens: null } };
    const seen = [start, end].map(anthropicWire.see).reduce(joined, nothingSeen);
    expect(seen).toMatchObject({ id: 'msg_1', model: 'm' });
    expect(anthropicUsage(seen.usage ?? {}, null).tokens).toMatchObject({ input: 9, output: 40 });
  });

  test('speed, residency and searches change the price', () => {
    const usage = { speed: 'fast', inference_geo: 'us', server_tool_use: { web_search_requests: 2 } };
    expect(anthropicUsage(usage, 'priority').priceFacts).toEqual({
      ...{ serviceTier: 'priority', speed: 'fast', geo: 'us', webSearches: 2 },
    });
  });
});

test('Gemini’s thoughts are output beside the candidates, and what tools ask is prompt', () => {
  const usage = {
    promptTokenCount: 9,
    toolUsePromptTokenCount: 3,
    cachedContentTokenCount: 4,
    candidatesTokenCount: 10,
    thoughtsTokenCount: 90,
    trafficType: 'ON_DEMAND_FLEX',
  };
  expect(googleUsage(usage, null)).toEqual({
    tokens: { ...noTokens, input: 8, cacheRead: 4, output: 100, reasoning: 90 },
    priceFacts: { serviceTier: 'flex' },
  });
});

test('Bedrock’s input leaves caches out, and its stream says it in the last event', () => {
  const usage = {
    inputTokens: 5,
    cacheReadInputTokens: 7,
    cacheWriteInputTokens: 10,
    outputTokens: 2,
    cacheDetails: [{ ttl: '1h', inputTokens: 4 }],
  };
  expect(bedrockUsage(usage, null).tokens).toMatchObject({
    input: 5,
    cacheRead: 7,
    cacheWrite1h: 4,
    cacheWriteUnknown: 6,
    output: 2,
  });
  expect(bedrockWire.see({ metadata: { usage, serviceTier: { type: 'flex' } } })).toMatchObject({
    usage,
    tier: 'flex',
  });
});

test('Cohere is paid by billed units, which are fewer than its tokens', () => {
  const usage = {
    billed_units: { input_tokens: 119, output_tokens: 44 },
    tokens: { input_tokens: 1549, output_tokens: 95 },
  };
  expect(cohereUsage(usage).tokens).toMatchObject({ input: 119, output: 44 });
  expect(cohereWire.see({ type: 'message-end', delta: { usage } }).usage).toEqual(usage);
});
