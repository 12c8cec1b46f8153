import { expect, test } from 'vitest';
import type { AppError } from '../../platform/error.ts';
import type { StreamPart } from '../../platform/provider.ts';
import { on } from '../vendors/answers.ts';
import { replyTo, type StreamLength } from '../vendors/wires.ts';
import { answerAll, failure, type Opened, opened, refusals, type Suite } from './suite.ts';

/** Binary or polled: their calls are for the tests of their own. */
export const ownWires: ReadonlySet<string> = new Set(['bedrock', 'replicate']);

const hello = { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] } as const;

/** Everything a stream said before it ended or failed. */
async function listen(stream: AsyncIterable<StreamPart> | undefined, heard: StreamPart[]): Promise<void> {
  for await (const part of stream ?? []) heard.push(part);
}

/** Calls over the wire their address belongs to: whole, streamed, cut and left. */
export function answersCalls(suite: Suite): void {
  const { complete, stream } = suite.provider;
  if (complete === undefined || stream === undefined) return;
  const call = <T>(use: (opened: Opened) => Promise<T>, length: StreamLength = 'whole') =>
    opened(suite, async (given) => {
      on(given.vendor, 'POST *', (request) =>
        /token$/.test(request.url.pathname)
          ? { json: { access_token: 'never-shown-token', expires_in: 3600 } }
          : replyTo(request, length),
      );
      return await use(given);
    });

  test('calls, whole and streamed, tell text, tokens, model and id alike', async () => {
    await call(async ({ vendor, context }) => {
      const whole = await complete(hello, context);
      const heard: StreamPart[] = [];
      await listen(stream(hello, context), heard);
      const end = heard.at(-1);
      expect(whole).toMatchObject({ text: 'Hello', finish: 'stop' });
      expect(whole.vendorCallId).not.toBeNull();
      expect(whole.usage?.tokens).toMatchObject({ input: 60, output: 20 });
      expect(end).toMatchObject({ kind: 'end', reply: { text: 'Hello', finish: 'stop' } });
      if (end?.kind === 'end') expect(end.reply.usage?.tokens).toEqual(whole.usage?.tokens);
      const texts = heard.flatMap((part) => (part.kind === 'text' ? part.text : []));
      expect(texts.join('')).toBe('Hello');
      for (const { url } of vendor.seen) expect(`${url}`).not.toContain('never-shown');
    });
  });

  test('a stream that is cut fails as NETWORK, after what it had said', async () => {
    await call(async ({ context }) => {
      const heard: StreamPart[] = [];
      const error = await failure(listen(stream(hello, context), heard));
      expect(error.code).toBe('NETWORK');
      expect(heard.some(({ kind }) => kind === 'text')).toBe(true);
    }, 'cut');
  });

  test('a stream that is left in the middle fails as CANCELLED', async () => {
    const stop = new AbortController();
    await call(async ({ context }) => {
      const work = async () => {
        for await (const part of stream(hello, { ...context, signal: stop.signal }))
          if (part.kind === 'text') stop.abort();
      };
      const error = await work().then(
        () => null,
        (caught: AppError) => caught,
      );
      // What was already there when it was left may still arrive, and then it was whole.
      if (error !== null) expect(error.code).toBe('CANCELLED');
    });
  });
}

/** Refusals of calls, whole and streamed. */
export function refusesCalls({ provider, ...suite }: Suite): void {
  test.each(refusals.slice(0, 3).concat(refusals.slice(4, 8)))(
    'calls tell %s',
    async (_what, reply, codes) => {
      const [whole, streamed] = await opened({ provider, ...suite }, async ({ vendor, context }) => {
        answerAll(vendor, reply);
        return [
          await failure(provider.complete?.(hello, context) ?? Promise.resolve()),
          await failure(listen(provider.stream?.(hello, context), [])),
        ];
      });
      for (const error of [whole, streamed]) {
        expect(codes).toContain(error?.code);
        expect(error?.message).not.toContain('never-shown');
      }
    },
  );
}
