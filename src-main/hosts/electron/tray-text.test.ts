import { expect, it } from 'vitest';
import { trayText } from './tray-text.ts';

const usd = { currency: 'USD', fxRates: [] };
const spent = (cashNanoUsd: number, unpricedCash = 0) => ({ cashNanoUsd, unpricedCash });

it('says today’s cash and the month’s', () => {
  expect(
    trayText({ today: spent(12_345_000_000), month: spent(1_234_500_000_000) }, usd, '2026-07-01'),
  ).toEqual({
    title: '$12.35',
    tooltip: 'LLMLab: $12.35 today',
    today: 'Today: $12.35',
    month: 'This month: $1,234.50',
  });
});

it('never calls something nothing, and does not hide what has no price', () => {
  const { title, month } = trayText({ today: spent(4_200_000), month: spent(0, 3) }, usd, '2026-07-01');
  expect([title, month]).toEqual(['$0.0042', 'This month: at least $0.00']);
  const bound = trayText({ today: spent(998_900_000, 1), month: spent(998_900_000) }, usd, '2026-07-01');
  expect([bound.title, bound.month]).toEqual(['at least $0.99', 'This month: $1.00']);
});

it('uses the rate of the day, and USD where there is none', () => {
  const euro = {
    currency: 'EUR',
    fxRates: [
      { currency: 'EUR', usdPerUnit: '1.25', from: '2026-06-01' },
      { currency: 'EUR', usdPerUnit: '2', from: '2026-07-02' },
      { currency: 'EUR', usdPerUnit: '1', from: '2026-01-01' },
    ],
  };
  const figures = { today: spent(10_000_000_000), month: spent(0) };
  expect(trayText(figures, euro, '2026-07-01').title).toBe('€8.00');
  expect(trayText(figures, euro, '2025-12-31').title).toBe('$10.00');
});
