import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { anthropicCost } from './anthropic-cost.ts';

conforms(anthropicCost, {
  'anthropic_cost_v1.csv': { accepted: 4, usd: '0.10' },
  'anthropic_cost_v3.csv': { accepted: 5, usd: '0.13' },
});

const v1 = 'anthropic_cost_v1.csv';
const v3 = 'anthropic_cost_v3.csv';
const withoutLast = (count: number) => (line: string) => line.split(',').slice(0, -count).join(',');

describe('anthropic-cost', () => {
  it.each([v1, v3])('reads %s to the cent', (name) => {
    const { records, refused, rows } = readTable(anthropicCost, sampleText(name));
    expect(sumAmounts(records)).toBe(plainAmount(String(expectedTotals[name]?.total_usd)));
    expect({ refused, rows }).toEqual({ refused: [], rows: records.length });
  });

  it('reads the version between: no key ids yet', () => {
    const v2 = sampleText(v3).trim().split('\n').map(withoutLast(2)).join('\n');
    expect(anthropicCost.matches(new Set(v2.split('\n')[0]?.split(',')))).toBe(true);
    expect(readTable(anthropicCost, v2).records).toEqual(readTable(anthropicCost, sampleText(v3)).records);
  });

  it('reads a row of zero cost as a charge of zero, not as an unknown one', () => {
    expect(readTable(anthropicCost, sampleText(v1)).records[3]?.amount).toEqual({
      value: '0.00',
      currency: 'USD',
    });
  });

  it('reads charges that are for no tokens: web search has no model', () => {
    expect(readTable(anthropicCost, sampleText(v3)).records[4]).toMatchObject({
      model: null,
      requests: 0,
      amount: { value: '0.02' },
      extras: { costType: 'web_search' },
    });
  });

  it('refuses a row without an amount', () => {
    expect(readTable(anthropicCost, sampleText(v1).replace('0.02', '')).refused).toEqual([
      '3 cost_usd "" is no amount',
    ]);
  });

  it('gives equal rows one key, as they add up, and the same file the same keys', () => {
    const text = sampleText(v1);
    const keys = (content: string) => readTable(anthropicCost, content).records.map(({ key }) => key);
    expect(keys(text)).toEqual(keys(text));
    const line = text.split('\n')[1] ?? '';
    expect(new Set(keys(`${text}${line}\n${line}\n`)).size).toBe(4);
  });
});
