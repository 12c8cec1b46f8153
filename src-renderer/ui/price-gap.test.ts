import { expect, it } from 'vitest';
import { priceOf } from './model.fixture.ts';
import { gapWords, priceGaps } from './price-gap.ts';

it('finds no difference in another way of writing it, nor where one side says nothing', () => {
  expect(priceGaps({ price: priceOf({ input: '3' }), vendorPrice: priceOf({ input: '3.00' }) })).toEqual([]);
  expect(priceGaps({ price: priceOf(), vendorPrice: priceOf({ output: null, cacheRead: '0.3' }) })).toEqual(
    [],
  );
  expect(priceGaps({ price: null, vendorPrice: priceOf() })).toEqual([]);
});

it('names each rate that differs and by how much', () => {
  const gaps = priceGaps({ price: priceOf(), vendorPrice: priceOf({ input: '2.4', output: '18' }) });
  expect(gaps.map(gapWords)).toEqual([
    'Input: $3.00 here, $2.40 at the vendor (−20 %)',
    'Output: $15.00 here, $18.00 at the vendor (+20 %)',
  ]);
});

it('says no percentage of what is free here', () => {
  const [gap] = priceGaps({ price: priceOf({ input: '0' }), vendorPrice: priceOf({ input: '1' }) });
  expect(gap && gapWords(gap)).toBe('Input: free here, $1.00 at the vendor');
});
