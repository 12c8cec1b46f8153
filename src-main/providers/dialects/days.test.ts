import { describe, expect, it } from 'vitest';
import { bucketKey, dateText, daysOf, momentOf, rfc3339 } from './days.ts';

const noon = Date.UTC(2026, 10, 18, 12);
const midnight = Date.UTC(2026, 10, 18);

describe('vendors’ days', () => {
  it('are UTC and half-open: the day a window ends on is not in it', () => {
    expect(daysOf({ from: midnight, to: midnight + 2 * 86_400_000 }).map(dateText)).toEqual([
      '2026-11-18',
      '2026-11-19',
    ]);
    expect(daysOf({ from: midnight, to: midnight })).toEqual([]);
    expect(rfc3339(noon)).toBe('2026-11-18T12:00:00Z');
  });

  it.each([
    ['2026-11-18', midnight],
    ['2026-11-18T12:00:00Z', noon],
    ['2026-11-18T12:00:00', noon],
    ['2026-11-18 12:00:00', noon],
    ['2026-11-18T14:00:00+02:00', noon],
    [noon / 1000, noon],
    [String(noon / 1000), noon],
    [noon, noon],
    ['soon', null],
    [20261118, null],
    ['20261118', null],
    [null, null],
  ])('reads %s', (value, at) => {
    expect(momentOf(value)).toBe(at);
  });

  it('keys tell a missing dimension from its neighbour', () => {
    expect(bucketKey(['a', null, 'b'])).not.toBe(bucketKey(['a', 'b', undefined]));
  });
});
