import { expect, it } from 'vitest';
import { formatWhen } from './when.ts';

const at = Date.UTC(2026, 10, 18, 23, 41, 7);

it('is as fine as the witness and no finer', () => {
  expect(formatWhen(at, 'instant', 'UTC', '2026-11-20')).toBe('18 Nov, 23:41:07');
  expect(formatWhen(at, 'hour', 'UTC', '2026-11-20')).toBe('18 Nov, 23:41');
  expect(formatWhen(at, 'month', 'UTC', '2026-11-20')).toBe('Nov 2026');
});

it("keeps a vendor's day on its UTC date, also where that day has already ended", () => {
  expect(formatWhen(Date.UTC(2026, 10, 18), 'day', 'America/New_York', '2026-11-20')).toBe('18 Nov');
  expect(formatWhen(at, 'instant', 'Asia/Tokyo', '2026-11-20')).toBe('19 Nov, 08:41:07');
});
