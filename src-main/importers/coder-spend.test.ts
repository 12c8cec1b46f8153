import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText } from '../testing/read-table.ts';
import { coderSpend } from './coder-spend.ts';

const sample = 'coder_ai_spend.csv';

conforms(coderSpend, {
  [sample]: {
    accepted: 2,
    requests: 0,
    usd: expectedTotals[sample]?.total_usd,
    tokens: { input: 3000, cacheRead: 20_000, output: 800 },
  },
});

describe('coder-spend', () => {
  const read = (changes: readonly (readonly [string, string])[] = []) =>
    readTable(
      coderSpend,
      changes.reduce((text, [from, to]) => text.replaceAll(from, to), sampleText(sample)),
    );

  it('reads millionths of a dollar, a month at a time, by vendor and group', () => {
    expect(read().records).toMatchObject([
      {
        amount: { value: '0.0105', currency: 'USD' },
        grain: 'month',
        provider: 'anthropic',
        project: 'core',
      },
      { amount: { value: '0.0011' }, at: Date.UTC(2026, 6, 1), provider: 'openai' },
    ]);
  });

  it('keeps days and months apart: a month holds its days', () => {
    const days = read([['2026-08-01', '2026-07-02']]).records;
    expect(days.map(({ grain, cut }) => [grain, cut])).toEqual([
      ['day', 'days'],
      ['day', 'days'],
    ]);
    expect(read().records[0]?.cut).toBe('months');
  });

  it('refuses a period no bucket has, and leaves what Coder knows no price for to be priced', () => {
    const reason = 'the period is no whole UTC day or month: export such a period';
    expect(read([['2026-08-01', '2026-07-09']]).refused).toEqual([`2 ${reason}`, `3 ${reason}`]);
    expect(
      read([
        ['2026-07-01', '2026-07-04'],
        ['2026-08-01', '2026-08-04'],
      ]).refused,
    ).toHaveLength(2);
    expect(read([[',10500,', ',0,']]).records[0]).not.toHaveProperty('amount');
  });
});
