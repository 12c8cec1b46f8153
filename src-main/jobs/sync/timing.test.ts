import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import { afterFailure, afterSuccess, isDue } from './timing.ts';

const minute = 60_000;
const hour = 60 * minute;
const always = (share: number) => () => share;
const failure = (code: ConstructorParameters<typeof AppError>[0], data = {}) =>
  new AppError(code, '', { data });

test('back-off doubles with every failure, is spread over its whole length and ends at six hours', () => {
  const longest = [1, 2, 3, 9, 50].map((failures) =>
    afterFailure(failure('OVERLOADED'), failures, always(1)),
  );
  expect(longest).toEqual([2 * minute, 4 * minute, 8 * minute, 6 * hour, 6 * hour]);
  expect(afterFailure(failure('NETWORK'), 9, always(0))).toBe(30_000);
  expect(afterFailure(failure('NETWORK'), 50, always(1))).toBe(15 * minute);
});

test('always: a vendor that says when is not asked before, and is asked within a day whatever it says', () => {
  const asked = fc.integer({ min: 0, max: 2 ** 50 });
  fc.assert(
    fc.property(
      asked,
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (ms, n, share) => {
        const wait = afterFailure(failure('RATE_LIMITED', { retryAfterMs: ms }), n, always(share));
        expect(wait).toBeGreaterThanOrEqual(Math.min(ms, 24 * hour));
        expect(wait).toBeLessThanOrEqual(26 * hour);
      },
    ),
  );
});

test.each(['INVALID_KEY', 'INSUFFICIENT_SCOPE', 'NOT_ENABLED', 'OUT_OF_CREDIT', 'NO_KEY'] as const)(
  'after %s a person has to do something: it is tried twice a day',
  (code) => {
    expect(afterFailure(failure(code), 1, always(0))).toBe(12 * hour);
    expect(afterFailure(failure(code), 30, always(1))).toBe(13.2 * hour);
  },
);

test('connections of one interval do not march in step', () => {
  expect([0, 0.5, 1].map((share) => afterSuccess(60, always(share)) / minute)).toEqual([60, 63, 66]);
});

test('an attempt that lies ahead was made by a wrong clock, and so was its plan', () => {
  const now = Date.UTC(2026, 10, 20);
  expect(isDue({ next_at: null, attempted_at: null }, now)).toBe(true);
  expect(isDue({ next_at: now + 1, attempted_at: now - hour }, now)).toBe(false);
  expect(isDue({ next_at: now, attempted_at: now - hour }, now)).toBe(true);
  expect(isDue({ next_at: now + 40 * hour, attempted_at: now + 39 * hour }, now)).toBe(true);
});
