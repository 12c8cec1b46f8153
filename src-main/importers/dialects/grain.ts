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
