import { expect, it } from 'vitest';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import { readEvents } from './event-stream.ts';

const streamOf = (chunks: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

it('puts events together that arrive in pieces, even split inside a letter', async () => {
  const text =
    ': open\n\ndata: {"kind":"navigate","to":"/sources?q=é"}\n\n: beat\n\ndata: {"kind":"ledger.changed"}\n\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 7, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    const events: CoreEvent[] = [];
    await readEvents(streamOf(chunks), (event) => events.push(event));
    expect(events).toEqual([{ kind: 'navigate', to: '/sources?q=é' }, { kind: 'ledger.changed' }]);
  }
});
