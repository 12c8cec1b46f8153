import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyOf, formatMoney, formatMoneyList, formatUsdExact, moneyTitle } from './money.ts';

const usdNano = (text: string) => {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole + fraction.padEnd(9, '0'));
};

describe('formatMoney', () => {
  it.each([
    ['0', '$0.00'],
    ['312.48', '$312.48'],
    ['1312.484999999', '$1,312.48'],
    ['1312.485', '$1,312.49'],
    ['0.1', '$0.10'],
    ['0.0042', '$0.0042'],
    ['0.05321', '$0.053'],
    ['0.000000001', '$0.000000001'],
    ['0.0999', '$0.100'],
    ['8999999', '$8,999,999.00'],
  ])('writes %s USD as %s', (amount, text) => {
    expect(formatMoney(usdNano(amount))).toBe(text);
  });

  it('writes signs as a plus and a true minus', () => {
    expect(formatMoney(44_370_000_000, { signed: true })).toBe('+$44.37');
    expect(formatMoney(-12_460_000_000, { signed: true })).toBe('−$12.46');
    expect(formatMoney(0, { signed: true })).toBe('$0.00');
  });

  it('rounds what is said to be "at least" down, also below zero', () => {
    const bound = (amount: number) => formatMoney(amount, { atLeast: true });
    expect([998_900_000, 1_999_900_000, -1_001_000_000].map(bound)).toEqual(['$0.99', '$1.99', '−$1.01']);
    expect(formatMoney(998_900_000)).toBe('$1.00');
    expect(bound(4_290_000)).toBe('$0.0042');
  });

  it('shows another currency by its rate, and its own decimals', () => {
    const euro = { code: 'EUR', usdPerUnit: '1.25' };
    expect(formatMoney(usdNano('10'), { currency: euro })).toBe('€8.00');
    const yen = { code: 'JPY', usdPerUnit: '0.0065' };
    expect(formatMoney(usdNano('10'), { currency: yen })).toBe('¥1,538');
    expect(formatMoney(usdNano('0.01'), { currency: yen })).toBe('¥1.5');
  });

  it('shortens axis labels only where nothing is lost', () => {
    expect(formatMoney(usdNano('5'), { short: true })).toBe('$5');
    expect(formatMoney(usdNano('2.5'), { short: true })).toBe('$2.50');
    expect(formatMoney(usdNano('0.05'), { short: true })).toBe('$0.05');
    expect(formatMoney(usdNano('0.0025'), { short: true })).toBe('$0.0025');
    expect(formatMoney(0, { short: true })).toBe('$0');
  });

  it('writes estimates roughly, but not small ones', () => {
    expect(formatMoney(usdNano('418.37'), { rough: true })).toBe('$418');
    expect(formatMoney(usdNano('4.18'), { rough: true })).toBe('$4.18');
  });

  it('gives amounts that are read together the same decimals', () => {
    expect(formatMoneyList(['0.7', '0.0123', '12'].map(usdNano))).toEqual(['$0.700', '$0.012', '$12.000']);
    expect(formatMoneyList(['0.7', '0.0000001'].map(usdNano))).toEqual(['$0.7000', '$0.00000010']);
    expect(formatMoneyList([])).toEqual([]);
  });

  it('never shows nothing for something', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (nano) => {
        expect(formatMoney(nano)).toMatch(/[1-9]/);
      }),
    );
  });

  it('exact text gives back every nano-USD', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (nano) => {
        expect(usdNano(formatUsdExact(nano).replace(/[$,]/g, ''))).toBe(nano);
      }),
    );
  });
});

describe('currencyOf', () => {
  const fxRates = [
    { currency: 'EUR', usdPerUnit: '1.1', from: '2026-01-01' },
    { currency: 'EUR', usdPerUnit: '1.2', from: '2026-06-01' },
    { currency: 'EUR', usdPerUnit: '1.3', from: '2027-01-01' },
  ];

  it('takes the newest rate that is valid today', () => {
    expect(currencyOf({ currency: 'EUR', fxRates }, '2026-11-20').usdPerUnit).toBe('1.2');
  });

  it('stays with USD rather than inventing a rate', () => {
    expect(currencyOf({ currency: 'GBP', fxRates }, '2026-11-20').code).toBe('USD');
  });

  it('puts the USD behind another currency on hover', () => {
    expect(moneyTitle(usdNano('1.1'), { code: 'EUR', usdPerUnit: '1.1' })).toBe('$1.10 (1 EUR = 1.1 USD)');
  });
});
