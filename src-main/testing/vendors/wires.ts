import { chatReply } from './chat.ts';
import type { FakeReply, SeenRequest } from './fake-vendor.ts';

/** "Hello", as 60 tokens of input beside 40 cached ones and 20 of output, in one wire format: whole, and by chunks. */
interface WireReply {
  readonly path: RegExp;
  readonly whole: unknown;
  readonly chunks: readonly unknown[];
  /** Events carry their type as a name, as OpenAI's responses and Anthropic have it. */
  readonly hasNames?: true;
}

const chunk = (more: object) => ({
  ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_795_000_000, model: 'm-1-2026' },
  ...more,
});
const choice = (delta: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const chat: WireReply = {
  path: /\/chat\/completions$/,
  whole: chatReply(),
  chunks: [
    chunk(choice({ role: 'assistant', content: 'Hel' })),
    chunk(choice({ content: 'lo' })),
    chunk({ ...choice({}, 'stop'), usage: chatReply().usage }),
  ],
};

const message = {
  ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
  content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
};
const response = {
  ...{ id: 'resp_1', object: 'response', created_at: 1_795_000_000, model: 'm-1-2026', status: 'completed' },
  output: [message],
  usage: {
    ...{ input_tokens: 100, output_tokens: 20, total_tokens: 120 },
    ...{ input_tokens_details: { cached_tokens: 40 }, output_tokens_details: { reasoning_tokens: 0 } },
  },
};
const part = { output_index: 0, item_id: 'msg_1', content_index: 0 };
const responses: WireReply = {
  path: /\/responses$/,
  whole: response,
  hasNames: true,
  chunks: [
    { type: 'response.created', response: { ...response, output: [], usage: null, status: 'in_progress' } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...message, content: [], status: 'in_progress' },
    },
    { type: 'response.output_text.delta', ...part, delta: 'Hel', logprobs: [] },
    { type: 'response.output_text.delta', ...part, delta: 'lo', logprobs: [] },
    { type: 'response.output_item.done', output_index: 0, item: message },
    { type: 'response.completed', response },
  ],
};

const claude = {
  ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'm-1-2026', stop_reason: 'end_turn' },
  content: [{ type: 'text', text: 'Hello' }],
  usage: { input_tokens: 60, cache_read_input_tokens: 40, cache_creation_input_tokens: 0, output_tokens: 20 },
};
const messages: WireReply = {
  path: /\/messages$|:(stream)?[rR]awPredict$/,
  whole: claude,
  hasNames: true,
  chunks: [
    { type: 'message_start', message: { ...claude, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 20 },
    },
    { type: 'message_stop' },
  ],
};

const candidate = (text: string, finishReason?: string) => ({
  candidates: [
    { content: { role: 'model', parts: [{ text }] }, index: 0, ...(finishReason && { finishReason }) },
  ],
  usageMetadata: {
    promptTokenCount: 100,
    cachedContentTokenCount: 40,
    candidatesTokenCount: 20,
    totalTokenCount: 120,
  },
  modelVersion: 'm-1-2026',
  responseId: 'r-1',
});
const gemini: WireReply = {
  path: /:(generateContent|streamGenerateContent)$/,
  whole: candidate('Hello', 'STOP'),
  chunks: [candidate('Hel'), candidate('lo', 'STOP')],
};

const units = {
  billed_units: { input_tokens: 60, output_tokens: 20 },
  tokens: { input_tokens: 90, output_tokens: 20 },
};
const cohere: WireReply = {
  path: /\/chat$/,
  whole: {
    ...{ id: 'c-1', finish_reason: 'COMPLETE', usage: units },
    message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  },
  hasNames: true,
  chunks: [
    { type: 'message-start', id: 'c-1', delta: { message: { role: 'assistant', content: [] } } },
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hel' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'lo' } } } },
    { type: 'content-end', index: 0 },
    { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: units } },
  ],
};

const wires = [chat, responses, messages, gemini, cohere];

/** How much of a stream is sent: all of it, or its beginning and then a cut. */
export type StreamLength = 'whole' | 'cut';

/** The reply to a call, in the wire format its address belongs to; whether it is to be a stream, its body or address says. */
export function replyTo({ url, body }: SeenRequest, length: StreamLength = 'whole'): FakeReply {
  const wire = wires.find(({ path }) => path.test(url.pathname));
  if (wire === undefined) return { status: 404, json: {} };
  const isStream = /:stream/.test(url.pathname) || /"stream":\s*true/.test(body);
  if (!isStream) return { json: wire.whole };
  const events = wire.chunks.map(
    (event) => `${wire.hasNames ? `event: ${nameOf(event)}\n` : ''}data: ${JSON.stringify(event)}\n\n`,
  );
  const headers = { 'content-type': 'text/event-stream' };
  if (length === 'cut')
    return { headers, chunks: events.slice(0, Math.ceil(events.length / 2)), isCut: true };
  return { headers, chunks: wire.hasNames ? events : [...events, 'data: [DONE]\n\n'] };
}

function nameOf(event: unknown): string {
  // Events with names have their type in them.
  return (event as { readonly type: string }).type;
}
