import { describe, expect, it } from 'vitest';
import type { CallRequest, StreamPart } from '../../platform/provider.ts';
import { providerContext } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { bearer } from './credentials.ts';
import { predictionCalls } from './predictions.ts';

const base = 'https://api.example.com/v1';
const model = 'meta/llama-4-maverick-instruct';
const create = `POST ${base}/models/${model}/predictions`;
const streamUrl = 'https://stream.example.com/v1/files/p9';
const request: CallRequest = { model, messages: [{ role: 'user', content: 'Hi' }] };
const done = {
  id: 'p9',
  model,
  status: 'succeeded',
  output: ['Hel', 'lo'],
  error: null,
  metrics: { predict_time: 0.5, input_token_count: 12, output_token_count: 2 },
};
const streaming = { ...done, status: 'starting', output: null, urls: { stream: streamUrl } };
const calls = predictionCalls({ label: 'Acme', headers: bearer('apiKey', 'API token') });

async function open() {
  const vendor = await startFakeVendor();
  on(vendor, create, { json: done });
  on(vendor, `GET ${base}/predictions/p9`, { json: done });
  on(vendor, `POST ${base}/predictions/p9/cancel`, { json: {} });
  const context = providerContext(vendor, { baseUrl: base, secrets: { apiKey: 'not-a-key' } });
  return { vendor, context, [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose]() };
}

async function partsOf(parts: AsyncIterable<StreamPart>): Promise<readonly StreamPart[]> {
  const all: StreamPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

describe('calls as predictions', () => {
  it('answers with the text, the tokens and the id of the run', async () => {
    await using opened = await open();
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Yes?' },
      {
        role: 'user',
        content: [
          { kind: 'text', text: 'Look' },
          { kind: 'image', mediaType: 'image/png', data: 'AA==' },
        ],
      },
    ] as const;
    const reply = await calls.complete(
      { ...request, messages, maxOutputTokens: 9, stop: ['END'], parameters: { top_k: 5 } },
      opened.context,
    );
    expect(reply).toMatchObject({
      text: 'Hello',
      model,
      vendorCallId: 'p9',
      usage: { tokens: { input: 12, output: 2 } },
    });
    expect(JSON.parse(opened.vendor.seen[0]?.body ?? '{}').input).toEqual({
      prompt: 'user: Hi\n\nassistant: Yes?\n\nuser: Look\n\nassistant:',
      system_prompt: 'Be brief.',
      image: 'data:image/png;base64,AA==',
      max_tokens: 9,
      stop_sequences: 'END',
      top_k: 5,
    });
  });

  it('asks again until a slow run is over, by its version where one is named', async () => {
    await using opened = await open();
    on(opened.vendor, `POST ${base}/predictions`, {
      json: { id: 'p9', status: 'processing' },
    });
    const reply = await calls.complete({ ...request, model: `${model}:abc` }, opened.context);
    expect(reply.text).toBe('Hello');
    expect(JSON.parse(opened.vendor.seen[0]?.body ?? '{}')).toMatchObject({
      version: 'abc',
      input: { prompt: 'Hi' },
    });
  });

  it('says how a run failed, and that it takes no tools, before anything is paid', async () => {
    await using opened = await open();
    on(opened.vendor, create, { json: { id: 'p9', status: 'failed', error: 'CUDA out of memory' } });
    await expect(calls.complete(request, opened.context)).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
      message: expect.stringContaining('CUDA out of memory'),
    });
    const tools = [{ name: 'a', description: 'b', input: {} }];
    await expect(calls.complete({ ...request, tools }, opened.context)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(opened.vendor.seen).toHaveLength(1);
  });

  it('streams words as they come and states usage at the end, without showing the token to the stream', async () => {
    await using opened = await open();
    on(opened.vendor, create, { json: streaming });
    on(opened.vendor, `GET ${streamUrl}`, {
      headers: { 'content-type': 'text/event-stream' },
      chunks: ['event: output\ndata: Hel\n\nevent: out', 'put\ndata: lo\n\n', 'event: done\ndata: {}\n\n'],
    });
    on(opened.vendor, `GET ${base}/predictions/p9`, {
      json: { ...done, status: 'succeeded' },
    });
    const parts = await partsOf(calls.stream(request, opened.context));
    expect(parts).toMatchObject([
      { kind: 'text', text: 'Hel' },
      { kind: 'text', text: 'lo' },
      { kind: 'usage', usage: { tokens: { input: 12, output: 2 } }, vendorCallId: 'p9' },
      { kind: 'end', reply: { text: 'Hello' } },
    ]);
    const streamed = opened.vendor.seen.find(({ url }) => url.href === streamUrl);
    expect(streamed?.headers.authorization).toBeUndefined();
  });

  it('gives a model that does not stream in one piece', async () => {
    await using opened = await open();
    const parts = await partsOf(calls.stream(request, opened.context));
    expect(parts[0]).toEqual({ kind: 'text', text: 'Hello' });
  });

  it('stops a run whose stream broke or is not wanted any more, since it is billed by time', async () => {
    await using opened = await open();
    on(opened.vendor, create, { json: streaming });
    on(opened.vendor, `GET ${streamUrl}`, { chunks: ['event: output\ndata: Hel\n\n'] });
    await expect(partsOf(calls.stream(request, opened.context))).rejects.toMatchObject({
      code: 'NETWORK',
    });
    for await (const part of calls.stream(request, opened.context)) {
      expect(part).toEqual({ kind: 'text', text: 'Hel' });
      break;
    }
    expect(opened.vendor.seen.filter(({ url }) => url.pathname.endsWith('/cancel'))).toHaveLength(2);
  });

  it('stops a run that is cancelled while it is waited for', async () => {
    await using opened = await open();
    const cancelled = new AbortController();
    on(opened.vendor, create, { json: { id: 'p9', status: 'processing' } });
    on(opened.vendor, `GET ${base}/predictions/p9`, () => {
      cancelled.abort();
      return { json: { id: 'p9', status: 'processing' } };
    });
    const context = { ...opened.context, signal: cancelled.signal };
    await expect(calls.complete(request, context)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(opened.vendor.seen.at(-1)?.url.pathname).toBe('/v1/predictions/p9/cancel');
  });
});
