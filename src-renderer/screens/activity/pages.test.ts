import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveTo, pageSize, pagesFor, placeOf } from './pages.ts';

describe('paging', () => {
  it('asks for the pages of every row on screen and for no other', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(120),
        fc.integer({ min: 1, max: 100_000 }),
        (first, rows, total) => {
          fc.pre(first < total);
          const last = first + rows;
          const wanted = new Set<number>();
          for (let row = first; row <= Math.min(last, total - 1); row += 1) wanted.add(placeOf(row).page);
          expect(pagesFor(first, last, total)).toEqual([...wanted]);
        },
      ),
    );
  });

  it('asks for the first page while the total is unknown', () => {
    expect(pagesFor(0, 0, 0)).toEqual([0]);
  });

  it('finds a row in its page', () => {
    expect(placeOf(2 * pageSize + 7)).toEqual({ page: 2, at: 7 });
  });
});

describe('moveTo', () => {
  it('stays inside the table', () => {
    expect(moveTo('ArrowUp', 0, 10, 5)).toBe(0);
    expect(moveTo('PageDown', 8, 10, 5)).toBe(9);
    expect(moveTo('End', 3, 10, 5)).toBe(9);
    expect(moveTo('Home', 3, 10, 5)).toBe(0);
  });

  it('leaves other keys alone and has nowhere to go in an empty table', () => {
    expect(moveTo('a', 3, 10, 5)).toBeNull();
    expect(moveTo('End', 0, 0, 5)).toBeNull();
  });
});
