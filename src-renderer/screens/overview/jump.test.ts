import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowOf } from './figures.fixture.ts';
import { jumpOf } from './jump.ts';

const day = (index: number) => `2026-11-${String(index).padStart(2, '0')}`;
const usual = [1, 2, 3, 4, 5].flatMap((index) => [
  rowOf({ day: day(index), model: 'opus', source: 'Log', sourceId: 3, cashNanoUsd: 10 }),
  rowOf({ day: day(index), model: 'mini', source: 'Log', sourceId: 3, cashNanoUsd: 5 }),
]);
const spike = [
  rowOf({ day: day(6), model: 'opus', source: 'Bill', sourceId: 4, cashNanoUsd: 110 }),
  rowOf({ day: day(6), model: 'mini', source: 'Log', sourceId: 3, cashNanoUsd: 6 }),
];

it('says what made a day jump, and by how much over its own usual day', () => {
  expect(jumpOf([...usual, ...spike], 'model', 'cash')).toEqual({
    ...{ day: '2026-11-06', value: 116, usual: 15 },
    causes: [{ name: 'opus', label: 'opus', excess: 100 }],
  });
  expect(jumpOf([...usual, ...spike], 'source', 'cash')?.causes).toEqual([
    { name: '4', label: 'Bill', excess: 110 },
  ]);
});

it('is silent on even days, and where too few days tell what is usual', () => {
  expect(jumpOf(usual, 'model', 'cash')).toBeNull();
  expect(jumpOf([...usual.slice(0, 4), ...spike], 'model', 'cash')).toBeNull();
  expect(jumpOf([...usual, ...spike], 'model', 'equivalent')).toBeNull();
});

it('is never found where no day reaches three times the others', () => {
  const row = fc.record({
    day: fc.integer({ min: 1, max: 28 }).map(day),
    model: fc.constantFrom('a', 'b', null),
    cashNanoUsd: fc.integer({ min: -1000, max: 1000 }),
  });
  fc.assert(
    fc.property(fc.array(row), (given) => {
      const jump = jumpOf(given.map(rowOf), 'model', 'cash');
      if (jump === null) return;
      expect(jump.value).toBeGreaterThanOrEqual(3 * jump.usual);
      expect(jump.causes.reduce((sum, one) => sum + one.excess, 0)).toBeGreaterThan(0);
    }),
  );
});
