import type { z } from 'zod';
import type { grain as grains } from '../../src-preload/contract/values.ts';
import { formatDay, formatMoment } from './dates.ts';

type Grain = z.infer<typeof grains>;

/** When a record happened, no finer than its witness knows: `18 Nov, 09:41:07`, `18 Nov, 09:00`, `18 Nov`, `Nov 2026`. */
export function formatWhen(atMs: number, grain: Grain, zone: string, today: string): string {
  switch (grain) {
    case 'instant':
      return formatMoment(atMs, zone, today);
    case 'minute':
    case 'hour':
      return formatMoment(atMs, zone, today).slice(0, -3);
    case 'day':
      return formatDay(utcDay(atMs), today);
    case 'month':
      return monthName.format(atMs);
  }
}

/** What the time of a record means, for hover. */
export function whenTitle(grain: Grain, zone: string): string {
  switch (grain) {
    case 'instant':
      return `Time of the call, ${zone}`;
    case 'minute':
    case 'hour':
      return `One ${grain} of calls, ${zone}`;
    case 'day':
      return 'A day of calls as the vendor counts it: UTC';
    case 'month':
      return 'A month as the vendor counts it: UTC';
  }
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Vendor buckets stay on their UTC date in every zone. */
function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
