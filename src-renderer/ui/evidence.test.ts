import { expect, it } from 'vitest';
import { summarise } from './evidence.ts';

it('names the best witness and its share of the money', () => {
  const summary = summarise({ billed: 710, metered: 0, recorded: 290, estimated: 0 });
  expect(summary?.best).toBe('billed');
  expect(summary?.mixed).toBe(true);
  expect(summary?.shares.map((part) => [part.evidence, part.share])).toEqual([
    ['billed', 0.71],
    ['recorded', 0.29],
  ]);
});

it('counts a credit by its size, so that it does not hide the charge', () => {
  const summary = summarise({ billed: -500, metered: 0, recorded: 500, estimated: 0 });
  expect(summary?.shares.map((part) => part.share)).toEqual([0.5, 0.5]);
});

it('has no opinion on nothing', () => {
  expect(summarise({ billed: 0, metered: 0, recorded: 0, estimated: 0 })).toBeNull();
});
