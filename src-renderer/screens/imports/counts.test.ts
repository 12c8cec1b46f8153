import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCounts, type Counts, isEmpty, rowsOf, splitOf, sumSentence } from './counts.ts';

const format = (rows: number): string => rows.toLocaleString('en');
const of = (counts: Partial<Counts>): Counts => ({
  accepted: 0,
  updated: 0,
  duplicate: 0,
  refused: 0,
  skipped: 0,
  unpriced: 0,
  ...counts,
});

const anyCounts = fc
  .record({ accepted: fc.nat(5000), updated: fc.nat(5000), duplicate: fc.nat(5000), refused: fc.nat(5000) })
  .map((counts) => of({ ...counts, updated: Math.min(counts.updated, counts.accepted) }));

describe('the counts of a preview', () => {
  it('add up: the parts of the bar are all the rows, with updated rows not counted twice', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        expect(splitOf(counts).reduce((sum, part) => sum + part.rows, 0)).toBe(rowsOf(counts));
      }),
    );
  });

  it('reads as a sum', () => {
    expect(sumSentence(of({ accepted: 1153, duplicate: 118, refused: 13, skipped: 4 }), format)).toBe(
      '1,153 + 118 + 13 = 1,284 rows',
    );
    expect(sumSentence(of({ accepted: 3, updated: 2 }), format)).toBe('1 + 2 + 0 + 0 = 3 rows');
  });

  it('tells a file without rows from one that brings nothing new', () => {
    expect(sumSentence(of({}), format)).toBe('no rows');
    expect([of({}), of({ skipped: 1 }), of({ duplicate: 1 })].map(isEmpty)).toEqual([true, false, false]);
  });

  it('of several files are the sums of each count', () => {
    expect(
      addCounts([of({ accepted: 2, refused: 1, skipped: 3 }), of({ accepted: 5, updated: 1, unpriced: 4 })]),
    ).toEqual(of({ accepted: 7, updated: 1, refused: 1, skipped: 3, unpriced: 4 }));
  });
});
