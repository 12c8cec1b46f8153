import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText, sumTokens } from '../testing/read-table.ts';
import { openaiLegacyActivity } from './openai-legacy-activity.ts';

conforms(openaiLegacyActivity, {
  'openai_legacy_activity.csv': { accepted: 3, requests: 16, tokens: { input: 11000, output: 2550 } },
});

const sample = 'openai_legacy_activity.csv';

describe('openai-legacy-activity', () => {
  it('reads the sample to its totals', () => {
    const { records, refused } = readTable(openaiLegacyActivity, sampleText(sample));
    const { requests, input, output } = expectedTotals[sample] ?? {};
    expect(sumTokens(records)).toMatchObject({ input, output });
    expect(records.reduce((sum, record) => sum + record.requests, 0)).toBe(requests);
    expect(refused).toEqual([]);
  });

  it('keeps five-minute buckets of one model apart; equal rows add up', () => {
    const text = sampleText(sample);
    const twice = text + text.split('\n').slice(1).join('\n');
    const { records } = readTable(openaiLegacyActivity, twice);
    expect(new Set(records.map(({ key }) => key)).size).toBe(3);
  });

  it('refuses a timestamp in milliseconds', () => {
    const { records, refused } = readTable(
      openaiLegacyActivity,
      sampleText(sample).replace('1696118400', '1696118400000'),
    );
    expect(records).toHaveLength(2);
    expect(refused[0]).toMatch(/^2 timestamp "1696118400000" is not a time in seconds/);
  });
});
