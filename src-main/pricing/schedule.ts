import type { Grain } from '../platform/record.ts';
import type { Price } from './rates.ts';

/** A price and when it holds. Of several that hold, the last one listed counts. */
export interface Dated {
  /** UTC ms, from inclusive, until exclusive. */
  readonly from: number;
  readonly until: number;
  /** Hours of the week it is limited to, in UTC; null when it holds around the clock. */
  readonly times: DailyTimes | null;
  readonly price: Price;
}

export interface DailyTimes {
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Seconds since midnight, end exclusive; a window whose end is before its start runs past midnight. */
  readonly windows: readonly { readonly start: number; readonly end: number }[];
}

export const always = {
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  times: null,
} as const;
export const onEveryDay: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

const dayMs = 86_400_000;

/** The price at one moment; undefined before the first one holds. */
export function priceAt(schedule: readonly Dated[], at: number): Dated | undefined {
  return schedule.findLast((dated) => dated.from <= at && at < dated.until && isDuring(dated.times, at));
}

/**
 * The price of everything in a span of usage: `changes` where the price changes within it, so that a sum over the span
 * cannot be priced.
 */
export function priceOver(
  schedule: readonly Dated[],
  at: number,
  grain: Grain,
): Dated | 'changes' | undefined {
  const price = priceAt(schedule, at);
  if (schedule.length <= 1 || grain === 'instant' || grain === 'minute') return price;
  const end = endOf(at, grain);
  for (const change of changes(schedule, at, end))
    if (priceAt(schedule, change)?.price !== price?.price) return 'changes';
  return price;
}

function isDuring(times: DailyTimes | null, at: number): boolean {
  if (times === null) return true;
  if (!times.weekdays.includes(new Date(at).getUTCDay())) return false;
  const second = (at - startOfDay(at)) / 1000;
  return times.windows.some(({ start, end }) =>
    end < start ? second >= start || second < end : second >= start && second < end,
  );
}

function endOf(at: number, grain: 'hour' | 'day' | 'month'): number {
  if (grain === 'hour') return at + 3_600_000;
  if (grain === 'day') return at + dayMs;
  const start = new Date(at);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1);
}

/** The moments after `from` and before `to` at which a price may begin or end. */
function* changes(schedule: readonly Dated[], from: number, to: number): Generator<number> {
  const isWithin = (at: number): boolean => from < at && at < to;
  for (const dated of schedule) {
    if (isWithin(dated.from)) yield dated.from;
    if (isWithin(dated.until)) yield dated.until;
    if (dated.times === null) continue;
    for (let day = startOfDay(from); day < to; day += dayMs)
      for (const { start, end } of dated.times.windows)
        for (const at of [day, day + start * 1000, day + end * 1000]) if (isWithin(at)) yield at;
  }
}

function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}
