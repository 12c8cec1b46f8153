import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRanges, groupProblems, toRanges } from './problems.ts';

const plain = (line: number): string => String(line);

describe('groupProblems', () => {
  it('puts rows with the same kind of trouble together although the bad values differ', () => {
    const groups = groupProblems([
      { line: 640, reason: 'date "2026-13-18" does not exist', raw: 'a' },
      { line: 12, reason: 'cost "n/a" is not a number', raw: 'b' },
      { line: 641, reason: 'date "2026-13-19" does not exist', raw: 'c' },
    ]);
    expect(groups.map((group) => [group.reason, group.varies, group.rows.length])).toEqual([
      ['date "2026-13-18" does not exist', true, 2],
      ['cost "n/a" is not a number', false, 1],
    ]);
    expect(groups[0]?.ranges).toEqual([{ from: 640, to: 641 }]);
  });

  it('loses and invents no row', () => {
    const problem = fc.record({
      line: fc.integer({ min: 0, max: 50 }),
      reason: fc.constantFrom('cost "1" is odd', 'cost "2" is odd', 'row is short'),
      raw: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(problem), (problems) => {
        const rows = groupProblems(problems).flatMap((group) => group.rows);
        expect(rows.toSorted(byText)).toEqual(problems.toSorted(byText));
      }),
    );
  });
});

describe('toRanges', () => {
  it('covers exactly the given lines', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (lines) => {
        const covered = toRanges(lines).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect(covered).toEqual([...new Set(lines)].sort((a, b) => a - b));
      }),
    );
  });
});

describe('describeRanges', () => {
  it('counts the lines it does not name', () => {
    const ranges = toRanges([1, 2, 3, 7, 9, 20, 21, 40]);
    expect(describeRanges(ranges, plain)).toBe('1–3, 7, 9 and 3 more');
    expect(describeRanges(ranges, plain, 9)).toBe('1–3, 7, 9, 20–21, 40');
  });
});

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
