import type { ServerResponse } from 'node:http';
import type { CoreEvent } from '../../../src-preload/contract/events.ts';
import { securityHeaders } from './reply.ts';

const heartbeatMs = 15_000;
const mostUnsentBytes = 4 * 1024 * 1024;

export interface EventStreams {
  open(response: ServerResponse): void;
  send(event: CoreEvent): void;
  close(): void;
}

/**
 * The windows that listen. Frames are `data: {json}\n\n`; `:` comments open the stream and keep it alive. A window
 * that stops reading is let go: it connects again and asks for everything anew.
 */
export function createEventStreams(): EventStreams {
  const streams = new Set<ServerResponse>();
  const write = (frame: string) => {
    for (const stream of streams) {
      if (stream.writableLength > mostUnsentBytes) stream.destroy();
      else stream.write(frame);
    }
  };
  const heartbeat = setInterval(() => write(': beat\n\n'), heartbeatMs);
  heartbeat.unref();
  return {
    open: (response) => {
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(': open\n\n');
      streams.add(response);
      response.once('close', () => streams.delete(response));
    },
    send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    close: () => {
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
    },
  };
}
