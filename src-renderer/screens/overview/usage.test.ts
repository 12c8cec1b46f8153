import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf } from './buckets.ts';
import { rowOf } from './figures.fixture.ts';
import { buildUsage, usageInWords } from './usage.ts';

const dates = { from: '2026-11-01', to: '2026-11-20' };
const buckets = bucketsOf(dates, '2026-11-20', 'monday');

describe('buildUsage', () => {
  it('never loses or doubles money: bars, series and rows have one total', () => {
    const row = fc.record({
      day: fc.constantFrom(...buckets.map((bucket) => bucket.from)),
      model: fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'),
      cashNanoUsd: fc.integer({ min: -1e12, max: 1e12 }),
    });
    fc.assert(
      fc.property(fc.array(row), (given) => {
        const rows = given.map(rowOf);
        const usage = buildUsage(rows, buckets, 'model', 'cash');
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(usage.total).toBe(sum(rows.map((one) => one.cashNanoUsd)));
        expect(sum(usage.series.map((one) => one.total))).toBe(usage.total);
        expect(sum(usage.totals)).toBe(usage.total);
        expect(usage.series.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('shows a plan fee as an event: in the bars it would be counted as usage', () => {
    const rows = [
      rowOf({ day: '2026-11-03', model: null, cashNanoUsd: 100, planFeeNanoUsd: 100 }),
      rowOf({ day: '2026-11-03', model: 'a', cashNanoUsd: 7 }),
    ];
    const usage = buildUsage(rows, buckets, 'model', 'cash');
    expect(usage.total).toBe(7);
    expect(usage.fees).toEqual([{ bucket: 2, nanoUsd: 100 }]);
    expect(usage.series.map((one) => one.name)).toEqual(['a']);
  });

  it('does not fold a single name into "1 other"', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((model, i) =>
      rowOf({ day: dates.from, model, cashNanoUsd: 10 - i }),
    );
    expect(buildUsage(rows, buckets, 'model', 'cash').series.map((one) => one.label)).toEqual([...'abcdefg']);
  });

  it('never adds API-equivalent to cash', () => {
    const rows = [rowOf({ day: dates.from, model: 'a', cashNanoUsd: 5, equivalentNanoUsd: 900 })];
    expect(buildUsage(rows, buckets, 'model', 'cash').total).toBe(5);
    expect(buildUsage(rows, buckets, 'model', 'equivalent').total).toBe(900);
  });
});

it('says the highest bar and today in words', () => {
  const rows = [
    rowOf({ day: '2026-11-18', model: 'a', cashNanoUsd: 9 }),
    rowOf({ day: '2026-11-20', model: 'a', cashNanoUsd: 2 }),
  ];
  const words = usageInWords(buildUsage(rows, buckets, 'model', 'cash'), buckets, String);
  expect(words).toContain('Highest: Wed 18 Nov, 9.');
  expect(words).toContain('Fri 20 Nov so far: 2.');
});
