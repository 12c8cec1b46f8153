import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { ConnectionState } from './connection.ts';

const retryMs = 1500;

type Listener = (event: CoreEvent) => void;
/** Opens `/api/events`; the caller adds the token. */
type Open = () => Promise<Response>;

/**
 * Server-sent events, read from the body of a fetch because EventSource cannot send the token's header. Connects
 * again after a gap and then says that everything may have changed. Returns a way to listen.
 */
export function followEvents(open: Open, connection: ConnectionState): (listener: Listener) => () => void {
  const listeners = new Set<Listener>();
  const emit: Listener = (event) => {
    for (const listener of listeners) listener(event);
  };

  const run = async () => {
    let gap = false;
    while (connection.current() !== 'refused') {
      try {
        const response = await open();
        if (response.ok && response.body) {
          connection.turn('open');
          if (gap) for (const kind of ['ledger.changed', 'settings.changed'] as const) emit({ kind });
          await readEvents(response.body, emit);
        }
      } catch {
        connection.turn('gone');
      }
      gap = true;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  };
  void run();

  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}

/** Calls `emit` for each `data:` frame of a stream until it ends; comments keep it alive and are left out. */
export async function readEvents(body: ReadableStream<Uint8Array>, emit: Listener): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      // the host sends nothing but core events
      if (frame.startsWith('data: ')) emit(JSON.parse(frame.slice(6)) as CoreEvent);
    }
  }
}
