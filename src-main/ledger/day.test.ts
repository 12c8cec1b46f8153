import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createZone, dayNumber, dayStart, dayText, monthOf, utcDay, weekday } from './day.ts';

const at = (text: string): number => Date.parse(text);

// Each line is an evening or a night that UTC bucketing would put on the wrong date.
test.each([
  ['America/New_York', '2026-11-18T03:30:00Z', '2026-11-17', 22],
  ['Asia/Kolkata', '2026-11-17T18:45:00Z', '2026-11-18', 0],
  ['Asia/Kathmandu', '2026-11-17T18:20:00Z', '2026-11-18', 0],
  ['Australia/Lord_Howe', '2026-11-17T13:00:00Z', '2026-11-18', 0],
  ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29', 1],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29', 3],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25', 2],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25', 2],
  ['Pacific/Kiritimati', '2026-11-17T10:00:00Z', '2026-11-18', 0],
  ['UTC', '2026-11-17T23:59:59.999Z', '2026-11-17', 23],
])('%s at %s is %s, hour %i', (name, moment, day, hour) => {
  const local = createZone(name).at(at(moment));
  expect({ day: dayText(local.day), hour: local.hour }).toEqual({ day, hour });
});

test('a zone agrees with Intl at any moment: the cached offset never outlives its change', () => {
  const names = [
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/Sao_Paulo',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: at('2015-01-01'), max: at('2030-01-01') }),
      (name, ms) => {
        const parts = new Intl.DateTimeFormat('en-CA', {
          timeZone: name,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
        }).format(ms);
        expect(dayText(createZone(name).at(ms).day)).toBe(parts);
      },
    ),
    { numRuns: 300 },
  );
});

test('an unknown zone is refused with what to write instead', () => {
  expect(() => createZone('Mars/Olympus')).toThrow(/Europe\/Berlin/);
});

test.each(['2026-02-30', '2026-13-01', '20261101', '2026-1-1', ''])('"%s" is no date', (text) => {
  expect(() => dayNumber(text)).toThrow(/is not a date/);
});

test('day numbers and texts are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 40_000 }), (day) => {
      expect(dayNumber(dayText(day))).toBe(day);
    }),
  );
});

test('weekdays start on Monday and months end on their last day', () => {
  expect(weekday(dayNumber('2026-11-16'))).toBe(0);
  expect(weekday(dayNumber('2026-11-22'))).toBe(6);
  const february = monthOf(dayNumber('2028-02-10'));
  expect([dayText(february.first), dayText(february.last)]).toEqual(['2028-02-01', '2028-02-29']);
  expect(utcDay(-1)).toBe(-1);
});

test('a day starts at the first moment that lies on it, whatever the zone does to its clocks', () => {
  const names = [
    'UTC',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'America/St_Johns',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.integer({ min: 16_500, max: 22_000 }), (name, day) => {
      const zone = createZone(name);
      const start = dayStart(zone, day);
      expect(zone.at(start).day).toBe(day);
      expect(zone.at(start - 1).day).toBe(day - 1);
    }),
    { numRuns: 400 },
  );
});
