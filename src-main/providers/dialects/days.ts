import type { CostRequest } from '../../platform/provider.ts';

export const dayMs = 86_400_000;

/** The UTC date of a moment: `2026-11-18`. */
export function dateText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** RFC 3339 without a fraction: `2026-11-18T00:00:00Z`. */
export function rfc3339(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The start of the UTC day a moment lies in. */
export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** The starts of the days of a half-open window. */
export function daysOf({ from, to }: Pick<CostRequest, 'from' | 'to'>): number[] {
  const days: number[] = [];
  for (let day = startOfDay(from); day < to; day += dayMs) days.push(day);
  return days;
}

/** Whether a moment lies in a half-open window. */
export function isWithin(at: number, { from, to }: Pick<CostRequest, 'from' | 'to'>): boolean {
  return at >= from && at < to;
}

/**
 * A vendor's date or time as UTC ms: a date, RFC 3339 (without a zone it is UTC), UNIX seconds or ms, as number or text.
 * Null for anything else.
 */
export function momentOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') {
    if (!Number.isFinite(number) || number < 1e8) return null;
    return Math.round(number > 1e11 ? number : number * 1000);
  }
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const text = value.trim().replace(' ', 'T');
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10;
  const at = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}

/** The key of a bucket: its dimensions, never amounts, so that a later reading replaces it. */
export function bucketKey(dimensions: readonly (string | number | boolean | null | undefined)[]): string {
  return dimensions.map((dimension) => String(dimension ?? '')).join('\u001f');
}
