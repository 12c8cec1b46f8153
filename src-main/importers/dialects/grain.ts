import type { Grain } from '../../platform/record.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The grain of a span from its length; null for spans no bucket has (a week, nothing, backwards). */
export function grainOfSpan(fromMs: number, toMs: number): Grain | null {
  const length = toMs - fromMs;
  if (length === minuteMs) return 'minute';
  if (length === hourMs) return 'hour';
  if (length === dayMs) return 'day';
  return length >= 28 * dayMs && length <= 31 * dayMs ? 'month' : null;
}

/**
 * The grain of a charge's period on a cloud's bill, whatever its length: months begin on a first day, and longer or
 * odd periods stand on the day they begin. Ends are exclusive; an end at the last second of a
 * minute is read as the next one.
 */
export function grainOfPeriod(fromMs: number, toMs: number): Grain {
  const end = toMs % minuteMs === minuteMs - 1000 ? toMs + 1000 : toMs;
  const grain = grainOfSpan(fromMs, end);
  if (grain === 'month' && new Date(fromMs).getUTCDate() !== 1) return 'day';
  if (grain !== null) return grain;
  return end - fromMs < dayMs ? 'hour' : 'day';
}
