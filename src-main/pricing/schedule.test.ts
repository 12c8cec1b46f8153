import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, type Dated, onEveryDay, priceAt, priceOver } from './schedule.ts';

const price = () => ({ rates: {}, tiers: [] });
const hour = 3_600_000;
const monday = Date.UTC(2026, 10, 16);

const base: Dated = { ...always, price: price() };
const night: Dated = {
  ...always,
  price: price(),
  times: { weekdays: onEveryDay, windows: [{ start: 22 * 3600, end: 2 * 3600 }] },
};
const later: Dated = { ...always, from: monday + 12 * hour, price: price() };

describe('a price list with dates and hours', () => {
  it('gives the last row that holds at a moment', () => {
    expect(priceAt([base, later], monday)).toBe(base);
    expect(priceAt([base, later], monday + 12 * hour)).toBe(later);
    expect(priceAt([later], monday)).toBeUndefined();
  });

  it('knows windows that run past midnight', () => {
    const at = (hours: number) => priceAt([base, night], monday + hours * hour);
    expect([at(21.99), at(22), at(25.99), at(26)]).toEqual([base, night, night, base]);
  });

  it('prices a span only where one price holds all through', () => {
    expect(priceOver([base, night], monday + 3 * hour, 'hour')).toBe(base);
    expect(priceOver([base, night], monday + 22 * hour, 'hour')).toBe(night);
    expect(priceOver([base, night], monday + 21.5 * hour, 'hour')).toBe('changes');
    expect(priceOver([base, night], monday, 'day')).toBe('changes');
    expect(priceOver([base, later], monday, 'day')).toBe('changes');
    expect(priceOver([base, later], Date.UTC(2026, 10, 1), 'month')).toBe('changes');
    expect(priceOver([base, later], Date.UTC(2026, 11, 1), 'month')).toBe(later);
    expect(priceOver([base, night], monday, 'instant')).toBe(night);
  });

  it('never calls a span uniform that holds two prices, minute by minute', () => {
    const window = fc.record({
      start: fc.integer({ min: 0, max: 1439 }),
      end: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fc.integer({ min: 0, max: 167 }),
        fc.constantFrom('hour' as const, 'day' as const),
        (minutes, weekdays, offset, grain) => {
          const windows = minutes.map(({ start, end }) => ({ start: start * 60, end: end * 60 }));
          const schedule = [base, { ...always, price: price(), times: { weekdays, windows } }];
          const from = monday + offset * hour;
          const steps = grain === 'hour' ? 60 : 1440;
          const seen = new Set(
            Array.from({ length: steps }, (_, minute) => priceAt(schedule, from + minute * 60_000)),
          );
          expect(priceOver(schedule, from, grain)).toBe(seen.size === 1 ? [...seen][0] : 'changes');
        },
      ),
      { numRuns: 200 },
    );
  });
});
