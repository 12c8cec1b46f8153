import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText, sumTokens } from '../testing/read-table.ts';
import { anthropicUsage } from './anthropic-usage.ts';

conforms(anthropicUsage, {
  'anthropic_usage_v1.csv': {
    accepted: 3,
    tokens: { input: 59510, cacheWrite5m: 26096, cacheWrite1h: 1500, cacheRead: 760000, output: 26000 },
  },
  'anthropic_usage_v2.csv': {
    accepted: 4,
    tokens: { input: 200900, cacheWrite5m: 40000, cacheWrite1h: 60000, cacheRead: 800000, output: 42000 },
  },
  'anthropic_usage_hourly_v2.csv': { accepted: 3, tokens: { input: 12000, cacheRead: 15000, output: 600 } },
});

const v1 = 'anthropic_usage_v1.csv';
const v2 = 'anthropic_usage_v2.csv';
const hourly = 'anthropic_usage_hourly_v2.csv';

describe('anthropic-usage', () => {
  it.each([v1, v2, hourly])('reads %s to its totals', (name) => {
    const { records, refused, rows } = readTable(anthropicUsage, sampleText(name));
    const expected = expectedTotals[name] ?? {};
    expect(sumTokens(records)).toEqual({
      input: expected.input_no_cache,
      cacheRead: expected.cache_read,
      cacheWrite5m: expected.cache_write_5m ?? 0,
      cacheWrite1h: expected.cache_write_1h ?? 0,
      cacheWriteUnknown: 0,
      output: expected.output,
      reasoning: 0,
    });
    const searches = records.reduce((sum, { priceFacts }) => sum + (priceFacts?.webSearches ?? 0), 0);
    expect(searches).toBe(expected.web_search ?? 0);
    expect({ refused, rows }).toEqual({ refused: [], rows: records.length });
  });

  it('states what changes the price, and only what the row states', () => {
    const { records } = readTable(anthropicUsage, sampleText(v2));
    expect(records.map(({ priceFacts }) => priceFacts)).toEqual([
      { serviceTier: 'standard', longContext: false, geo: 'global', speed: 'standard', webSearches: 2 },
      { serviceTier: 'standard', longContext: true, geo: 'global', speed: 'standard' },
      { serviceTier: 'standard', longContext: false, speed: 'fast' },
      { serviceTier: 'batch', longContext: false, geo: 'us', speed: 'standard' },
    ]);
    expect(readTable(anthropicUsage, sampleText(v1)).records[1]?.priceFacts).toEqual({
      serviceTier: 'batch',
    });
  });

  it('reads the long context from a copy in which ≤ was garbled', () => {
    for (const garbled of ['= 200k', '? 200k', 'â‰¤ 200k'])
      expect(
        readTable(anthropicUsage, sampleText(v2).replaceAll('≤ 200k', garbled)).records.map(
          ({ priceFacts }) => priceFacts?.longContext,
        ),
      ).toEqual([false, true, false, false]);
  });

  it('takes day and hour from the stamp, in UTC', () => {
    expect(readTable(anthropicUsage, sampleText(hourly)).records[0]).toMatchObject({
      grain: 'hour',
      at: Date.UTC(2026, 6, 1, 2),
    });
    expect(readTable(anthropicUsage, sampleText(v2)).records[0]).toMatchObject({
      grain: 'day',
      at: Date.UTC(2026, 6, 1),
    });
  });

  it('gives a day exported again with the newer columns the keys of the old export', () => {
    const old = sampleText(v1);
    const [header = '', ...rows] = old.trim().split('\n');
    const newer = [
      `${header},context_window,inference_geo,speed`,
      ...rows.map((line) => `${line},≤ 200k,global,standard`),
    ].join('\n');
    const keys = (text: string) => readTable(anthropicUsage, text).records.map(({ key }) => key);
    expect(keys(newer)).toEqual(keys(old));
  });

  it('keeps long context, residency and speed apart from the usual', () => {
    const [header = '', line = ''] = sampleText(v2).split('\n');
    const variants = [
      line,
      line.replace('≤', '>'),
      line.replace('global', 'us'),
      line.replace(/standard$/, 'fast'),
      line.replace('global', 'not_available'),
    ];
    const { records } = readTable(anthropicUsage, [header, ...variants].join('\n'));
    // What was not available is what is usual.
    expect(new Set(records.map(({ key }) => key)).size).toBe(4);
  });

  it('warns of a date that stands there by day and by hour', () => {
    const joined = sampleText(v2) + sampleText(hourly).split('\n').slice(1).join('\n');
    expect(readTable(anthropicUsage, joined).warnings).toEqual([
      'This file holds 2026-07-01 both by day and by hour: that usage counts twice.',
    ]);
  });

  it('refuses dates a spreadsheet rewrote and counts that are none', () => {
    const text = sampleText(v1)
      .replace('2025-06-14', '14.06.2025')
      .replace('51200', '51200')
      .replace(',8000,', ',-8000,');
    expect(readTable(anthropicUsage, text).refused).toEqual([
      '2 usage_date_utc "14.06.2025" leaves open which number is the day and which the month',
      '3 usage_input_tokens_no_cache "-8000" is negative',
    ]);
  });
});
