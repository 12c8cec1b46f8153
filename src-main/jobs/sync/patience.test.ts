import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import { testTimers } from '../../testing/follow.ts';
import { patiently } from './patience.ts';

const limited = (retryAfterMs: number) =>
  new AppError('RATE_LIMITED', 'Too fast.', { data: { retryAfterMs } });

/** Fails with these, one after the other, then answers how often it was asked. */
function failing(...errors: readonly unknown[]) {
  let asked = 0;
  return async () => {
    const error = errors[asked++];
    if (error !== undefined) throw error;
    return asked;
  };
}

function patience() {
  const waits: (number | null)[] = [];
  const waiting = (ms: number | null) => void waits.push(ms);
  return { timers: testTimers(), signal: new AbortController().signal, waiting, waits };
}

test('a short wait a vendor asks for is waited for, a few times, and told', async () => {
  const told = patience();
  expect(await patiently(told, failing(limited(500), limited(20_000)))).toBe(3);
  expect(told.waits).toEqual([500, null, 20_000, null]);
  const stubborn = failing(...Array.from({ length: 9 }, () => limited(1)));
  await expect(patiently(patience(), stubborn)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('a long wait, none stated, and other trouble are for the plan', async () => {
  for (const error of [
    limited(61_000),
    new AppError('RATE_LIMITED', ''),
    new AppError('OVERLOADED', ''),
    new Error('no'),
  ])
    await expect(patiently(patience(), failing(error))).rejects.toBe(error);
});

test('who waits can be broken off', async () => {
  const ending = new AbortController();
  const timers = { after: () => () => undefined, every: () => () => undefined };
  const told = { ...patience(), timers, signal: ending.signal };
  const waiting = patiently(told, failing(limited(1000)));
  ending.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(told.waits).toEqual([1000, null]);
});
