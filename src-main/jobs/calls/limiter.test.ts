import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import type { Timers } from '../../platform/ports.ts';
import { createLimiter, type Limits, type Turn } from './limiter.ts';

/** Lets promises that are resolved already be heard of. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

/** A clock the test moves; what was due is called on the way, in order. */
function heldTime() {
  let now = 1_000_000;
  let due: { at: number; callback: () => void }[] = [];
  const timers: Timers = {
    after(delayMs, callback) {
      const one = { at: now + delayMs, callback };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
    every: () => () => undefined,
  };
  return {
    clock: { now: () => now },
    timers,
    async pass(ms: number) {
      await settled();
      const end = now + ms;
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        due = due.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}

function limiterWith(limits: Partial<Limits>) {
  const time = heldTime();
  const limiter = createLimiter(time.clock, time.timers, {
    requestsPerMinute: null,
    tokensPerMinute: null,
    ...limits,
  });
  const startedAt: number[] = [];
  const turns: Turn[] = [];
  const call = (tokens: number, signal?: AbortSignal) =>
    limiter.turn(tokens, signal).then((turn) => {
      startedAt.push(time.clock.now() - 1_000_000);
      turns.push(turn);
    });
  return { ...time, limiter, startedAt, turns, call };
}

test('calls past the limit wait for the minute instead of failing, in their order', async () => {
  const { call, pass, startedAt } = limiterWith({ requestsPerMinute: 2 });
  void call(1);
  await pass(10_000);
  void call(1);
  void call(1);
  void call(1);
  await pass(49_999);
  expect(startedAt).toEqual([0, 10_000]);
  await pass(1);
  expect(startedAt).toEqual([0, 10_000, 60_000]);
  await pass(60_000);
  expect(startedAt).toEqual([0, 10_000, 60_000, 70_000]);
});

test('tokens count as estimated until the call is settled, then as used', async () => {
  const { call, pass, startedAt, turns } = limiterWith({ tokensPerMinute: 1000 });
  void call(900);
  void call(300);
  await pass(1_000);
  expect(startedAt).toEqual([0]);
  turns[0]?.settle(200);
  await pass(0);
  expect(startedAt).toEqual([0, 1_000]);
});

test('a call larger than a whole minute allows is sent alone rather than never', async () => {
  const { call, pass, startedAt } = limiterWith({ tokensPerMinute: 100 });
  void call(50);
  void call(500);
  await pass(60_000);
  expect(startedAt).toEqual([0, 60_000]);
});

test('a vendor that says nothing is left, or answers 429, is left alone until then', async () => {
  const { call, pass, startedAt, limiter, clock } = limiterWith({});
  const none = { limit: null, remaining: null, resetMs: null };
  limiter.learn({ requests: { limit: 10, remaining: 0, resetMs: 3_000 }, tokens: none });
  void call(1);
  await pass(2_999);
  expect(startedAt).toEqual([]);
  await pass(1);
  expect(startedAt).toEqual([3_000]);
  limiter.holdUntil(clock.now() + 5_000);
  void call(1);
  await pass(5_000);
  expect(startedAt).toEqual([3_000, 8_000]);
});

test('a waiting call can be cancelled and those behind it move up', async () => {
  const { call, pass, startedAt, limiter } = limiterWith({ requestsPerMinute: 1 });
  const stop = new AbortController();
  void call(1);
  const cancelled = call(1, stop.signal);
  void call(1);
  stop.abort();
  await expect(cancelled).rejects.toEqual(
    new AppError('CANCELLED', 'The call was cancelled before it was sent. Nothing was spent.'),
  );
  expect(limiter.waiting()).toBe(1);
  await pass(60_000);
  expect(startedAt).toEqual([0, 60_000]);
});

test('no minute ever holds more than the limits, whatever is asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ wait: fc.nat(40_000), tokens: fc.integer({ min: 1, max: 100 }) }), {
        maxLength: 25,
      }),
      async (requestsPerMinute, asked) => {
        const { call, pass, startedAt } = limiterWith({ requestsPerMinute, tokensPerMinute: 150 });
        const sizes: number[] = [];
        for (const { wait, tokens } of asked) {
          await pass(wait);
          void call(tokens);
          sizes.push(tokens);
        }
        await pass(60_000 * (asked.length + 1));
        expect(startedAt).toHaveLength(asked.length);
        for (const at of startedAt) {
          const within = startedAt.flatMap((other, i) => (other >= at && other < at + 60_000 ? [i] : []));
          expect(within.length).toBeLessThanOrEqual(requestsPerMinute);
          expect(within.reduce((sum, i) => sum + (sizes[i] ?? 0), 0)).toBeLessThanOrEqual(150);
        }
      },
    ),
  );
});
