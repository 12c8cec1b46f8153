import type { Health } from '../../../src-preload/contract/connections.ts';
import { formatPercent, plural } from '../../ui/numbers.ts';

type Latency = Health['sync'];

const codeWords: Readonly<Record<string, string>> = {
  INVALID_KEY: 'key refused',
  INSUFFICIENT_SCOPE: 'key not allowed',
  NOT_ENABLED: 'not enabled',
  OUT_OF_CREDIT: 'out of credit',
  RATE_LIMITED: 'rate limited',
  OVERLOADED: 'overloaded',
  NETWORK: 'not reached',
  BAD_RESPONSE: 'reply not understood',
  CONTEXT_TOO_LONG: 'prompt too long',
  CANCELLED: 'cancelled',
};

/** An error code in words. */
export function errorWords(code: string): string {
  return codeWords[code] ?? code.toLowerCase().replaceAll('_', ' ');
}

export function failedOf({ errors }: Latency): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}

/** Errors by kind, the most common first: `3 rate limited, 1 not reached`. */
export function errorList({ errors }: Latency): string {
  return Object.entries(errors)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} ${errorWords(code)}`)
    .join(', ');
}

/** `4 of 120 failed, 3.3 %`, `none failed`, `no requests` */
export function failedWords(latency: Latency): string {
  const failed = failedOf(latency);
  if (latency.requests === 0) return 'no requests';
  if (failed === 0) return 'none failed';
  return `${failed} of ${plural(latency.requests, 'request')} failed, ${formatPercent(failed, latency.requests)}`;
}

/** `840 ms`, `2.4 s` */
export function formatMs(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `20 min`, `3 h`, `2 days` */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : plural(Math.round(hours / 24), 'day');
}

/** Sync and calls as one. Percentiles of two lists cannot be added: the slower is said. */
export function together({ sync, calls }: Pick<Health, 'sync' | 'calls'>): Latency {
  const errors: Record<string, number> = { ...sync.errors };
  for (const [code, count] of Object.entries(calls.errors)) errors[code] = (errors[code] ?? 0) + count;
  return {
    ...{ requests: sync.requests + calls.requests, errors },
    ...{ p50Ms: slower(sync.p50Ms, calls.p50Ms), p95Ms: slower(sync.p95Ms, calls.p95Ms) },
  };
}

function slower(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
