import { describe, expect, it } from 'vitest';
import { type DateFormat, openDates } from './dates.ts';

const now = Date.UTC(2026, 9, 1);
const read = (text: string, format: DateFormat = 'iso', zone = 'UTC') => openDates(format, zone, now)(text);
const at = (iso: string, precision = 'time') => ({ kind: 'date', at: Date.parse(iso), precision });

describe('openDates', () => {
  it.each([
    ['2026-07-01', '2026-07-01T00:00:00Z', 'day'],
    ['2026-07', '2026-07-01T00:00:00Z', 'month'],
    ['2026-07-01 03:00', '2026-07-01T03:00:00Z', 'time'],
    ['2026-07-01T00:00Z', '2026-07-01T00:00:00Z', 'time'],
    ['2026-07-01T00:00:00.000Z', '2026-07-01T00:00:00Z', 'time'],
    ['2026-08-01 16:06:40.512', '2026-08-01T16:06:40.512Z', 'time'],
    ['2026-07-01T00:00:00+00:00', '2026-07-01T00:00:00Z', 'time'],
    ['2026-01-01T00:00:00+14:00', '2025-12-31T10:00:00Z', 'time'],
    ['2026-01-01T00:00:00-0330', '2026-01-01T03:30:00Z', 'time'],
    ['2026-01-01 00:00:00 UTC', '2026-01-01T00:00:00Z', 'time'],
    ['2026-07-01T12:00:00.123456789Z', '2026-07-01T12:00:00.123Z', 'time'],
  ])('reads %s', (text, iso, precision) => {
    expect(read(text)).toEqual(at(iso, precision));
  });

  it.each<[string, DateFormat, string]>([
    ['02/03/2026', 'dmy', '2026-03-02'],
    ['02/03/2026', 'mdy', '2026-02-03'],
    ['1.7.26', 'dmy', '2026-07-01'],
    ['01-07-2026', 'dmy', '2026-07-01'],
  ])('reads %s as %s', (text, format, day) => {
    expect(read(text, format)).toEqual(at(`${day}T00:00:00Z`, 'day'));
  });

  it('reads a time with am and pm', () => {
    expect(read('7/1/2026, 12:05 AM', 'mdy')).toEqual(at('2026-07-01T00:05:00Z'));
    expect(read('7/1/2026 1:05:06 pm', 'mdy')).toEqual(at('2026-07-01T13:05:06Z'));
    expect(read('7/1/2026 13:05 pm', 'mdy').kind).toBe('unreadable');
  });

  it('reads epochs of the declared unit only', () => {
    expect(read('1782864000', 'epoch-s')).toEqual(at('2026-07-01T00:00:00Z'));
    expect(read('1782864000.5', 'epoch-s')).toEqual(at('2026-07-01T00:00:00.500Z'));
    expect(read('1782864000123', 'epoch-ms')).toEqual(at('2026-07-01T00:00:00.123Z'));
    expect(read('1782864000123', 'epoch-s').kind).toBe('unreadable');
    expect(read('1782864000123456', 'epoch-ms').kind).toBe('unreadable');
  });

  it.each([
    ['02/03/2026', /which number is the day/],
    ['2026-02-30', /does not exist/],
    ['2026-13-01', /does not exist/],
    ['2026-00-10', /does not exist/],
    ['2026-07-01T24:00:00Z', /does not exist/],
    ['2026-06-30T23:59:60Z', /does not exist/],
    ['2014-12-31', /before 2015/],
    ['1601-01-01', /before 2015/],
    ['2026-10-04', /future/],
    ['46204', /not a date/],
    ['12026-01-01', /not a date/],
    ['1. Juli 2026', /not a date/],
    ['2026-07-01T00:00:00+19:00', /bad offset/],
    ['', /not a date/],
  ])('refuses %j', (text, reason) => {
    expect(read(text)).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) });
  });

  it('reads local times of a zone, on both sides of its clock change', () => {
    expect(read('2026-01-15 12:00', 'iso', 'Europe/Berlin')).toEqual(at('2026-01-15T11:00:00Z'));
    expect(read('2026-07-15 12:00', 'iso', 'Europe/Berlin')).toEqual(at('2026-07-15T10:00:00Z'));
    expect(read('2026-07-15 12:00', 'iso', 'Asia/Kolkata')).toEqual(at('2026-07-15T06:30:00Z'));
  });

  it('refuses an hour the clocks skipped and takes the first of a doubled one', () => {
    expect(read('2026-03-29 02:30', 'iso', 'Europe/Berlin').kind).toBe('unreadable');
    expect(read('2025-10-26 02:30', 'iso', 'Europe/Berlin')).toEqual(at('2025-10-26T00:30:00Z'));
  });

  it('reads a second stamp of a day as it reads a first one, in every form', () => {
    const stamps = [
      'T00:00:00Z',
      ' 23:59:59',
      'T07:08:09.010+00:00',
      'T24:00:00',
      'T12:60:00',
      'T12:00:60',
      'T1a:00:00',
      'T12:00:00.12',
      'T12:00:00.x23',
      'T12:00:00Zx',
      'T12:00',
      '',
    ];
    for (const zone of ['UTC', 'Europe/Berlin']) {
      const warm = openDates('iso', zone, now);
      warm('2026-03-29');
      for (const stamp of ['T02:30:00', ...stamps]) {
        const text = `2026-03-29${stamp}`;
        expect(warm(text), `${text} ${zone}`).toEqual(read(text, 'iso', zone));
      }
    }
  });

  it('leaves a date without a time on its date in every zone', () => {
    expect(read('2026-07-01', 'iso', 'America/Los_Angeles')).toEqual(at('2026-07-01T00:00:00Z', 'day'));
  });

  it('throws on a zone nobody knows', () => {
    expect(() => openDates('iso', 'Mars/Olympus', now)).toThrow(RangeError);
  });
});
