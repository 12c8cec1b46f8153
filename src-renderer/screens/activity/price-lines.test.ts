import { expect, it } from 'vitest';
import { bucketLabel, restOf, sumOf, trimAmount } from './price-lines.ts';

const lines = [
  { bucket: 'input', units: 1000, usdPerMillion: '3', costNanoUsd: 3_000_000 },
  { bucket: 'output', units: 100, usdPerMillion: '15', costNanoUsd: 1_500_000 },
];

it('adds the price lines up and names what they leave over', () => {
  expect(sumOf(lines)).toBe(4_500_000);
  expect(restOf({ costNanoUsd: 4_500_000, priceLines: lines })).toBe(0);
  expect(restOf({ costNanoUsd: 14_500_000, priceLines: lines })).toBe(10_000_000);
});

it('claims no difference where there is nothing to compare', () => {
  expect(restOf({ costNanoUsd: null, priceLines: lines })).toBe(0);
  expect(restOf({ costNanoUsd: 5, priceLines: [] })).toBe(0);
});

it('keeps the name of a bucket it does not know', () => {
  expect(bucketLabel('cacheWrite1h')).toBe('Cache write, 1 h');
  expect(bucketLabel('web_search')).toBe('web_search');
});

it('trims zeros behind the point and no others', () => {
  expect(['0.01160000', '100', '1200.00', '-0.10', '3E-10'].map(trimAmount)).toEqual([
    '0.0116',
    '100',
    '1200',
    '-0.1',
    '3E-10',
  ]);
});
