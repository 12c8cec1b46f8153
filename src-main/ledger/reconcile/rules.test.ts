import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapOf } from './gap.ts';
import { mostRounding, roundingOf } from './rounding.ts';
import { trendOf } from './trend.ts';
import { daysWords, listWords, usdText } from './words.ts';

describe('rounding', () => {
  it('is half a unit of the last decimal a line, at least a cent, at most 0.5 %', () => {
    const hundred = 100_000_000_000;
    expect(roundingOf(hundred, { lines: 30, places: 2 })).toBe(150_000_000);
    expect(roundingOf(hundred, { lines: 30, places: 9 })).toBe(10_000_000);
    expect(roundingOf(hundred, { lines: 100_000, places: 2 })).toBe(500_000_000);
    expect(roundingOf(0, { lines: 1, places: 0 })).toBe(10_000_000);
  });

  it('always: no gap beyond 0.5 % and a cent is ever called rounding', () => {
    const lines = fc.record({ lines: fc.nat(100_000), places: fc.integer({ min: -1, max: 9 }) });
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), lines, (billed, written) => {
        expect(roundingOf(billed, written)).toBeLessThanOrEqual(mostRounding(billed));
      }),
    );
  });
});

describe('a gap', () => {
  it('has its share of the bill, and none of a bill of nothing', () => {
    expect(gapOf({ billed: 200, own: 150, unpricedRecords: 0 }).gapPerMille).toBe(250);
    expect(gapOf({ billed: 0, own: 20_000_000, unpricedRecords: 0 })).toMatchObject({
      gapPerMille: null,
      verdict: 'gap',
    });
    expect(gapOf({ billed: -100, own: 0, unpricedRecords: 0 }).gapPerMille).toBe(1000);
  });
});

describe('a trend', () => {
  const of = (...shares: readonly (number | null)[]) =>
    trendOf(shares.map((gapPerMille) => ({ gapPerMille })));

  it('needs three months, and does not mind the sign', () => {
    expect(of(10, 20).direction).toBe('unknown');
    expect(of(-100, 60, null, -20)).toEqual({
      direction: 'shrinking',
      words: 'The gap is shrinking: 10.0 % in the first of 3 months, 2.0 % in the last.',
    });
    expect(of(10, 60, 200).direction).toBe('growing');
    expect(of(20, 23, 19, 22)).toMatchObject({
      direction: 'steady',
      words: 'Steady around 2.1 % for 4 months.',
    });
  });
});

describe('words', () => {
  it('never say zero of what is not', () => {
    expect([0, 1, 4_200_000, 82_000_000, 1_234_567_890_123, -500_000_000].map(usdText)).toEqual([
      '$0.00',
      '$0.000000001',
      '$0.0042',
      '$0.082',
      '$1,234.57',
      '−$0.50',
    ]);
  });

  it('name days and lists shortly', () => {
    expect(daysWords([20_635])).toBe('1 Jul');
    expect(daysWords([20_635, 20_636, 20_637])).toBe('1 Jul to 3 Jul');
    expect(daysWords([20_635, 20_640])).toBe('1 Jul and 6 Jul');
    expect(listWords(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
