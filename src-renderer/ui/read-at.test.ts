import { describe, expect, it } from 'vitest';
import { dueAt, readAt } from './read-at.ts';

const zone = 'Europe/Berlin';
const now = Date.UTC(2026, 10, 20, 9, 30);
const hour = 3_600_000;

describe('readAt', () => {
  it('says the time today and the date before, in the ledger’s zone', () => {
    expect(readAt(now, zone, '2026-11-20')).toBe('10:30');
    // 23:30 UTC the day before is already today in Berlin
    expect(readAt(Date.UTC(2026, 10, 19, 23, 30), zone, '2026-11-20')).toBe('00:30');
    expect(readAt(Date.UTC(2026, 10, 19, 12), zone, '2026-11-20')).toBe('19 Nov');
  });
});

describe('dueAt', () => {
  it('never names a moment that has passed as one to come', () => {
    expect(dueAt(now - hour, now, zone)).toBe('now');
    expect(dueAt(now, now, zone)).toBe('now');
  });

  it('names the day where it is not today', () => {
    expect(dueAt(now + hour, now, zone)).toBe('11:30');
    expect(dueAt(now + 15 * hour, now, zone)).toBe('tomorrow 01:30');
    expect(dueAt(now + 80 * hour, now, zone)).toBe('23 Nov, 18:30');
  });
});
