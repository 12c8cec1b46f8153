import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  eachDay,
  formatAsOf,
  formatRange,
  isWeekend,
  monthEnd,
} from './dates.ts';

const today = '2026-11-20';

describe('calendar arithmetic', () => {
  it('crosses months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(monthEnd('2027-02-14')).toBe('2027-02-28');
    expect(monthEnd('2026-12-01')).toBe('2026-12-31');
  });

  it('counts inclusive ranges; an upside-down one is empty', () => {
    expect(eachDay('2026-10-30', '2026-11-02')).toEqual([
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
      '2026-11-02',
    ]);
    expect(eachDay('2026-11-02', '2026-11-01')).toEqual([]);
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  it('knows weekends', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(isWeekend)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('date text', () => {
  it('says a range in as few words as it can', () => {
    expect(formatRange('2026-11-01', '2026-11-20', today)).toBe('1–20 Nov');
    expect(formatRange('2026-10-21', '2026-11-03', today)).toBe('21 Oct – 3 Nov');
    expect(formatRange('2026-11-20', '2026-11-20', today)).toBe('20 Nov');
    expect(formatRange('2025-11-01', '2025-11-20', today)).toBe('1–20 Nov 2025');
    expect(formatRange('2025-12-28', '2026-01-03', today)).toBe('28 Dec 2025 – 3 Jan 2026');
    expect(formatRange('2026-09-01', '2026-09-30', today)).toBe('1–30 Sep');
  });

  it('takes the date of a moment in the ledger zone, not the machine zone', () => {
    const lateInUtc = Date.UTC(2026, 10, 19, 23, 30);
    expect(dayOf(lateInUtc, 'UTC')).toBe('2026-11-19');
    expect(dayOf(lateInUtc, 'Asia/Kolkata')).toBe('2026-11-20');
    expect(formatAsOf(lateInUtc, 'Asia/Kolkata', today)).toBe('as of 05:00');
    expect(formatAsOf(lateInUtc, 'UTC', today)).toBe('as of 19 Nov');
  });
});
