import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatReply } from '../../../testing/vendors/chat.ts';
import { type FakeReply, type FakeVendor, startFakeVendor } from '../../../testing/vendors/fake-vendor.ts';
import {
  anthropicCalls,
  azureCalls,
  bedrockCalls,
  cohereCalls,
  googleCalls,
  openAiCalls,
  xaiCalls,
} from './packages.ts';
import { xaiCost } from './stated-cost.ts';
import { contextOf, listen, request, sse, textOnly } from './test-calls.ts';

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor();
});
afterEach(() => vendor[Symbol.asyncDispose]());

const context = (more: Parameters<typeof contextOf>[1] = {}) => contextOf(vendor, more);

const responsesReply = (usage: object) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_795_000_000,
  status: 'completed',
  model: 'm-1-2026',
  service_tier: 'flex',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
    },
  ],
  usage,
});
const responsesUsage = {
  input_tokens: 100,
  output_tokens: 20,
  total_tokens: 120,
  input_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 },
  output_tokens_details: { reasoning_tokens: 5 },
};

test('OpenAI’s own responses, whole and streamed, priced by the tier that served', async () => {
  const openai = openAiCalls({ label: 'OpenAI', ownBase: 'https://api.example.test/v1' });
  vendor.answer('POST', '*/responses', { json: responsesReply(responsesUsage) });
  const whole = await openai.complete(request, context());
  expect(whole).toMatchObject({ text: 'Hello', model: 'm-1-2026', vendorCallId: 'resp_1' });
  expect(whole.usage).toMatchObject({
    tokens: { input: 50, cacheRead: 40, cacheWriteUnknown: 10, output: 20 },
    priceFacts: { serviceTier: 'flex' },
  });
  const item = { type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: [] };
  vendor.answer(
    'POST',
    '*/responses',
    sse(
      {
        type: 'response.created',
        response: { ...responsesReply(responsesUsage), status: 'in_progress', usage: null, output: [] },
      },
      { type: 'response.output_item.added', output_index: 0, item },
      {
        type: 'response.output_text.delta',
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: 'Hello',
      },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: {
          ...item,
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
        },
      },
      { type: 'response.completed', response: responsesReply(responsesUsage) },
    ),
  );
  const streamed = await listen(openai.stream(request, context()));
  expect(streamed.text).toBe('Hello');
  expect(streamed.reply).toMatchObject({
    vendorCallId: 'resp_1',
    usage: { priceFacts: { serviceTier: 'flex' }, tokens: { input: 50 } },
  });
});

test('xAI’s responses state what they cost in ticks', async () => {
  vendor.answer('POST', '*/responses', {
    json: responsesReply({ ...responsesUsage, cost_in_usd_ticks: 37_756_000 }),
  });
  const reply = await xaiCalls({ label: 'xAI', costOf: xaiCost }).complete(textOnly, context());
  expect(reply.usage?.cost).toEqual({ value: '0.0037756', currency: 'USD' });
});

test('Anthropic’s messages: usage is known from the start of a stream, and right at its end', async () => {
  const anthropic = anthropicCalls({ label: 'Anthropic', path: '' });
  const usage = {
    input_tokens: 10,
    cache_creation_input_tokens: 6,
    cache_read_input_tokens: 80,
    cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 4 },
    output_tokens: 1,
    service_tier: 'standard',
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm-1-2026',
    content: [{ type: 'text', text: 'Hello' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { ...usage, output_tokens: 20 },
  };
  vendor.answer('POST', '*/messages', { json: message });
  const whole = await anthropic.complete(request, context());
  expect(whole).toMatchObject({
    text: 'Hello',
    vendorCallId: 'msg_1',
    usage: { tokens: { input: 10, cacheRead: 80, cacheWrite5m: 2, cacheWrite1h: 4, output: 20 } },
  });
  expect(vendor.seen[0]?.headers['x-api-key']).toBe('not-a-key');
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 20 },
    },
    { type: 'message_stop' },
  ];
  const stream: FakeReply = {
    headers: { 'content-type': 'text/event-stream' },
    chunks: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  };
  vendor.answer('POST', '*/messages', stream);
  const { parts, reply } = await listen(anthropic.stream(request, context()));
  expect(parts[0]).toMatchObject({
    kind: 'usage',
    usage: { tokens: { input: 10, output: 1 } },
    vendorCallId: 'msg_1',
  });
  expect(reply.usage?.tokens).toMatchObject({ input: 10, cacheRead: 80, cacheWrite1h: 4, output: 20 });
  vendor.answer('POST', '*/messages', { ...stream, chunks: (stream.chunks ?? []).slice(0, 3), isCut: true });
  await expect(listen(anthropic.stream(request, context()))).rejects.toMatchObject({ code: 'NETWORK' });
});

test('Gemini’s thoughts are billed with its candidates', async () => {
  const body = {
    candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: {
      promptTokenCount: 9,
      candidatesTokenCount: 23,
      thoughtsTokenCount: 302,
      totalTokenCount: 334,
    },
    modelVersion: 'm-1-002',
    responseId: 'r1',
  };
  vendor.answer('POST', '*/models/m-1:generateContent', { json: body });
  const google = googleCalls({ label: 'Gemini' });
  const reply = await google.complete(request, context());
  expect(reply).toMatchObject({
    text: 'Hello',
    model: 'm-1-002',
    vendorCallId: 'r1',
    usage: { tokens: { input: 9, output: 325, reasoning: 302 } },
  });
  expect(vendor.seen[0]?.headers['x-goog-api-key']).toBe('not-a-key');
  expect(vendor.seen[0]?.url.search).toBe('');
  vendor.answer('POST', '*/models/m-1:streamGenerateContent', {
    headers: { 'content-type': 'text/event-stream' },
    chunks: [`data: ${JSON.stringify(body)}\n\n`],
  });
  const vertex = googleCalls({
    label: 'Vertex',
    access: async () => ({
      base: 'https://vertex.example.test/v1',
      headers: { authorization: 'Bearer token' },
    }),
  });
  const streamed = await listen(vertex.stream(request, context()));
  expect(streamed.reply.usage?.tokens.output).toBe(325);
  expect(vendor.seen[1]?.headers).toMatchObject({ authorization: 'Bearer token' });
  expect(vendor.seen[1]?.headers).not.toHaveProperty('x-goog-api-key');
});

test('Azure’s addresses: v1 and dated', async () => {
  const azure = azureCalls({ label: 'Azure' });
  vendor.answer('POST', '*/chat/completions', { json: chatReply() });
  await azure.complete(textOnly, context({ baseUrl: 'https://me.openai.azure.com' }));
  await azure.complete(
    textOnly,
    context({ baseUrl: 'https://me.openai.azure.com', fields: { apiVersion: '2024-10-21' } }),
  );
  expect(vendor.seen.map(({ url }) => `${url.pathname}${url.search}`)).toEqual([
    '/openai/v1/chat/completions',
    '/openai/deployments/m-1/chat/completions?api-version=2024-10-21',
  ]);
  expect(vendor.seen[0]?.headers['api-key']).toBe('not-a-key');
});

test('Bedrock’s Converse keeps caches apart and is signed', async () => {
  const bedrock = bedrockCalls({
    label: 'Bedrock',
    access: async () => ({
      region: 'us-east-1',
      baseURL: 'https://bedrock-runtime.us-east-1.amazonaws.com',
      accessKeyId: 'not-an-id',
      secretAccessKey: 'not-a-secret',
    }),
  });
  const body = {
    output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 5, outputTokens: 2, totalTokens: 14, cacheReadInputTokens: 7 },
    metrics: { latencyMs: 1 },
  };
  vendor.answer('POST', '*/converse', { json: body, headers: { 'x-amzn-requestid': 'req-1' } });
  const reply = await bedrock.complete(textOnly, context());
  expect(reply).toMatchObject({
    text: 'Hello',
    vendorCallId: 'req-1',
    usage: { tokens: { input: 5, cacheRead: 7, output: 2 } },
  });
  expect(vendor.seen[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
  expect(JSON.stringify(vendor.seen)).not.toContain('not-a-secret');
});

test('Cohere is counted by billed units', async () => {
  const usage = {
    billed_units: { input_tokens: 119, output_tokens: 44 },
    tokens: { input_tokens: 1549, output_tokens: 95 },
  };
  const body = {
    id: 'c-1',
    finish_reason: 'COMPLETE',
    message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
    usage,
  };
  vendor.answer('POST', '*/chat', { json: body });
  const cohere = cohereCalls({ label: 'Cohere' });
  expect(await cohere.complete(textOnly, context())).toMatchObject({
    text: 'Hello',
    vendorCallId: 'c-1',
    usage: { tokens: { input: 119, output: 44 } },
  });
});
