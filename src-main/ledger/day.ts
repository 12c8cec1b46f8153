import { AppError } from '../platform/error.ts';

/** A calendar day as a count of days since 1970-01-01: no zone, no clock. */
export type DayNumber = number;

export const dayMs = 86_400_000;

export function utcDay(at: number): DayNumber {
  return Math.floor(at / dayMs);
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Day number of a valid `YYYY-MM-DD`. */
export function dayNumber(text: string): DayNumber {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms) || dayText(utcDay(ms)) !== text)
    throw new AppError('BAD_INPUT', `"${text}" is not a date. Write it as YYYY-MM-DD.`);
  return utcDay(ms);
}

/** 0 Monday - 6 Sunday. */
export function weekday(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Days of the month a day lies in: first, last, inclusive. */
export function monthOf(day: DayNumber): { first: DayNumber; last: DayNumber } {
  const date = new Date(day * dayMs);
  const first = utcDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
  const last = utcDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)) - 1;
  return { first, last };
}

export interface Zone {
  readonly name: string;
  /** Local calendar day and hour (0-23) of a moment. */
  at(ms: number): { day: DayNumber; hour: number };
}

/** Zone offsets change only on quarter hours (UTC) in every zone since 2015, so one lookup serves 15 minutes. */
const slotMs = 900_000;

function formatter(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch (cause) {
    throw new AppError(
      'BAD_INPUT',
      `"${name}" is not a time zone this machine knows. Use a name such as Europe/Berlin or UTC.`,
      { cause },
    );
  }
}

/** A zone by its IANA name; throws BAD_INPUT for an unknown one. */
export function createZone(name: string): Zone {
  if (name === 'UTC')
    return { name, at: (ms) => ({ day: utcDay(ms), hour: Math.floor((ms % dayMs) / 3_600_000) }) };
  const format = formatter(name);
  const offsets = new Map<number, number>();
  const offsetAt = (slot: number): number => {
    const part = Object.fromEntries(format.formatToParts(slot * slotMs).map((p) => [p.type, p.value]));
    const local = Date.UTC(
      Number(part.year),
      Number(part.month) - 1,
      Number(part.day),
      Number(part.hour),
      Number(part.minute),
    );
    return local - slot * slotMs;
  };
  return {
    name,
    at(ms) {
      const slot = Math.floor(ms / slotMs);
      let offset = offsets.get(slot);
      if (offset === undefined) {
        offset = offsetAt(slot);
        if (offsets.size > 200_000) offsets.clear();
        offsets.set(slot, offset);
      }
      const local = ms + offset;
      return { day: utcDay(local), hour: Math.floor((((local % dayMs) + dayMs) % dayMs) / 3_600_000) };
    },
  };
}

/** First moment (UTC ms) of a local day. Where a change of clocks skips midnight, the first moment after it. */
export function dayStart(zone: Zone, day: DayNumber): number {
  // The day begins within 15 hours of its UTC midnight in every zone, on a quarter hour.
  let [before, after] = [day * dayMs - 15 * 3_600_000, day * dayMs + 15 * 3_600_000];
  while (after - before > slotMs) {
    const middle = before + Math.floor((after - before) / 2 / slotMs) * slotMs;
    if (zone.at(middle).day < day) before = middle;
    else after = middle;
  }
  return after;
}

export function isZone(name: string): boolean {
  try {
    createZone(name);
    return true;
  } catch {
    return false;
  }
}
