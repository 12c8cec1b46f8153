import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slotsOf, stripWords } from './strip.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 20, 9, 30);
const at = (hoursAgo: number) => Math.floor(now / hour) * hour - hoursAgo * hour;

it('puts this hour last and leaves the hours without requests in', () => {
  const slots = slotsOf([{ at: at(0), requests: 4, failed: 1 }], now, 1);
  expect(slots).toHaveLength(24);
  expect(slots.at(-1)).toMatchObject({ requests: 4, failed: 1 });
  expect(slots.slice(0, -1).every((slot) => slot.requests === 0)).toBe(true);
  expect(stripWords(slots)).toBe('Requests in 1 of 24 hours, errors in 1.');
});

it('loses no request of the days shown, however wide the slots are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.array(fc.record({ ago: fc.nat(2000), requests: fc.nat(50) }), { maxLength: 40 }),
      (days, drawn) => {
        const hours = drawn.map(({ ago, requests }) => ({ at: at(ago), requests, failed: 0 }));
        const slots = slotsOf(hours, now, days);
        const inside = hours.filter((one) => one.at >= (slots[0]?.from ?? 0));
        const sum = (list: readonly { requests: number }[]) =>
          list.reduce((total, one) => total + one.requests, 0);
        expect(sum(slots)).toBe(sum(inside));
        expect(slots.length).toBeLessThanOrEqual(168);
        expect((slots[0]?.from ?? now) <= now - (days * 24 - 1) * hour).toBe(true);
      },
    ),
  );
});
