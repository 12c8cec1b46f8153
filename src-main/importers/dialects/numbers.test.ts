import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNanoUsd } from '../../platform/money.ts';
import { type DecimalSign, parseCount, parseMoney, parseQuantity } from './numbers.ts';

const value = (number: unknown) => expect.objectContaining({ kind: 'value', value: number });

describe('parseCount', () => {
  it.each<[string, DecimalSign, number]>([
    ['0', undefined, 0],
    ['59200.0', undefined, 59200],
    ['59200,0', ',', 59200],
    ['1,234', '.', 1234],
    ['1.234', ',', 1234],
    ['12,345,678', undefined, 12_345_678],
    ['1 234 567', undefined, 1_234_567],
    ['1\u00a0234', undefined, 1234],
    ['1\u202f234', ',', 1234],
    ["1'234", '.', 1234],
    [' 42 ', undefined, 42],
    ['1.5E+3', undefined, 1500],
    ['-0', undefined, 0],
    ['123456789012345.0', undefined, 123456789012345],
    ['1234567890123456', undefined, 1234567890123456],
    ['12.00', '.', 12],
    ['9007199254740991', undefined, 9007199254740991],
  ])('reads %j with the decimal sign %s as %i', (text, decimal, count) => {
    expect(parseCount(text, decimal)).toEqual(value(count));
  });

  it.each<[string, DecimalSign, RegExp]>([
    ['1,234', undefined, /ambiguous/],
    ['1.5', undefined, /whole/],
    ['-3', undefined, /negative/],
    ['(3)', undefined, /negative/],
    ['9007199254740993', undefined, /exactly/],
    ['0x10', undefined, /not a number/],
    ['0o7', undefined, /not a number/],
    ['1_000', undefined, /not a number/],
    ['12abc', undefined, /not a number/],
    ['１２', undefined, /not a number/],
    ['١٢', undefined, /not a number/],
    ['NaN', undefined, /not a number/],
    ['Infinity', undefined, /not a number/],
    ['1e400', undefined, /out of range/],
    ['12,34', '.', /as this file writes/],
    ['1.23', ',', /as this file writes/],
    ['1,2345', '.', /as this file writes/],
    ['.0', ',', /as this file writes/],
    ['1.0', ',', /as this file writes/],
    ['1 23', undefined, /as this file writes/],
    ['9'.repeat(200), undefined, /too long/],
  ])('refuses %j with the decimal sign %s', (text, decimal, reason) => {
    expect(parseCount(text, decimal)).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) });
  });

  it.each(['', '  ', '-', 'N/A', 'Included', 'Free', 'null'])('takes %j for a word, not for 0', (text) => {
    expect(parseCount(text, undefined)).toEqual({ kind: 'state', word: text.trim() });
  });
});

describe('parseMoney', () => {
  it.each<[string, DecimalSign, string]>([
    ['0.0116000000000000000000000000', undefined, '0.0116000000000000000000000000'],
    ['1.2E-7', undefined, '0.00000012'],
    ['3E-1', undefined, '0.3'],
    ['3.0000000000E-04', undefined, '0.00030000000000'],
    ['$1.20', undefined, '1.20'],
    ['-$1.20', undefined, '-1.20'],
    ['$-1.20', undefined, '-1.20'],
    ['(1.20)', undefined, '-1.20'],
    ['($1.20)', undefined, '-1.20'],
    ['1,234.56', undefined, '1234.56'],
    ['1.234,56', undefined, '1234.56'],
    ['1.234,56', ',', '1234.56'],
    ['0,5', undefined, '0.5'],
    ['1,20', ',', '1.20'],
    ['1\u00a0234,56', ',', '1234.56'],
    ['-0.05', undefined, '-0.05'],
    ['.5', undefined, '0.5'],
    ['\u22121.5', undefined, '-1.5'],
  ])('reads %j with the decimal sign %s as %s', (text, decimal, amount) => {
    expect(parseMoney(text, decimal)).toEqual(value(amount));
  });

  it.each([
    ['1.20 USD', 'USD'],
    ['USD 1.20', 'USD'],
    ['€1.20', 'EUR'],
    ['1.20 €', 'EUR'],
    ['US$1.20', 'USD'],
  ])('reads the currency %j names', (text, currency) => {
    expect(parseMoney(text, undefined)).toEqual({ kind: 'value', value: '1.20', currency });
  });

  it('takes $ for no certain currency: it names a dozen', () => {
    expect(parseMoney('$1.20', undefined)).toEqual({ kind: 'value', value: '1.20' });
  });

  it.each([
    '1,234',
    '--1',
    '-(1)',
    '$1 USD',
    '1.2.3',
    'a1',
    '1e400',
    '1 000 00',
    '=1+1',
    '12345678901234567890',
  ])('refuses %j', (text) => {
    expect(parseMoney(text, undefined).kind).toBe('unreadable');
  });

  it.each(['9000000', '-9000000.00', '(9,000,000)', '9.5E+6', '12345678 EUR', '900000000 JPY'])(
    'refuses %j: nano-USD could not hold it, and the whole import would fail on it later',
    (text) => {
      expect(parseMoney(text, '.')).toMatchObject({
        kind: 'unreadable',
        reason: expect.stringContaining('the amount is too large'),
      });
      expect(parseQuantity(text, '.').kind).toBe('value');
    },
  );

  it('always gives amounts of USD that integer nano-USD hold exactly', () => {
    const text = fc.stringMatching(/^-?\d{1,9}(\.\d{1,12})?(E[+-]?\d)?$/);
    const near = fc.constantFrom('8999999.999999999', '-8999999.9999999999', '9000000', '8.9999999E+6');
    fc.assert(
      fc.property(fc.oneof(text, near), (cell) => {
        const read = parseMoney(cell, '.');
        if (read.kind === 'value') expect(Number.isSafeInteger(toNanoUsd(read.value))).toBe(true);
      }),
    );
  });

  it('takes no amount with more digits than the ledger can read', () => {
    const most = `1.${'3'.repeat(39)}`;
    expect(parseMoney(most, '.')).toEqual(value(most));
    expect(toNanoUsd(most)).toBe(1_333_333_333);
    for (const text of [`${most}3`, `-1234567.${'1'.repeat(40)}`, '1e-40'])
      expect(parseMoney(text, '.').kind, text).toBe('unreadable');
  });

  it('takes large amounts of currencies whose unit is below a US cent', () => {
    expect(parseMoney('25000000', '.', 'IDR')).toEqual(value('25000000'));
    expect(parseMoney('25000000 KRW', '.')).toEqual(value('25000000'));
    expect(parseMoney('25000000', '.', 'EUR').kind).toBe('unreadable');
  });

  it('always gives the same exact value however a decimal sign and grouping write it', () => {
    const cents = fc.bigInt({ min: -899_999_999n, max: 899_999_999n });
    fc.assert(
      fc.property(cents, fc.constantFrom<'.' | ','>('.', ','), fc.boolean(), (amount, decimal, group) => {
        const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
        const whole = digits.slice(0, -2);
        const separator = decimal === '.' ? ',' : '.';
        const grouped = group ? whole.replace(/\B(?=(\d{3})+$)/g, separator) : whole;
        const sign = amount < 0n ? '-' : '';
        const text = `${sign}${grouped}${decimal}${digits.slice(-2)}`;
        expect(parseMoney(text, decimal)).toEqual(value(`${sign}${whole}.${digits.slice(-2)}`));
      }),
    );
  });
});
