import { describe, expect, it } from 'vitest';
import { rateOn, withoutRate, withRate } from './rates.ts';

const rates = [
  { currency: 'EUR', usdPerUnit: '1.05', from: '2026-01-01' },
  { currency: 'EUR', usdPerUnit: '1.12', from: '2026-07-01' },
  { currency: 'INR', usdPerUnit: '0.0119', from: '2026-01-01' },
];

describe('rateOn', () => {
  it('takes the rate in force on the date, not simply the newest', () => {
    expect(rateOn(rates, 'EUR', '2026-06-30')).toBe('1.05');
    expect(rateOn(rates, 'EUR', '2026-07-01')).toBe('1.12');
  });

  it('has none before the first date or for an unknown currency, and never invents 1', () => {
    expect(rateOn(rates, 'EUR', '2025-12-31')).toBeNull();
    expect(rateOn(rates, 'GBP', '2026-07-01')).toBeNull();
    expect(rateOn([], 'USD', '2026-07-01')).toBe('1');
  });
});

it('replaces the rate of the same currency and date instead of keeping two', () => {
  const changed = withRate(rates, { currency: 'EUR', usdPerUnit: '1.13', from: '2026-07-01' });
  expect(changed.filter((rate) => rate.currency === 'EUR').map((rate) => rate.usdPerUnit)).toEqual([
    '1.13',
    '1.05',
  ]);
  expect(withoutRate(changed, { currency: 'EUR', from: '2026-07-01' })).toHaveLength(2);
});
