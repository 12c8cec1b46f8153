import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

async function* bytes(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array, void> {
  let rest = new TextEncoder().encode(text);
  for (let at = 0; rest.length > 0; at++) {
    const size = sizes[at % sizes.length] ?? 1;
    yield rest.slice(0, size);
    rest = rest.slice(size);
  }
}

async function eventsOf(text: string, sizes: readonly number[] = [1e6]) {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(bytes(text, sizes))) events.push(event);
  return events;
}

describe('readEvents', () => {
  it('reads names, lines of data, comments and every kind of line break', async () => {
    expect(await eventsOf(': hello\nevent: output\ndata: a\ndata:b\n\ndata: c\r\nid: 7\r\n\r\n')).toEqual([
      { event: 'output', data: 'a\nb' },
      { event: 'message', data: 'c' },
    ]);
  });

  it('leaves out an event that was cut', async () => {
    expect(await eventsOf('data: whole\n\nevent: output\ndata: ha')).toEqual([
      { event: 'message', data: 'whole' },
    ]);
  });

  it('says the same however the bytes were cut', async () => {
    const text = 'event: output\r\ndata: grüße 🙂\r\n\r\nevent: done\r\ndata: {}\r\n\r\n';
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
        async (sizes) => {
          expect(await eventsOf(text, sizes)).toEqual([
            { event: 'output', data: 'grüße 🙂' },
            { event: 'done', data: '{}' },
          ]);
        },
      ),
    );
  });
});
