import { describe, expect, it } from 'vitest';
import { openBucketKeys, openColumns, repeatedColumnWarnings } from './columns.ts';
import { openOccurrences } from './occurrences.ts';

const skip = () => ({ kind: 'skip', reason: 'seen' }) as const;

describe('openColumns', () => {
  const columns = openColumns({ header: ['Cost', 'tokens', '__proto__', 'cost'], decimal: undefined });

  it('finds columns by trimmed name in any case, and no others', () => {
    expect(columns.at('cost')).toBe(0);
    expect(columns.at('spend', 'tokens')).toBe(1);
    expect(columns.at('__proto__')).toBe(2);
    expect(columns.at('constructor')).toBe(-1);
  });

  it('names columns that stand twice, because only one of them is read', () => {
    expect(repeatedColumnWarnings(columns)).toEqual([
      'The column "cost" stands twice; only the first was read.',
    ]);
  });

  it('turns the first unreadable cell into a refusal that names its column, for that row only', () => {
    const cells = ['1,234', 'x'];
    const outcome = columns.read([...cells, '', ''], () => {
      columns.money(0);
      columns.count(1);
      return skip();
    });
    expect(outcome).toEqual({
      kind: 'refuse',
      reason: 'Cost "1,234" is ambiguous: the comma may stand for thousands or for decimals',
    });
    expect(columns.read(['1', '2', '', ''], skip)).toEqual(skip());
  });

  it('refuses an amount whose cell names another currency than the row', () => {
    const read = (cell: string, currency?: string) =>
      columns.read([cell, '', '', ''], () => {
        columns.money(0, currency);
        return skip();
      });
    expect(read('€1.20')).toEqual({ kind: 'refuse', reason: 'Cost "€1.20" is in EUR, not in USD' });
    expect(read('1.20 USD', 'CNY')).toEqual({
      kind: 'refuse',
      reason: 'Cost "1.20 USD" is in USD, not in CNY',
    });
    for (const [cell, currency] of [
      ['€1.20', 'EUR'],
      ['$1.20', 'USD'],
      ['¥1.20', 'CNY'],
      ['1.20', 'CHF'],
    ] as const)
      expect(read(cell, currency)).toEqual(skip());
  });

  it('reads what a short row lacks as blank, where the format writes short rows', () => {
    const lenient = openColumns({ header: ['cost', 'tokens'], decimal: undefined }, () => true);
    const read = () => [lenient.text(0), lenient.count(1), lenient.money(0)];
    let got: readonly unknown[] = [];
    lenient.read([], () => {
      got = read();
      return skip();
    });
    expect(got).toEqual(['', 0, null]);
  });

  it('refuses a row cut off before the last column, whatever its fields say', () => {
    const three = openColumns({ header: ['day', 'model', 'cost', '', ' '], decimal: undefined });
    expect(three.read(['2026-01-02', 'gpt-4o'], skip)).toEqual({
      kind: 'refuse',
      reason: 'the row has 2 fields, the header 3',
    });
    expect(three.read(['2026'], skip)).toMatchObject({ reason: 'the row has 1 field, the header 3' });
    expect(three.read(['2026-01-02', 'gpt-4o', '1'], skip)).toEqual(skip());
  });
});

describe('openOccurrences', () => {
  it('counts each of many keys on its own', () => {
    const occurrence = openOccurrences();
    const keys = Array.from({ length: 20_000 }, (_, index) => `2026-07-01\u001fkey-${index}`);
    expect(keys.every((key) => occurrence(key) === 1)).toBe(true);
    expect(keys.every((key) => occurrence(key) === 2)).toBe(true);
    expect(occurrence('key-0')).toBe(1);
  });

  it('tells dimensions apart whose texts join alike', () => {
    const key = openBucketKeys();
    expect(new Set([key(['a', 'b']), key(['a', 'b']), key(['ab', '']), key(['a', '', 'b'])]).size).toBe(4);
  });
});
