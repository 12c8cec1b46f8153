import { expect, it } from 'vitest';
import { rowOf } from './figures.fixture.ts';
import { moversOf, periodBefore } from './movers.ts';

it('compares with as many days that end the day before', () => {
  expect(periodBefore({ from: '2026-11-01', to: '2026-11-20' })).toEqual({
    from: '2026-10-12',
    to: '2026-10-31',
  });
  expect(periodBefore({ from: '2026-11-20', to: '2026-11-20' })).toEqual({
    from: '2026-11-19',
    to: '2026-11-19',
  });
});

it('orders by size of the change, says why, and leaves out what stood still', () => {
  const before = [
    rowOf({ model: 'gone', cashNanoUsd: 50, requests: 5 }),
    rowOf({ model: 'still', cashNanoUsd: 9, requests: 1 }),
    rowOf({ model: 'more', cashNanoUsd: 10, requests: 10 }),
  ];
  const after = [
    rowOf({ model: 'still', cashNanoUsd: 9, requests: 1 }),
    rowOf({ model: 'more', cashNanoUsd: 40, requests: 14 }),
    rowOf({ model: 'new', cashNanoUsd: 5, requests: 1 }),
  ];
  const movers = moversOf(before, after, 'model', 'cash');
  expect(movers.map((mover) => [mover.label, mover.change, mover.reason])).toEqual([
    ['gone', -50, 'not used any more'],
    ['more', 30, '4 more requests'],
    ['new', 5, 'new in this range'],
  ]);
});
