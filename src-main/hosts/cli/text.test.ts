import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, bytes, evidenceWords, plain, table, usd } from './text.ts';

describe('text for people', () => {
  it.each([
    [0, '$0.00'],
    [1, '$0.000000001'],
    [4_200_000, '$0.0042'],
    [500_000_000, '$0.50'],
    [38_120_000, '$0.0381'],
    [1_234_500_000_000, '$1,234.50'],
    [-542_000_000, '-$0.542'],
  ])('%i nano-USD reads %s', (nano, text) => {
    expect(usd(nano)).toBe(text);
  });

  it('never shows money that is there as nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (nano) => {
        expect(usd(nano)).toMatch(/[1-9]/);
      }),
    );
  });

  it('says "at least" while something has no price', () => {
    expect([atLeast(2e9, 0), atLeast(2e9, 3)]).toEqual(['$2.00', 'at least $2.00']);
    expect([1_999_900_000, 999_900_000, -1_001_000_000].map((nano) => atLeast(nano, 1))).toEqual([
      'at least $1.99',
      'at least $0.999',
      'at least -$1.01',
    ]);
  });

  it('names the witnesses, best first', () => {
    expect(evidenceWords({ billed: 1, metered: 0, recorded: 4, estimated: 0 })).toBe('billed+recorded');
    expect(evidenceWords({ billed: 0, metered: 0, recorded: 0, estimated: 0 })).toBe('-');
  });

  it('sizes files', () => {
    expect([bytes(0), bytes(999), bytes(1000), bytes(2_147_483_648)]).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '2.1 GB',
    ]);
  });

  it('aligns columns and does not obey what a file put in a name', () => {
    const columns = [
      { title: 'Model', cell: (row: { name: string; n: number }) => row.name },
      { title: 'N', right: true, cell: (row: { name: string; n: number }) => String(row.n) },
    ];
    expect(
      table(columns, [
        { name: 'a\u001b[2J', n: 1 },
        { name: 'b', n: 100 },
      ]),
    ).toBe('Model    N\na\ufffd[2J    1\nb      100');
    expect(plain('x\u202egnp')).toBe('x\ufffdgnp');
  });
});
