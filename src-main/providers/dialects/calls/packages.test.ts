import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../platform/error.ts';
import type { Provider } from '../../../platform/provider.ts';
import { type FakeReply, type FakeVendor, startFakeVendor } from '../../../testing/vendors/fake-vendor.ts';
import {
  anthropicCalls,
  compatibleCalls,
  deepSeekCalls,
  groqCalls,
  mistralCalls,
  openAiCalls,
  openRouterCalls,
  perplexityCalls,
} from './packages.ts';
import { openRouterCost, perplexityCost } from './stated-cost.ts';
import { contextOf, listen, request, sse, textOnly } from './test-calls.ts';

type Calls = Required<Pick<Provider, 'complete' | 'stream'>>;

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor();
});
afterEach(() => vendor[Symbol.asyncDispose]());

const context = (more: Parameters<typeof contextOf>[1] = {}) => contextOf(vendor, more);

const chatUsage = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 40 },
  completion_tokens_details: { reasoning_tokens: 5 },
};
const chat = (usage: unknown = chatUsage, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_795_000_000,
  model: 'm-1-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage,
  ...more,
});
const chunk = (delta: object, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_795_000_000,
  model: 'm-1-2026',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});
const chatStream = (usage: unknown = chatUsage): FakeReply =>
  sse(
    chunk({ role: 'assistant', content: 'Hel' }),
    chunk({ content: 'lo' }),
    chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
    chunk({}, { choices: [], usage }),
  );

/** Mistral ends with usage on the chunk that finishes, and has none without choices. */
const mistralStream = sse(
  chunk({ role: 'assistant', content: 'Hel' }),
  chunk({}, { choices: [{ index: 0, delta: { content: 'lo' }, finish_reason: 'stop' }], usage: chatUsage }),
);

const bearerOf = async () => ({ authorization: 'Bearer not-a-key' });

describe.each<[string, Calls]>([
  ['compatible', compatibleCalls({ label: 'Vendor', headers: bearerOf })],
  ['groq', groqCalls({ label: 'Vendor' })],
  ['mistral', mistralCalls({ label: 'Vendor' })],
  ['deepseek', deepSeekCalls({ label: 'Vendor' })],
  ['openrouter', openRouterCalls({ label: 'Vendor', costOf: openRouterCost })],
  ['perplexity', perplexityCalls({ label: 'Vendor', costOf: perplexityCost })],
  ['openai at a base of the user’s', openAiCalls({ label: 'Vendor', ownBase: 'https://api.openai.test/v1' })],
])('chat completions: %s', (name, calls) => {
  const asked = name === 'deepseek' || name === 'groq' ? textOnly : request;

  test('a whole reply', async () => {
    vendor.answer('POST', '*/chat/completions', {
      json: chat(),
      headers: { 'x-ratelimit-remaining-requests': '7' },
    });
    const reply = await calls.complete(asked, context());
    expect(reply).toMatchObject({
      text: 'Hello',
      finish: 'stop',
      model: 'm-1-2026',
      vendorCallId: 'chatcmpl-1',
    });
    expect(reply.usage?.tokens).toMatchObject({ input: 60, cacheRead: 40, output: 20, reasoning: 5 });
    expect(reply.limits?.requests.remaining).toBe(7);
    const [seen] = vendor.seen;
    expect(seen?.headers.authorization).toBe('Bearer not-a-key');
    expect(JSON.parse(seen?.body ?? '')).toMatchObject({ model: 'm-1', temperature: 0.5, max_tokens: 50 });
    if (asked === request) expect(seen?.body).toContain('iVBORw0KGgo=');
  });

  test('a stream, with usage in its last chunk', async () => {
    vendor.answer('POST', '*/chat/completions', name === 'mistral' ? mistralStream : chatStream());
    const { text, reply } = await listen(calls.stream(asked, context()));
    expect([text, reply.text, reply.finish]).toEqual(['Hello', 'Hello', 'stop']);
    expect(reply).toMatchObject({ model: 'm-1-2026', vendorCallId: 'chatcmpl-1' });
    expect(reply.usage?.tokens).toMatchObject({ input: 60, cacheRead: 40, output: 20 });
  });

  test('a whole reply where a stream was asked for is taken as it is, and asked for once', async () => {
    vendor.answer('POST', '*/chat/completions', { json: chat() });
    const { text, reply } = await listen(calls.stream(asked, context()));
    expect([text, reply.text, reply.finish]).toEqual(['Hello', 'Hello', 'stop']);
    expect(reply).toMatchObject({ model: 'm-1-2026', vendorCallId: 'chatcmpl-1' });
    expect(reply.usage?.tokens).toMatchObject({ input: 60, cacheRead: 40, output: 20 });
    expect(vendor.seen).toHaveLength(1);
  });

  test('a reply that says nothing of usage is not one that used nothing', async () => {
    // Mistral's package takes a reply without usage for none of Mistral's.
    if (name !== 'mistral') {
      vendor.answer('POST', '*/chat/completions', { json: chat(null) });
      expect((await calls.complete(asked, context())).usage).toBeNull();
    }
    const zero = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    vendor.answer('POST', '*/chat/completions', { json: chat(zero) });
    expect((await calls.complete(asked, context())).usage?.tokens.input).toBe(0);
  });
});

const calls = compatibleCalls({ label: 'Vendor', headers: bearerOf });
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('trouble', () => {
  test.each<[string, FakeReply, string]>([
    [
      'a wrong key',
      { status: 401, json: { error: { message: 'bad key', code: 'invalid_api_key' } } },
      'INVALID_KEY',
    ],
    ['a gate', { status: 403, json: { error: { message: 'no' } } }, 'INSUFFICIENT_SCOPE'],
    ['no credit', { status: 402, json: { error: { message: 'pay' } } }, 'OUT_OF_CREDIT'],
    ['a quota', { status: 429, json: { error: { code: 'insufficient_quota' } } }, 'OUT_OF_CREDIT'],
    ['too fast', { status: 429, headers: { 'retry-after': '3' }, json: {} }, 'RATE_LIMITED'],
    ['its own trouble', { status: 529, json: {} }, 'OVERLOADED'],
    [
      'half a JSON',
      { text: '{"id":"x","choices":[', headers: { 'content-type': 'application/json' } },
      'BAD_RESPONSE',
    ],
    ['another shape', { json: { hello: 1 } }, 'BAD_RESPONSE'],
    ['a cut', { text: '{"id":', headers: { 'content-type': 'application/json' }, isCut: true }, 'NETWORK'],
  ])('%s', async (_, answer, expected) => {
    vendor.answer('POST', '*/chat/completions', answer);
    expect(await code(calls.complete(textOnly, context()))).toBe(expected);
    if (answer.status !== undefined)
      expect(await code(listen(calls.stream(textOnly, context())))).toBe(expected);
  });

  test('a refusal says when to try again and quotes no key', async () => {
    vendor.answer('POST', '*/chat/completions', {
      status: 429,
      headers: { 'retry-after': '3' },
      json: { error: { message: 'not-a-key is too fast' } },
    });
    const error: unknown = await calls.complete(textOnly, context()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { retryAfterMs: 3_000 } });
    expect(String(error)).not.toContain('not-a-key');
  });

  test('a stream that breaks off has told its text before', async () => {
    const { chunks = [] } = chatStream();
    vendor.answer('POST', '*/chat/completions', { ...chatStream(), chunks: chunks.slice(0, 2), isCut: true });
    const heard: string[] = [];
    const work = (async () => {
      for await (const part of calls.stream(textOnly, context()))
        if (part.kind === 'text') heard.push(part.text);
    })();
    expect(await code(work)).toBe('NETWORK');
    expect(heard.join('')).toBe('Hello');
  });

  test('a cancelled call ends as cancelled, streamed or not', async () => {
    vendor.answer('POST', '*/chat/completions', { hangs: true });
    const stop = new AbortController();
    const whole = code(calls.complete(textOnly, context({ signal: stop.signal })));
    const streamed = code(listen(calls.stream(textOnly, context({ signal: stop.signal }))));
    setImmediate(() => stop.abort());
    expect(await Promise.all([whole, streamed])).toEqual(['CANCELLED', 'CANCELLED']);
  });

  test('trouble stated within a stream is told by its kind', async () => {
    vendor.answer(
      'POST',
      '*/chat/completions',
      sse(chunk({ content: 'Hel' }), { error: { message: 'busy', type: 'overloaded_error' } }),
    );
    expect(await code(listen(calls.stream(textOnly, context())))).toBe('OVERLOADED');
  });

  test('an error in the place of a reply is one, though it came with 200', async () => {
    const json = { error: { code: 502, message: 'not-a-key: the vendor behind is down' } };
    vendor.answer('POST', '*/chat/completions', { json });
    const error: unknown = await calls.complete(textOnly, context()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'OVERLOADED', message: /the vendor behind is down/ });
    expect(String(error)).not.toContain('not-a-key');
  });

  // The packages end such a stream as if it were whole: half an answer would stand as one.
  test('a stream that stops without a word is broken off', async () => {
    const { chunks = [], ...rest } = chatStream();
    vendor.answer('POST', '*/chat/completions', { ...rest, chunks: chunks.slice(0, 2) });
    expect(await code(listen(calls.stream(textOnly, context())))).toBe('NETWORK');
    const start = {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    };
    vendor.answer('POST', '*/messages', {
      ...rest,
      chunks: [`event: message_start\ndata: ${JSON.stringify(start)}\n\n`],
    });
    const anthropic = anthropicCalls({ label: 'Anthropic', path: '' });
    expect(await code(listen(anthropic.stream(textOnly, context())))).toBe('NETWORK');
  });

  test('usage that counts nothing is not one of zero', async () => {
    vendor.answer('POST', '*/chat/completions', { json: chat({}) });
    expect((await calls.complete(textOnly, context())).usage).toBeNull();
    vendor.answer('POST', '*/chat/completions', { json: chat({ prompt_tokens: 0, completion_tokens: 0 }) });
    expect((await calls.complete(textOnly, context())).usage).not.toBeNull();
  });
});

test('tools go out with their schema and come back as calls', async () => {
  const message = {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"where":"here"}' } },
    ],
  };
  vendor.answer('POST', '*/chat/completions', {
    json: chat(chatUsage, { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }),
  });
  const look = {
    name: 'look',
    description: 'Looks.',
    input: { type: 'object', properties: { where: { type: 'string' } } },
  };
  const reply = await calls.complete({ ...textOnly, tools: [look], toolChoice: 'required' }, context());
  expect(reply).toMatchObject({
    finish: 'tool-calls',
    toolCalls: [{ id: 'call_1', name: 'look', input: { where: 'here' } }],
  });
  expect(JSON.parse(vendor.seen[0]?.body ?? '')).toMatchObject({
    tools: [{ function: { name: 'look', parameters: look.input } }],
    tool_choice: 'required',
  });
});

test('JSON is asked for by a schema', async () => {
  vendor.answer('POST', '*/chat/completions', { json: chat() });
  const schema = { type: 'object', properties: { a: { type: 'number' } } };
  await calls.complete({ ...textOnly, output: { schema } }, context());
  expect(JSON.parse(vendor.seen[0]?.body ?? '')).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { schema } },
  });
});

test('parameters only the vendor knows are sent along', async () => {
  vendor.answer('POST', '*/chat/completions', { json: chat() });
  await calls.complete({ ...textOnly, parameters: { top_k: 4 } }, context());
  expect(JSON.parse(vendor.seen[0]?.body ?? '')).toMatchObject({ top_k: 4 });
});

test('costs that a reply states are taken exactly', async () => {
  vendor.answer('POST', '*/chat/completions', { json: chat({ ...chatUsage, cost: 0.0000123 }) });
  const routed = await openRouterCalls({ label: 'Vendor', costOf: openRouterCost }).complete(
    textOnly,
    context(),
  );
  expect(routed.usage).toMatchObject({
    cost: { value: '0.0000123', currency: 'USD' },
    costEvidence: 'metered',
  });
  vendor.answer('POST', '*/chat/completions', chatStream({ ...chatUsage, cost: { total_cost: 0.005 } }));
  const searched = await listen(
    perplexityCalls({ label: 'Vendor', costOf: perplexityCost }).stream(textOnly, context()),
  );
  expect(searched.reply.usage?.cost).toEqual({ value: '0.005', currency: 'USD' });
});
