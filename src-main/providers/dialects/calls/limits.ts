import type { RateLimits } from '../../../platform/provider.ts';

type Limit = RateLimits['requests'];

const unknown: Limit = { limit: null, remaining: null, resetMs: null };
const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * What is left of the vendor's limits, from `x-ratelimit-…` (OpenAI and those that copy it) or `anthropic-ratelimit-…`
 * headers; null where a reply states none.
 */
export function limitsOf(headers: Headers, now: number): RateLimits | null {
  for (const prefix of ['x-ratelimit', 'anthropic-ratelimit']) {
    const read = (what: string): Limit => limitOf(headers, prefix, what, now);
    const found = { requests: read('requests'), tokens: read('tokens') };
    if (found.requests !== unknown || found.tokens !== unknown) return found;
  }
  return null;
}

function limitOf(headers: Headers, prefix: string, what: string, now: number): Limit {
  // OpenAI puts the kind last, Anthropic in the middle.
  const get = (part: string): string | null =>
    headers.get(`${prefix}-${part}-${what}`) ?? headers.get(`${prefix}-${what}-${part}`);
  const [limit, remaining, reset] = [get('limit'), get('remaining'), get('reset')];
  if (limit === null && remaining === null && reset === null) return unknown;
  return { limit: wholeOf(limit), remaining: wholeOf(remaining), resetMs: resetMs(reset, now) };
}

/** Azure says -1 where it does not know. */
function wholeOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** `1s`, `6m0s`, `2m59.56s`, seconds, or a time. */
function resetMs(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length > 0 && parts.map(([part]) => part).join('') === text)
    return Math.round(parts.reduce((sum, [, n, unit]) => sum + Number(n) * (units[unit ?? 's'] ?? 0), 0));
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
