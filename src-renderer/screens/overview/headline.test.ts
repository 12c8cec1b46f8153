import { expect, it } from 'vitest';
import type { Account } from '../../../src-preload/contract/sources.ts';
import { rowOf } from './figures.fixture.ts';
import { cashNote, changeNote, cumulative, equivalentNote } from './headline.ts';
import { chooseMeasure } from './measure.ts';

const money = (nano: number) => `$${nano}`;
const plan: Account = {
  ...{
    id: 1,
    name: 'Claude',
    kind: 'plan',
    provider: 'anthropic',
    fee: null,
    assumed: true,
    sources: 1,
    records: 1,
  },
  ...{ cashNanoUsd: 0, equivalentNanoUsd: 0 },
};

it('splits cash into usage and fees that add up to it', () => {
  expect(cashNote(rowOf({ cashNanoUsd: 312, planFeeNanoUsd: 100 }), money)).toBe('$212 usage + $100 fee');
  expect(cashNote(rowOf({ cashNanoUsd: 100, planFeeNanoUsd: 100 }), money)).toBe('all of it plan fees');
  expect(cashNote(rowOf({ records: 2 }), money)).toBe('no usage paid for by the token');
  expect(cashNote(rowOf({}), money)).toBe('no records in this range');
});

it('does not divide by nothing', () => {
  expect(changeNote(2, 5, money, '12 Oct')).toBe(`from ${money(2)} since 12 Oct`);
  expect(changeNote(0, 5, money)).toBe('nothing was spent before');
  expect(changeNote(200, 100, money)).toBe('−50.0\u00a0% from $200');
  expect(equivalentNote(rowOf({ equivalentNanoUsd: 5 }), [plan])).toBe('no fee stated; not cash');
  expect(equivalentNote(rowOf({ equivalentNanoUsd: 86, planFeeNanoUsd: 10 }), [plan])).toBe(
    '8.6x the fee; not cash',
  );
});

it('adds the month up day by day', () => {
  const days = [3, 0, 4].map((cashNanoUsd, i) => ({ day: `2026-11-0${i + 1}`, cashNanoUsd }));
  expect(cumulative(days)).toEqual([3, 3, 7]);
});

it('measures what there is: a plan-only ledger opens on API-equivalent, a local one on requests', () => {
  expect(chooseMeasure(null, rowOf({ equivalentNanoUsd: 5 }))).toBe('equivalent');
  expect(chooseMeasure('equivalent', rowOf({ cashNanoUsd: 5 }))).toBe('cash');
  expect(chooseMeasure(null, rowOf({ cashNanoUsd: 100, planFeeNanoUsd: 100, requests: 2 }))).toBe('requests');
});
