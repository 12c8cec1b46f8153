import { expect, it } from 'vitest';
import { toCsv, usdCell } from './csv.ts';

it('disarms formulas but leaves numbers alone', () => {
  expect(toCsv([['=1+1', '-0.5', '@a', 'a,"b"', 3]])).toBe(`'=1+1,-0.5,'@a,"a,""b""",3\r\n`);
});

it('writes nano-USD exactly', () => {
  expect([0, 1, -12_460_000_000, 8_999_999_999_999_999, 10_000_000_000].map(usdCell)).toEqual([
    '0',
    '0.000000001',
    '-12.46',
    '8999999.999999999',
    '10',
  ]);
});
