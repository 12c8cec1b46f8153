import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText } from '../testing/read-table.ts';
import { langfuseObservations } from './langfuse-observations.ts';

const sample = 'langfuse_observations.csv';
const expected = expectedTotals[sample] ?? {};

conforms(langfuseObservations, {
  [sample]: {
    accepted: 2,
    skipped: 1,
    requests: 2,
    usd: expected.total_usd,
    tokens: {
      input: 1200,
      cacheRead: Number(expected.input_usage) - 1200,
      output: Number(expected.output_usage),
    },
  },
});

describe('langfuse-observations', () => {
  const read = (text = sampleText(sample)) => readTable(langfuseObservations, text);

  it('reads times in quotes of their own and goes to the vendors whose models were called', () => {
    expect(read().records).toMatchObject([
      { key: 'obs-2', at: Date.UTC(2026, 6, 1, 10, 0, 1), provider: 'anthropic', project: 'chat' },
      { key: 'obs-3', session: 'trace-1', provider: 'openai' },
    ]);
  });

  it('leaves spans out: they repeat the calls inside them', () => {
    expect(read().skipped).toEqual(['2 no call: the observation has no model']);
  });

  it('reads files with a column per score behind', () => {
    const scored = sampleText(sample)
      .trim()
      .split('\n')
      .map((line, index) => `${line},${index === 0 ? '"helpful, yes"' : '"0.5"'}`);
    expect(read(scored.join('\n')).records).toEqual(read().records);
  });

  it('refuses details that are not JSON and amounts that are none', () => {
    const text = sampleText(sample)
      .replace('{""input"":1000,""input_cache_read"":4000,""output"":500,""total"":5500}', '{""input"":')
      .replace('"0.000250","200"', '"free of charge","200"');
    expect(read(text).refused).toEqual([
      '3 usageDetails is not valid JSON',
      '4 totalCost "free of charge" is not a number',
    ]);
  });
});
