import { expect, it } from 'vitest';
import { grainOfPeriod } from './grain.ts';

const at = (text: string) => Date.parse(`${text}Z`);

it.each([
  ['2026-07-01T00:00', '2026-07-01T01:00', 'hour'],
  ['2026-07-01T00:00', '2026-07-02T00:00', 'day'],
  ['2026-07-01T00:00', '2026-08-01T00:00', 'month'],
  ['2026-07-01T00:00:00', '2026-07-31T23:59:59', 'month'],
  ['2026-07-15T00:00', '2026-08-15T00:00', 'day'],
  ['2026-07-01T00:00', '2026-07-01T05:00', 'hour'],
  ['2026-01-01T00:00', '2027-01-01T00:00', 'day'],
  ['2026-07-02T00:00', '2026-07-01T00:00', 'hour'],
])('from %s to %s is a charge by the %s', (from, to, grain) => {
  expect(grainOfPeriod(at(from), at(to))).toBe(grain);
});
