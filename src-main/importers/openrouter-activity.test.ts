import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import {
  expectedTotals,
  plainAmount,
  readTable,
  sampleText,
  sumAmounts,
  sumTokens,
} from '../testing/read-table.ts';
import { openrouterActivity } from './openrouter-activity.ts';

conforms(openrouterActivity, {
  'openrouter_activity.csv': {
    accepted: 4,
    requests: 4,
    usd: expectedTotals['openrouter_activity.csv']?.total_cost_usd,
    tokens: { input: 18900, cacheRead: 4000, output: 520, reasoning: 120 },
  },
});

const sample = 'openrouter_activity.csv';
const read = (text = sampleText(sample)) => readTable(openrouterActivity, text);

/** The sample without one column, as files of another month have it. */
function without(column: string): string {
  const lines = sampleText(sample).trim().split('\n');
  const at = lines[0]?.split(',').indexOf(column);
  return lines
    .map((line) =>
      line
        .split(',')
        .filter((_, index) => index !== at)
        .join(','),
    )
    .join('\n');
}

describe('openrouter-activity', () => {
  it('reads the sample to its totals: cost_total alone, parts never added', () => {
    const { records, refused } = read();
    const expected = expectedTotals[sample] ?? {};
    const sum = sumTokens(records);
    expect(sumAmounts(records)).toBe(plainAmount(String(expected.total_cost_usd)));
    expect(sum.input + sum.cacheRead).toBe(expected.prompt);
    expect(sum).toMatchObject({
      cacheRead: expected.cached_subset,
      output: expected.completion,
      reasoning: expected.reasoning_subset,
    });
    expect({ refused, rows: records.length }).toEqual({ refused: [], rows: expected.rows });
    expect(records[3]?.extras?.byokUpstreamUsd).toBe(expected.byok_upstream_usd);
  });

  it('knows a call by its generation id, in the file and in the world', () => {
    expect(read().records[0]).toMatchObject({
      key: 'gen-1785600400-aQ3xYz',
      vendorCallId: 'gen-1785600400-aQ3xYz',
      requests: 1,
      grain: 'instant',
      at: Date.UTC(2026, 7, 1, 16, 6, 40, 512),
    });
  });

  it('charges a cancelled generation and says that it was cancelled', () => {
    expect(read().records[2]).toMatchObject({ status: 'cancelled', amount: { value: '0.002550' } });
    expect(read().records[0]).not.toHaveProperty('status');
  });

  it('reads files of December 2025, which lack tokens_cached', () => {
    expect(sumTokens(read(without('tokens_cached')).records)).toMatchObject({ input: 22_900, cacheRead: 0 });
  });

  it('tells the free variant from the paid model', () => {
    const text = sampleText(sample).replace('OpenAI,standard', 'OpenAI,free').replace('0.000645', '0.000000');
    expect(read(text).records[1]).toMatchObject({
      model: 'openai/gpt-5-mini-2025-08-07:free',
      amount: { value: '0.000000' },
      extras: { variant: 'free' },
    });
  });

  it('refuses rows without id, time or amount, or with more cached than sent', () => {
    const text = sampleText(sample)
      .replace('gen-1785600400-aQ3xYz', '')
      .replace('2026-08-01 16:05:00.004', '2026-08-01')
      .replace('0.002550', '')
      .replace('6000,0,0,0', '6000,0,0,6001');
    expect(read(text).refused).toEqual([
      '2 the row has no generation_id',
      '3 created_at states no time',
      '4 cost_total "" is no amount',
      '5 tokens_cached exceeds tokens_prompt',
    ]);
  });

  it('refuses the half row a file ends with when it was cut off', () => {
    const text = sampleText('openrouter_activity.csv').trimEnd();
    const whole = readTable(openrouterActivity, text);
    const cut = readTable(openrouterActivity, text.slice(0, text.lastIndexOf(',')));
    expect(cut.records).toEqual(whole.records.slice(0, -1));
    expect(cut.refused).toEqual([expect.stringMatching(/the row has \d+ fields, the header \d+$/)]);
  });
});
