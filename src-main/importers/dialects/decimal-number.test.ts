import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOfNumber, sumDecimals } from './decimal-number.ts';

describe('a JSON number that states money', () => {
  it('becomes the decimal its writer printed, without an exponent', () => {
    expect([0.0126, 1.2e-7, 1e21, 3, 0.1 + 0.2].map(decimalOfNumber)).toEqual([
      '0.0126',
      '0.00000012',
      '1000000000000000000000',
      '3',
      '0.30000000000000004',
    ]);
  });

  it('reads back as the same number, always', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-15, max: 1e12, noNaN: true }), (value) => {
        expect(Number(decimalOfNumber(value))).toBe(value);
      }),
    );
  });

  it('is nothing where it cannot be money', () => {
    expect([-1, Number.NaN, Number.POSITIVE_INFINITY, '1', null].map(decimalOfNumber)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a sum', () => {
  it('is exact, as counted in whole millionths', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e9 })), (millionths) => {
        const sum = sumDecimals(millionths.map((value) => decimalOfNumber(value / 1e6) ?? ''));
        expect(Number(sum) * 1e6).toBeCloseTo(
          millionths.reduce((a, b) => a + b, 0),
          3,
        );
        expect(sum).not.toMatch(/\.\d{7}/);
      }),
    );
  });
});
