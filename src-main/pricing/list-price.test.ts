import { expect, test } from 'vitest';
import { bundledPrices } from '../testing/price-book.ts';
import { listPrice } from './list-price.ts';

const now = Date.UTC(2026, 10, 20, 12);

test('a bucket without a price is unknown and not zero, one priced at "0" is free', () => {
  const row = { provider: 'acme', model: 'm', from: '2026-01-01', input: '1.25', output: '0' };
  const listed = listPrice(bundledPrices({ overrides: [row] }), 'acme', 'm', now);
  expect(listed).toEqual({
    price: { input: '1.25', output: '0', cacheRead: null, cacheWrite5m: null, cacheWrite1h: null },
    from: 'own price from 2026-01-01',
  });
});

test('the whole-request tier of a million tokens does not show as the usual price', () => {
  const listed = listPrice(bundledPrices(), 'google', 'gemini-2.5-pro', now);
  expect(listed.price?.input).toBe('1.25');
});

test('a model of no list has a reason instead of a price', () => {
  const listed = listPrice(bundledPrices(), 'acme', 'nobody-knows-it', now);
  expect(listed.price).toBeNull();
  expect('reason' in listed && listed.reason).toMatch(/no price|not/i);
});
