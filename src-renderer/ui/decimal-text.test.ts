import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, formatAmount, formatRate, percentBetween, sumDecimals } from './decimal-text.ts';

describe('compareDecimals', () => {
  it('does not take prices for different that are written differently', () => {
    expect(compareDecimals('3', '3.00')).toBe(0);
    expect(compareDecimals('0.10', '0.1')).toBe(0);
  });

  it('tells apart what a float would not', () => {
    expect(compareDecimals('0.10000000000000000001', '0.1')).toBe(1);
    expect(compareDecimals('-0.2', '0.1')).toBe(-1);
  });

  it('always agrees with the integers behind', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(-(10n ** 12n), 10n ** 12n), (a, b) => {
        expect(compareDecimals(text(a), text(b))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });
});

describe('sumDecimals', () => {
  it('adds without a float between', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['-1.50', '1'])).toBe('-0.50');
    expect(sumDecimals([])).toBe('0');
    expect(sumDecimals(['9007199254740993', '1'])).toBe('9007199254740994');
  });
});

describe('formatAmount', () => {
  it('keeps the currency of the vendor and never shows a small amount as nothing', () => {
    expect(formatAmount('12.3456', 'USD')).toBe('$12.35');
    expect(formatAmount('110', 'CNY')).toBe('¥110.00');
    expect(formatAmount('-4.2', 'USD')).toBe('−$4.20');
    expect(formatAmount('0.0042', 'USD')).toBe('$0.0042');
    expect(formatAmount('-0.0042', 'USD')).toBe('−$0.0042');
    expect(formatAmount('0', 'USD')).toBe('$0.00');
  });

  it('shows units that are no currency', () => {
    expect(formatAmount('1234.5', 'credits')).toBe('1,234.5 credits');
  });
});

describe('formatRate', () => {
  it('keeps every digit of a price', () => {
    expect(formatRate('3')).toBe('$3.00');
    expect(formatRate('0.075')).toBe('$0.075');
    expect(formatRate('0.0360')).toBe('$0.036');
    expect(formatRate('1200.5')).toBe('$1,200.50');
    expect(formatRate('14.999999999999998')).toBe('$15.00');
  });

  it('says free of a known zero', () => {
    expect(formatRate('0.000')).toBe('free');
  });
});

describe('percentBetween', () => {
  it('is null where there is nothing to say', () => {
    expect(percentBetween('3', '3.00')).toBeNull();
    expect(percentBetween('0', '3')).toBeNull();
  });

  it('never says 0 % of prices that differ', () => {
    expect(percentBetween('3', '2.4')).toBe(-20);
    expect(percentBetween('3', '3.003')).toBe(1);
    expect(percentBetween('3', '2.997')).toBe(-1);
  });
});

/** An integer of millionths as a decimal string. */
function text(millionths: bigint): string {
  const sign = millionths < 0n ? '-' : '';
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0');
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
