import { expect, it } from 'vitest';
import { rowOf } from './figures.fixture.ts';
import { rank } from './ranking.ts';

const rows = ['a', 'b', 'c', 'd'].map((model, i) => rowOf({ model, cashNanoUsd: 40 - i * 10, requests: 1 }));

it('adds up: what does not fit is one row', () => {
  const ranking = rank(rows, 'model', 'cash', 3);
  expect(ranking.ranks.map((one) => [one.label, one.value])).toEqual([
    ['a', 40],
    ['b', 30],
    ['2 other models', 30],
  ]);
  expect(ranking.ranks.reduce((sum, one) => sum + one.value, 0)).toBe(ranking.total);
  expect(ranking.ranks[2]?.names).toEqual(['c', 'd']);
});

it('keeps a model without a price: it is unknown, not free', () => {
  const ranking = rank(
    [...rows, rowOf({ model: 'new', requests: 3, unpricedRequests: 3, unpricedCash: 3 })],
    'model',
    'cash',
    9,
  );
  expect(ranking.ranks.at(-1)).toMatchObject({ label: 'new', value: 0, unpricedRequests: 3 });
});

it('does not rank a plan fee as usage of "no model"', () => {
  const fee = rowOf({ model: null, cashNanoUsd: 100, planFeeNanoUsd: 100 });
  expect(rank([...rows, fee], 'model', 'cash', 9).ranks.map((one) => one.label)).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
});

it('leaves out what has its money, known or not, in the other measure: it would read $0.00', () => {
  const unpriced = { unpricedRequests: 1, unpricedEquivalent: 1 };
  const planned = rowOf({ model: 'p', equivalentNanoUsd: 90, requests: 5, ...unpriced });
  expect(rank([...rows, planned], 'model', 'cash', 9).ranks.map((one) => one.label)).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(rank([...rows, planned], 'model', 'equivalent', 9).ranks.map((one) => one.label)).toEqual(['p']);
});
