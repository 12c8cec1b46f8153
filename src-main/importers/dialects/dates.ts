import { commonClock } from './clock.ts';
import { quoted } from './numbers.ts';
import { openZone } from './zone.ts';

export type DateFormat = 'iso' | 'dmy' | 'mdy' | 'epoch-s' | 'epoch-ms';

/** `at` is UTC ms; a `day` or `month` stands at 00:00 UTC of its date in every zone, because it is no moment. */
export type DateCell =
  | { readonly kind: 'date'; readonly at: number; readonly precision: 'month' | 'day' | 'time' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export type DateReader = (text: string) => DateCell;

const earliest = Date.UTC(2015, 0, 1);
const twoDaysMs = 2 * 86_400_000;

/**
 * Reads dates of one declared format; times without an offset are in `zone` (IANA name or `UTC`). Refuses dates
 * that do not exist or lie before 2015 or over two days ahead of `now`, and local times a clock change skipped.
 * Throws RangeError for an unknown zone.
 */
export function openDates(format: DateFormat, zone: string, now: number): DateReader {
  const toUtc = openZone(zone);
  const read = format === 'epoch-s' || format === 'epoch-ms' ? epoch(format) : calendar(format, toUtc);
  let lastText: string | undefined;
  let last: DateCell | undefined;
  return (text) => {
    if (last && text === lastText) return last;
    lastText = text;
    last = inRange(read(text.trim()), text, now);
    return last;
  };
}

function inRange(cell: DateCell, text: string, now: number): DateCell {
  if (cell.kind !== 'date') return cell;
  if (cell.at < earliest) return unreadable(`${quoted(text)} lies before 2015`);
  return cell.at > now + twoDaysMs ? unreadable(`${quoted(text)} lies in the future`) : cell;
}

function epoch(format: 'epoch-s' | 'epoch-ms'): DateReader {
  const [digits, unitMs, name] = format === 'epoch-s' ? [10, 1000, 'seconds'] : [13, 1, 'milliseconds'];
  const pattern = new RegExp(`^(\\d{${digits}})(?:\\.(\\d{1,9}))?$`);
  return (text) => {
    const parts = pattern.exec(text);
    if (!parts) return unreadable(`${quoted(text)} is not a time in ${name} since 1970`);
    const fractionMs = unitMs === 1000 ? millis(parts[2]) : 0;
    return { kind: 'date', at: Number(parts[1]) * unitMs + fractionMs, precision: 'time' };
  };
}

const clock = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?`;
const isoPattern = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${clock}$`);
const ownOrderPattern = new RegExp(`^(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})\\.?,?${clock}$`);

function calendar(format: 'iso' | 'dmy' | 'mdy', toUtc: (wallMs: number) => number | null): DateReader {
  const quick = openQuickIso(toUtc);
  return (text) => {
    if (format === 'iso') {
      const at = quick.read(text);
      if (at !== null) return { kind: 'date', at, precision: 'time' };
    }
    const month = format === 'iso' ? /^(\d{4})-(\d{2})$/.exec(text) : null;
    const found = month ? { date: [month[1], month[2], '01'], time: [] } : datePart(format, text);
    if (!found) return unreadable(notThisFormat(format, text));
    const [year = 0, monthOf = 0, day = 0] = found.date.map(Number);
    const midnight = Date.UTC(year, monthOf - 1, day);
    const real = new Date(midnight);
    if (real.getUTCMonth() !== monthOf - 1 || real.getUTCDate() !== day || real.getUTCFullYear() !== year)
      return unreadable(`${quoted(text)} is a date that does not exist`);
    if (format === 'iso') quick.sawDay(text.slice(0, 10), midnight);
    if (month) return { kind: 'date', at: midnight, precision: 'month' };
    if (found.time[0] === undefined) return { kind: 'date', at: midnight, precision: 'day' };
    return momentOf(midnight, found.time, { text, toUtc });
  };
}

/** Reads common stamps of a day that was read before. */
function openQuickIso(toUtc: (wallMs: number) => number | null) {
  let day = '';
  let midnight = 0;
  return {
    sawDay(text: string, at: number): void {
      day = text;
      midnight = at;
    },
    read(text: string): number | null {
      if (day.length !== 10 || !text.startsWith(day)) return null;
      const clock = commonClock(text);
      if (clock === null) return null;
      return clock.isUtc ? midnight + clock.ms : toUtc(midnight + clock.ms);
    },
  };
}

type Groups = readonly (string | undefined)[];

function datePart(format: 'iso' | 'dmy' | 'mdy', text: string): { date: Groups; time: Groups } | null {
  if (format === 'iso') {
    const iso = isoPattern.exec(text);
    return iso && { date: iso.slice(1, 4), time: iso.slice(4) };
  }
  const own = ownOrderPattern.exec(text);
  if (!own) return null;
  const year = own[4]?.length === 2 ? `20${own[4]}` : own[4];
  const [day, month] = format === 'dmy' ? [own[1], own[3]] : [own[3], own[1]];
  return { date: [year, month, day], time: own.slice(5) };
}

function momentOf(
  midnight: number,
  [hourText, minuteText, secondText = '0', fraction, half, offset]: Groups,
  { text, toUtc }: { text: string; toUtc: (wallMs: number) => number | null },
): DateCell {
  const hour = hourOf(Number(hourText), half?.toLowerCase());
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (hour === null || minute > 59 || second > 59)
    return unreadable(`${quoted(text)} is a time that does not exist`);
  const wall = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millis(fraction);
  const at = offset === undefined ? toUtc(wall) : withOffset(wall, offset);
  if (at === null)
    return unreadable(`${quoted(text)} is a time that no clock showed (summer time, or a bad offset)`);
  return { kind: 'date', at, precision: 'time' };
}

/** Milliseconds of the digits behind a decimal point. */
function millis(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function withOffset(wall: number, offset: string): number | null {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset);
  if (!parts) return wall;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  if (minutes > 14 * 60 || Number(parts[3] ?? 0) > 59) return null;
  return wall - (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

function notThisFormat(format: 'iso' | 'dmy' | 'mdy', text: string): string {
  if (format === 'iso' && ownOrderPattern.test(text))
    return `${quoted(text)} leaves open which number is the day and which the month`;
  const expected = { iso: 'YYYY-MM-DD', dmy: 'day-month-year', mdy: 'month-day-year' }[format];
  return `${quoted(text)} is not a date written as ${expected}`;
}

function unreadable(reason: string): DateCell {
  return { kind: 'unreadable', reason };
}
