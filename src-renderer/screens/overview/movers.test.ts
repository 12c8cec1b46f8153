import { expect, it } from 'vitest';
import { rowOf } from './figures.fixture.ts';
import { isBeforeRecords, moversOf, periodBefore } from './movers.ts';

it.each([
  ['month to date', '2026-11-01', '2026-11-20', '2026-10-01', '2026-10-20'],
  ['a whole month', '2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30'],
  ['more days than the month before has', '2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28'],
  ['seven days', '2026-11-14', '2026-11-20', '2026-11-07', '2026-11-13'],
  ['today', '2026-11-20', '2026-11-20', '2026-11-19', '2026-11-19'],
  ['two months', '2026-09-01', '2026-10-31', '2026-07-02', '2026-08-31'],
])('%s is compared with what came before it', (_, from, to, earlierFrom, earlierTo) => {
  expect(periodBefore({ from, to })).toEqual({ from: earlierFrom, to: earlierTo });
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

it('tells sources apart by number: two may have one label', () => {
  const row = (sourceId: number, cashNanoUsd: number) => rowOf({ source: 'Bill', sourceId, cashNanoUsd });
  const movers = moversOf([row(1, 10), row(2, 10)], [row(1, 30), row(2, 5)], 'source', 'cash');
  expect(movers.map((mover) => [mover.name, mover.label, mover.change])).toEqual([
    ['1', 'Bill', 20],
    ['2', 'Bill', -5],
  ]);
});

it('compares with nothing that lies before the first record: unknown is not zero', () => {
  const before = { from: '2026-10-01', to: '2026-10-20' };
  expect(isBeforeRecords(before, '2026-10-21')).toBe(true);
  expect(isBeforeRecords(before, '2026-10-20')).toBe(false);
  expect(isBeforeRecords(before, null)).toBe(true);
});
