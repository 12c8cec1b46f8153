import { expect, test } from 'vitest';
import { keepTruth } from '../generate/truth.ts';
import { judge } from './totals.ts';

function truth() {
  const keeper = keepTruth();
  keeper.count(Date.UTC(2026, 4, 1), 'a', { input: 10, cacheWrite1h: 3, cacheWrite5m: 2, output: 5 });
  keeper.count(Date.UTC(2026, 4, 2), 'a', { input: 20, output: 5 });
  return keeper.result();
}

test('a peer is held to the figures it states, in its own resolution', () => {
  const cells = { a: { input: 30, cacheWrite: 5, output: 10 } };
  expect(judge(truth(), { by: 'model', cells })).toEqual({ cells: 1, wrong: 0, off: [] });
});

test('wrong, missing and invented cells count, and the sums say by how much', () => {
  const cells = { '2026-05-01 a': { output: 5 }, '2026-05-03 a': { output: 10 } };
  expect(judge(truth(), { by: 'day and model', cells })).toEqual({
    cells: 3,
    wrong: 2,
    off: ['output 15 instead of 10 (+50.0 %)'],
  });
});

test('what is right in sum and stands in the wrong cell is told, too', () => {
  const cells = { '2026-05-01': { output: 7 }, '2026-05-02': { output: 3 } };
  expect(judge(truth(), { by: 'day', cells })).toEqual({
    cells: 2,
    wrong: 2,
    off: ['output right in sum, 2 in another cell'],
  });
});
