import { fieldsOf, rowsOf } from './json.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const durationPart = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** `1s`, `6m0s`, `12ms`, `31.5s` in ms; null for anything else. */
function durationMs(text: string): number | null {
  const clean = text.trim();
  if (clean === '' || clean.replace(durationPart, '') !== '') return null;
  let total = 0;
  for (const [, amount, unit = ''] of clean.matchAll(durationPart))
    total += Number(amount) * (unitMs[unit] ?? 0);
  return Math.round(total);
}

/**
 * A header that says when: seconds, a duration, an HTTP or RFC 3339 date, or the moment as UNIX seconds or ms.
 * In ms from now, never negative; null for anything else.
 */
export function untilMs(text: string | null, now: number): number | null {
  if (text === null || text.trim() === '') return null;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number > 1e11) return Math.max(0, Math.round(number - now));
    if (number > 1e9) return Math.max(0, Math.round(number * 1000 - now));
    return number < 0 ? null : Math.round(number * 1000);
  }
  const duration = durationMs(text);
  if (duration !== null) return duration;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * When a refused request may be sent again, in ms from now; null where the vendor does not say. Looks at `retry-after-ms`, `retry-after`,
 * Azure's `x-ms-ratelimit-*-retry-after`, Google's RetryInfo in the body, then at the resets of limits that are used up.
 */
export function retryAfterMs(headers: Headers, body: unknown, now: number): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return Math.round(exact);
  const named = [...headers].filter(([name]) => /^x-ms-ratelimit-.*retry-after$/.test(name));
  const stated = [headers.get('retry-after'), ...named.map(([, value]) => value)];
  return longest(stated, now) ?? fromGoogle(body) ?? longest(usedUpResets(headers), now);
}

function longest(values: readonly (string | null)[], now: number): number | null {
  const times = values.flatMap((value) => untilMs(value, now) ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

function fromGoogle(body: unknown): number | null {
  // Google's gateways wrap the error in a list.
  const { error } = fieldsOf(Array.isArray(body) ? body[0] : body);
  for (const { retryDelay } of rowsOf(fieldsOf(error).details))
    if (typeof retryDelay === 'string') return durationMs(retryDelay);
  return null;
}

/** Of `x-ratelimit-reset-requests`, `-tokens` and their likes, those whose limit has nothing left; a lone reset counts as well. */
function usedUpResets(headers: Headers): string[] {
  return [...headers].flatMap(([name, value]) => {
    if (!/ratelimit.*reset/.test(name)) return [];
    const remaining = headers.get(name.replace('reset', 'remaining'));
    return remaining === null || Number(remaining) <= 0 ? [value] : [];
  });
}
