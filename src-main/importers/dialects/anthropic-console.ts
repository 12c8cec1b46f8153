import type { DateReader } from './dates.ts';
import { openDates } from './dates.ts';

/** `YYYY-MM-DD` in daily exports and `YYYY-MM-DD HH:MM` in hourly ones, both UTC. */
export function openStamps(now: number): DateReader {
  return openDates('iso', 'UTC', now);
}

/**
 * Whether a `context_window` is the one billed at the long-context rate. The console writes `≤ 200k` with U+2264,
 * which spreadsheet programs garble, so only the larger window is looked for. Undefined where the cell is blank.
 */
export function isLongContext(contextWindow: string): boolean | undefined {
  if (contextWindow === '') return undefined;
  return /^>|^200k\s*(?:-|\+|to)/i.test(contextWindow);
}

/** A data residency that changes the price; undefined where none is stated. */
export function residency(geo: string): string | undefined {
  return geo === '' || geo === 'not_available' ? undefined : geo;
}

/**
 * Dimensions that exports of before December 2025 lack. Their usual values count as absent in keys, so that a day
 * exported again with more columns replaces the first export instead of standing beside it.
 */
export function laterDimensions(contextWindow: string, geo: string, speed: string): readonly string[] {
  return [
    isLongContext(contextWindow) ? 'long' : '',
    residency(geo) === 'global' ? '' : (residency(geo) ?? ''),
    speed === 'standard' ? '' : speed,
  ];
}
