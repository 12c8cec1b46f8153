import { expect, test } from 'vitest';
import { dayNumber, dayText } from './day.ts';
import { feeDays, type PlanFee } from './fees.ts';

const fee = (given: Partial<PlanFee>): PlanFee => ({
  nanoUsd: 100e9,
  cycle: 'month',
  start: '2026-01-31',
  end: null,
  ...given,
});
const days = (plan: PlanFee, from: string, to: string): string[] =>
  feeDays(plan, dayNumber(from), dayNumber(to)).map(dayText);

test('a plan that began on the 31st is charged on each month’s last day and comes back to the 31st', () => {
  expect(days(fee({}), '2026-01-01', '2026-04-30')).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ]);
});

test('nothing before the start, nothing after the end, both ends inclusive', () => {
  expect(days(fee({ start: '2026-03-10', end: '2026-05-10' }), '2026-01-01', '2026-12-31')).toEqual([
    '2026-03-10',
    '2026-04-10',
    '2026-05-10',
  ]);
  expect(days(fee({ start: '2026-03-10' }), '2026-03-11', '2026-04-09')).toEqual([]);
});

test('a yearly plan of 29 February is charged on the 28th in other years', () => {
  expect(days(fee({ cycle: 'year', start: '2024-02-29' }), '2024-01-01', '2028-12-31')).toEqual([
    '2024-02-29',
    '2025-02-28',
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
  ]);
});
