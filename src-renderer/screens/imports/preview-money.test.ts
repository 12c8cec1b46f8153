import { describe, expect, it } from 'vitest';
import { changesOf, moneyOf } from './preview-money.ts';
import { readyPreview } from './testing/previews.ts';

describe('the money of a preview', () => {
  it('adds up: what the rows bring is what the totals gain plus what they stand in for', () => {
    const money = moneyOf([
      readyPreview(
        { accepted: 9, unpriced: 6 },
        { addsNanoUsd: 9_380_000_000, cashBeforeNanoUsd: 312_480_000_000, cashAfterNanoUsd: 313_740_000_000 },
      ),
    ]);
    expect(money.replaced).toBe(8_120_000_000);
    expect(money.cash.change + money.equivalent.change + money.replaced).toBe(money.adds);
    expect(money.atLeast).toBe(true);
    expect(money.countsAs).toBe('cash');
  });

  it('does not call plan usage cash', () => {
    const money = moneyOf([
      readyPreview(
        { accepted: 1 },
        { addsNanoUsd: 5, equivalentBeforeNanoUsd: 1, equivalentAfterNanoUsd: 6 },
      ),
    ]);
    expect(money.countsAs).toBe('equivalent');
    expect(money.replaced).toBe(0);
  });

  it('of several files starts at the ledger as it is now and ends with all of them in it', () => {
    const file = readyPreview(
      { accepted: 1 },
      { cashBeforeNanoUsd: 100, cashAfterNanoUsd: 130, addsNanoUsd: 30 },
    );
    expect(moneyOf([file, file]).cash).toEqual({ before: 100, after: 160, change: 60 });
  });

  it('names cash and API-equivalent apart and never as one sum', () => {
    const counts = { accepted: 1, unpriced: 1 };
    const money = moneyOf([
      readyPreview(counts, { addsNanoUsd: 13, cashAfterNanoUsd: 8, equivalentAfterNanoUsd: 5 }),
    ]);
    expect(changesOf(money, (nano) => `+${nano}`)).toEqual([
      'cash at least +8',
      'API-equivalent at least +5',
    ]);
    expect(changesOf(moneyOf([readyPreview({ duplicate: 3 })]), String)).toEqual([]);
  });
});
