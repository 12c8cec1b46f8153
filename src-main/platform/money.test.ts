import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, divideRounded, multiply, parseDecimal, toNanoUsd } from './money.ts';

describe('decimals', () => {
  it.each([
    ['0.1', 1n, 1],
    ['-0.10', -1n, 1],
    ['+12.50', 125n, 1],
    ['3E-1', 3n, 1],
    ['1e-7', 1n, 7],
    ['1.5E3', 1500n, 0],
    ['.5', 5n, 1],
    ['5.', 5n, 0],
    ['-0', 0n, 0],
    ['0.123456789012345678901234567890', 12345678901234567890123456789n, 29],
  ])('%s is read exactly', (text, units, scale) => {
    expect(parseDecimal(text)).toEqual({ units, scale });
  });

  it.each([
    '',
    '.',
    '-',
    'e5',
    '1,234',
    '$1',
    '1.2.3',
    'NaN',
    'Infinity',
    '0x10',
    '1e999',
    ' 1',
    '1'.repeat(41),
  ])('%j is not one: what a number means is not guessed here', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('keep their value through text, with every digit', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 39n), 10n ** 39n), fc.integer({ min: 0, max: 35 }), (units, scale) => {
        const text = `${units}e-${scale}`;
        const decimal = parseDecimal(text);
        expect(decimal).not.toBeNull();
        if (decimal === null) return;
        expect(decimal.units * 10n ** BigInt(scale)).toBe(units * 10n ** BigInt(decimal.scale));
        expect(parseDecimal(decimalText(decimal))).toEqual(decimal);
      }),
    );
  });

  it('multiply without loss', () => {
    const product = multiply({ units: 123456789012345678901n, scale: 20 }, { units: 11n, scale: 1 });
    expect(decimalText(product)).toBe('1.358024679135802467911');
  });
});

describe('nano-USD', () => {
  it.each([
    ['12.50', 12_500_000_000],
    ['12.5', 12_500_000_000],
    ['1e-7', 100],
    ['1.2378912', 1_237_891_200],
    ['0.015', 15_000_000],
    ['-0.05', -50_000_000],
    // A float sum of three of these is 0.30000000000000004.
    ['0.1', 100_000_000],
    ['0.0000000005', 1],
    ['-0.0000000005', -1],
    ['0.00000000049999999999', 0],
    ['9007199.254740991', Number.MAX_SAFE_INTEGER],
  ])('%s USD', (value, nano) => {
    expect(toNanoUsd(value)).toBe(nano);
  });

  it('are the same on the short way everyday amounts take and on the long one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d{1,6}(\.\d{1,9})?$/), (amount) => {
        expect(toNanoUsd(amount)).toBe(toNanoUsd(`${amount}e0`));
      }),
    );
  });

  it('never is minus zero', () => {
    expect(Object.is(toNanoUsd('-0.00'), 0)).toBe(true);
    expect(Object.is(toNanoUsd('-0.0000000001'), 0)).toBe(true);
  });

  it('of another currency round once, after the rate: 0.0000000004 EUR x 1.25 = 0.5 nano-USD -> 1', () => {
    expect(toNanoUsd('0.0000000004', '1.25')).toBe(1);
    expect(toNanoUsd('100', '1.0834')).toBe(108_340_000_000);
  });

  it('refuse what cannot be held exactly instead of drifting', () => {
    expect(() => toNanoUsd('9007199.254740992')).toThrow(expect.objectContaining({ code: 'MONEY_OVERFLOW' }));
    expect(() => toNanoUsd('n/a')).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('round halves away from zero, always to the nearest', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (amount, by) => {
        const doubled = 2n * divideRounded(amount, by) * by - 2n * amount;
        const off = doubled < 0n ? -doubled : doubled;
        expect(off <= by).toBe(true);
        if (off === by) expect(doubled > 0n).toBe(amount > 0n);
      }),
    );
  });

  it('are always those of exact arithmetic, however short the amount is written', () => {
    const nanoOrError = (...amount: Parameters<typeof toNanoUsd>): number | string => {
      try {
        return toNanoUsd(...amount) + 0;
      } catch (error) {
        return String(error);
      }
    };
    const near = fc.stringMatching(/^-?[0-9]{0,8}\.?[0-9]{0,11}$/);
    const odd = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', '+', 'e', ' '), maxLength: 18 });
    fc.assert(
      fc.property(fc.oneof(near, odd), (text) => {
        // A rate written another way takes the long way.
        expect(nanoOrError(text)).toBe(nanoOrError(text, '1.0'));
      }),
      { numRuns: 2_000 },
    );
  });
});
