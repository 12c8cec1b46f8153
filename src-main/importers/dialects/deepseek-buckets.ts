import type { Grain } from '../../platform/record.ts';
import type { Columns } from './columns.ts';
import { type DateReader, openDates } from './dates.ts';
import { grainOfSpan } from './grain.ts';

/** The span of one row of a DeepSeek export. A `day` stands on its date, whatever zone that day was cut in. */
export interface DeepseekBucket {
  readonly at: number;
  readonly grain: Grain;
  /** Zone its days are cut in: `UTC` or an offset like `+08:00`. */
  readonly zone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const offsetPattern = /([+-])(\d{2}):?(\d{2})$/;

/**
 * Reads the spans of DeepSeek's exports: a `utc_date` (until August 2026, `YYYY-MM-DD` or `YYYYMMDD`), or two times
 * with the offset of the account's zone, between which lies a local day. Null, with the reason noted, for other spans.
 */
export function openDeepseekBuckets(columns: Columns, now: number): () => DeepseekBucket | null {
  const date = columns.at('utc_date');
  const [start, end] = [columns.at('start_time_iso'), columns.at('end_time_iso')];
  const dates = openDates('iso', 'UTC', now);
  const ends = openDates('iso', 'UTC', now + 40 * dayMs);
  const compact: DateReader = (text) => dates(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));

  function ofTimes(): DeepseekBucket | null {
    const [from, to] = [columns.date(start, dates).at, columns.date(end, ends).at];
    const bucket = spanOf(from, to, columns.text(start), columns.text(end));
    if (bucket === null) columns.refuse('the bucket is no minute, hour, day or month');
    return bucket;
  }

  return () => {
    if (start !== -1) return ofTimes();
    const { at, precision } = columns.date(date, compact);
    if (precision !== 'day') columns.refuse('utc_date states no day');
    return { at, grain: 'day', zone: 'UTC' };
  };
}

function spanOf(from: number, to: number, start: string, end: string): DeepseekBucket | null {
  const zone = offsetPattern.exec(start)?.[0].replace(/(\d{2})(\d{2})$/, '$1:$2') ?? 'UTC';
  const [wallFrom, wallTo] = [from + offsetMs(start), to + offsetMs(end)];
  // On the clock a local day has 24 hours, also where summer time begins or ends in it.
  const grain = grainOfSpan(wallFrom, wallTo);
  if (grain === null) return null;
  if (grain !== 'day' && grain !== 'month') return { at: from, grain, zone };
  return wallFrom % dayMs === 0 ? { at: wallFrom, grain, zone: isUtc(zone) ? 'UTC' : zone } : null;
}

function isUtc(zone: string): boolean {
  return !/[1-9]/.test(zone);
}

function offsetMs(text: string): number {
  const [, sign, hours, minutes] = offsetPattern.exec(text) ?? [];
  const size = Number(hours ?? 0) * hourMs + Number(minutes ?? 0) * 60_000;
  return sign === '-' ? -size : size;
}
