import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nanoUsdOf, usdAmountOf } from './usd-amount.ts';

it.each([
  ['20', 20_000_000_000],
  ['$17.50', 17_500_000_000],
  ['$ 1,200.00', 1_200_000_000_000],
  ['0.000000001', 1],
  ['1.', 1_000_000_000],
  ['0', 0],
])('reads %j exactly', (text, nano) => {
  expect(nanoUsdOf(text)).toBe(nano);
});

it.each(['', '-5', '12,50', '1,2345', '1e3', '0.0000000001', '9999999999', 'twenty', '1.2.3', '١٢'])(
  'refuses %j rather than guess',
  (text) => {
    expect(nanoUsdOf(text)).toBeNull();
  },
);

it('shows any amount so that reading it back gives the same nano-USD: editing a fee never changes it', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (nano) => {
      expect(nanoUsdOf(usdAmountOf(nano))).toBe(nano);
    }),
  );
});

it('keeps cents, and more only where there are some', () => {
  expect(usdAmountOf(20_000_000_000)).toBe('20.00');
  expect(usdAmountOf(17_505_000_000)).toBe('17.505');
  expect(usdAmountOf(1)).toBe('0.000000001');
});
