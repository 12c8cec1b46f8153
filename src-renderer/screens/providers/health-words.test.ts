import { expect, it } from 'vitest';
import { durationWords, errorList, errorWords, failedWords, formatMs, together } from './health-words.ts';

const latency = (requests: number, errors: Record<string, number> = {}, p95Ms: number | null = null) => ({
  ...{ requests, errors, p50Ms: null, p95Ms },
});

it('names errors by kind, the most common first, without those that did not happen', () => {
  expect(errorList(latency(9, { NETWORK: 1, RATE_LIMITED: 3, OVERLOADED: 0 }))).toBe(
    '3 rate limited, 1 not reached',
  );
  expect(errorWords('SOME_NEW_CODE')).toBe('some new code');
});

it('does not call a vendor well that was never asked', () => {
  expect(failedWords(latency(0))).toBe('no requests');
  expect(failedWords(latency(3))).toBe('none failed');
  expect(failedWords(latency(120, { NETWORK: 4 }))).toBe('4 of 120 requests failed, 3.3\u00a0%');
});

it('adds up requests and errors, but never percentiles', () => {
  const both = together({ sync: latency(3, { NETWORK: 1 }, 900), calls: latency(4, { NETWORK: 2 }, 2400) });
  expect(both).toEqual({ requests: 7, errors: { NETWORK: 3 }, p50Ms: null, p95Ms: 2400 });
});

it('puts times as people say them', () => {
  expect([formatMs(null), formatMs(840), formatMs(2440)]).toEqual(['–', '840 ms', '2.4 s']);
  expect([20_000, 20 * 60_000, 3 * 3_600_000, 5 * 86_400_000].map(durationWords)).toEqual([
    ...['1 min', '20 min', '3 h', '5 days'],
  ]);
});
