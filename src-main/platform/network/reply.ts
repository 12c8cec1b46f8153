import type { Response as NetworkResponse } from 'undici';
import { AppError } from '../error.ts';
import { type Asked, failureOf } from './failures.ts';

/** Far more than any vendor sends; a stream of a day's tokens is a few megabytes. */
export const maxReplyBytes = 256 * 1024 * 1024;

const bodiless = [101, 204, 205, 304];

/** The answer as the platform's own Response; a body that breaks or does not end says so in plain words. */
export function replyOf(response: NetworkResponse, url: URL, signal: Asked['signal']): Response {
  const { status, statusText } = response;
  const headers = new Headers([...response.headers]);
  const body =
    response.body === null || bodiless.includes(status)
      ? null
      : guarded(response.body.getReader(), { origin: url.origin, signal });
  const reply = new Response(body, { status, statusText, headers });
  Object.defineProperty(reply, 'url', { value: url.href });
  return reply;
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

function guarded(reader: Reader, asked: Asked): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done || value === undefined) return controller.close();
          bytes += value.byteLength;
          // What is counted is unpacked: a small answer can unpack to any size.
          if (bytes > maxReplyBytes)
            throw new AppError('NETWORK', `${asked.origin} sent too much. It was cut off.`);
          controller.enqueue(value);
        } catch (error) {
          void reader.cancel().catch(() => undefined);
          controller.error(failureOf(error, asked));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
