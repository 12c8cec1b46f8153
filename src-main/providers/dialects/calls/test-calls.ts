import type { CallRequest, StreamPart } from '../../../platform/provider.ts';
import { providerContext } from '../../../testing/provider-context.ts';
import type { FakeReply, FakeVendor } from '../../../testing/vendors/fake-vendor.ts';

export const request: CallRequest = {
  model: 'm-1',
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { kind: 'text', text: 'Hi' },
        { kind: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
      ],
    },
  ],
  temperature: 0.5,
  maxOutputTokens: 50,
};
export const textOnly: CallRequest = { ...request, messages: [{ role: 'user', content: 'Hi' }] };

export const sse = (...events: unknown[]): FakeReply => ({
  headers: { 'content-type': 'text/event-stream' },
  chunks: [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'],
});
/** A connection with one key, whose vendor is the fake one. */
export const contextOf = (vendor: FakeVendor, more: Parameters<typeof providerContext>[1] = {}) =>
  providerContext(vendor, {
    baseUrl: 'https://api.example.test/v1',
    secrets: { apiKey: 'not-a-key' },
    ...more,
  });

/** All of a stream: its parts, its text and what it ended with. */
export async function listen(stream: AsyncIterable<StreamPart>) {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  const last = parts.at(-1);
  if (last?.kind !== 'end') throw new Error('the stream had no end');
  return {
    parts,
    reply: last.reply,
    text: parts.flatMap((part) => (part.kind === 'text' ? part.text : [])).join(''),
  };
}
