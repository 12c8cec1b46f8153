import { expect, it } from 'vitest';
import { createListPrices } from './list-prices.ts';

it('a model costs what the first of its names costs, and nothing is made up', () => {
  const prices = createListPrices();
  prices.add('some-2', 'input', '2');
  prices.add('some-2', 'output', '8');
  prices.add('some', 'input', '1');
  expect(prices.find(['some-2-0806', 'some-2', 'some'], 'Note.')).toEqual({
    input: '2',
    output: '8',
    note: 'Note.',
  });
  expect(prices.find(['other'], 'Note.')).toBeNull();
});

// One of two prices would be wrong for somebody; an unknown price is asked for.
it('where a list asks differently for one thing, that has no price', () => {
  const prices = createListPrices();
  for (const price of ['1', '2', '1']) prices.add('some', 'input', price);
  for (const price of ['4', '4']) prices.add('some', 'output', price);
  expect(prices.find(['some'], 'Note.')).toEqual({ output: '4', note: 'Note.' });
});
