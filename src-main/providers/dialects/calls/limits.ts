import type { RateLimits } from '../../../platform/provider.ts';
import { untilMs } from '../retry-after.ts';

type Limit = RateLimits['requests'];

const unknown: Limit = { limit: null, remaining: null, resetMs: null };

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
  return { limit: wholeOf(limit), remaining: wholeOf(remaining), resetMs: untilMs(reset, now) };
}

/** Azure says -1 where it does not know. */
function wholeOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
