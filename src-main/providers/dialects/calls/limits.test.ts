import { expect, test } from 'vitest';
import { limitsOf } from './limits.ts';

const now = Date.UTC(2026, 10, 28, 12);
const read = (headers: Record<string, string>) => limitsOf(new Headers(headers), now);

test('limits in OpenAI’s words, with every way a reset is written', () => {
  const reset = (text: string) => read({ 'x-ratelimit-reset-tokens': text })?.tokens.resetMs;
  expect(
    read({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
    }),
  ).toEqual({
    requests: { limit: 60, remaining: 0, resetMs: 1_000 },
    tokens: { limit: null, remaining: null, resetMs: null },
  });
  expect(['6m0s', '2m59.56s', '250ms', '17', '1h', 'soon'].map(reset)).toEqual([
    ...[360_000, 179_560, 250, 17_000, 3_600_000, null],
  ]);
});

test('limits in Anthropic’s words, which reset at a moment', () => {
  const headers = {
    'anthropic-ratelimit-tokens-limit': '40000',
    'anthropic-ratelimit-tokens-remaining': '100',
    'anthropic-ratelimit-tokens-reset': '2026-11-28T12:00:30Z',
  };
  expect(read(headers)?.tokens).toEqual({ limit: 40_000, remaining: 100, resetMs: 30_000 });
});

test('nothing stated is nothing known, and Azure’s -1 is no number', () => {
  expect(read({ 'content-type': 'application/json' })).toBeNull();
  expect(read({ 'x-ratelimit-remaining-requests': '-1' })?.requests.remaining).toBeNull();
});
