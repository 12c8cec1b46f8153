import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, daysBetween } from '../../ui/dates.ts';
import { bucketsOf, stepFor } from './buckets.ts';

const today = '2026-11-20';

it('covers every day of a range exactly once, whatever the step', () => {
  const range = fc.record({
    start: fc.integer({ min: 0, max: 5000 }),
    length: fc.integer({ min: 0, max: 1200 }),
  });
  fc.assert(
    fc.property(
      range,
      fc.constantFrom('monday' as const, 'sunday' as const),
      ({ start, length }, weekStart) => {
        const from = addDays('2015-01-01', start);
        const to = addDays(from, length);
        const buckets = bucketsOf({ from, to }, today, weekStart);
        const days = buckets.reduce((sum, bucket) => sum + daysBetween(bucket.from, bucket.to) + 1, 0);
        expect(days).toBe(length + 1);
        expect(buckets[0]?.from).toBe(from);
        expect(buckets.at(-1)?.to).toBe(to);
        expect(buckets.length).toBeLessThanOrEqual(62);
      },
    ),
    { numRuns: 50 },
  );
});

it('marks the bar that is not over', () => {
  const buckets = bucketsOf({ from: '2026-09-01', to: '2026-11-20' }, today, 'monday');
  expect(stepFor({ from: '2026-09-01', to: '2026-11-20' })).toBe('week');
  expect(buckets.filter((bucket) => bucket.now).map((bucket) => bucket.from)).toEqual(['2026-11-16']);
});

it('starts weeks as the user says', () => {
  const starts = (weekStart: 'monday' | 'sunday') =>
    bucketsOf({ from: '2026-08-01', to: '2026-11-20' }, today, weekStart)[1]?.from;
  expect([starts('monday'), starts('sunday')]).toEqual(['2026-08-03', '2026-08-02']);
});
