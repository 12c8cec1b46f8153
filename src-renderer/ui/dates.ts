/** Calendar dates are `YYYY-MM-DD` strings and never pass through the machine's own zone. */

const dayMs = 86_400_000;
const locale = 'en-GB';

export function addDays(day: string, days: number): string {
  return toDay(toMs(day) + days * dayMs);
}

/** Days from one date to a later one; 0 for the same date. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toMs(to) - toMs(from)) / dayMs);
}

/** Every date of the inclusive range, in order. */
export function eachDay(from: string, to: string): readonly string[] {
  const length = Math.max(0, daysBetween(from, to) + 1);
  return Array.from({ length }, (_, index) => addDays(from, index));
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function monthEnd(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return toDay(Date.UTC(year, month, 0));
}

/** 0 (Monday) to 6 (Sunday). */
export function weekdayOf(day: string): number {
  return (new Date(toMs(day)).getUTCDay() + 6) % 7;
}

export function isWeekend(day: string): boolean {
  return weekdayOf(day) > 4;
}

export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `18 Nov`, with the year where it is not this year's. */
export function formatDay(day: string, today: string): string {
  return format(day, { day: 'numeric', month: 'short', ...yearIfOther(day, today) });
}

/** `Wed 18 Nov` */
export function formatWeekday(day: string, today: string): string {
  return `${weekdayNames[weekdayOf(day)] ?? ''} ${formatDay(day, today)}`;
}

/** `1–20 Nov`, `21 Oct – 3 Nov`, `20 Nov`; years only where needed. */
export function formatRange(from: string, to: string, today: string): string {
  if (from === to) return formatDay(from, today);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${formatDay(to, today)}`;
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatDay(from, from) : formatDay(from, '');
  return `${start} – ${from.slice(0, 4) === to.slice(0, 4) ? formatDay(to, today) : formatDay(to, '')}`;
}

/** `09:41` in the ledger's zone. */
export function formatTime(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(atMs);
}

/** `09:41:07` in the ledger's zone. */
export function formatSeconds(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: zone }).format(atMs);
}

/** `18 Nov, 09:41:07` in the ledger's zone. */
export function formatMoment(atMs: number, zone: string, today: string): string {
  return `${formatDay(dayOf(atMs, zone), today)}, ${formatSeconds(atMs, zone)}`;
}

/** `as of 09:41` today, `as of 1 Nov` before. */
export function formatAsOf(atMs: number, zone: string, today: string): string {
  const day = dayOf(atMs, zone);
  return `as of ${day === today ? formatTime(atMs, zone) : formatDay(day, today)}`;
}

/** The calendar date of a moment in a zone. */
export function dayOf(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).format(atMs);
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    .format(toMs(day))
    .replace('Sept', 'Sep');
}

function yearIfOther(day: string, today: string): Intl.DateTimeFormatOptions {
  return day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' };
}

function toMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
