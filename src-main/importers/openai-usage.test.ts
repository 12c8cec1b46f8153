import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText, sumTokens } from '../testing/read-table.ts';
import { openaiUsage } from './openai-usage.ts';

conforms(openaiUsage, {
  'openai_completions_usage.csv': {
    accepted: 4,
    skipped: 1,
    requests: 17,
    tokens: { input: 96016, cacheRead: 29184, output: 14400 },
  },
});

const sample = 'openai_completions_usage.csv';
const header =
  'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_cache_write_tokens,input_cache_write_text_tokens,input_audio_tokens';
const row = (
  facts: Partial<
    Record<'end' | 'tier' | 'input' | 'cached' | 'uncached' | 'written' | 'audio' | 'requests', string>
  > = {},
) =>
  `1782864000,${facts.end ?? 1782950400},2026-07-01T00:00:00+00:00,,proj_A,${facts.requests ?? '2'},user-1,key-1,gpt-x,FALSE,${facts.tier ?? 'default'},${facts.input ?? '1000.0'},50.0,${facts.cached ?? '300'},${facts.uncached ?? '700'},${facts.written ?? '0'},${facts.written ?? '0'},${facts.audio ?? '0'}`;
const read = (...rows: readonly string[]) => readTable(openaiUsage, [header, ...rows, ''].join('\n'));

describe('openai-usage', () => {
  it('reads the sample to its totals', () => {
    const { records, refused, skipped, warnings, rows } = readTable(openaiUsage, sampleText(sample));
    const expected = expectedTotals[sample];
    const sum = sumTokens(records);
    expect(sum).toMatchObject({
      input: expected?.uncached,
      cacheRead: expected?.cached,
      output: expected?.output,
    });
    expect(sum.input + sum.cacheRead).toBe(expected?.input_total_incl_cached);
    expect(records.reduce((total, { requests }) => total + requests, 0)).toBe(expected?.requests);
    expect([records.length, skipped.length]).toEqual([expected?.usage_rows, expected?.empty_bucket_rows]);
    expect({ refused, warnings, rows }).toEqual({ refused: [], warnings: [], rows: 5 });
  });

  it('states the batch tier, and other tiers by their name', () => {
    const { records } = readTable(openaiUsage, sampleText(sample));
    expect(records.map(({ priceFacts }) => priceFacts?.serviceTier)).toEqual([
      'standard',
      'standard',
      'standard',
      'batch',
    ]);
    expect(read(row({ tier: 'flex' })).records[0]?.priceFacts).toEqual({ serviceTier: 'flex' });
  });

  it('takes cache writes out of the input once, though two columns state them', () => {
    expect(read(row({ written: '200' })).records[0]?.tokens).toMatchObject({
      input: 500,
      cacheRead: 300,
      cacheWriteUnknown: 200,
    });
  });

  it('refuses a row whose parts exceed the whole, and buckets of no known length', () => {
    expect(read(row({ cached: '1001' })).refused).toEqual([
      '2 input_cached_tokens and cache writes exceed input_tokens',
    ]);
    expect(read(row({ end: '1782864007' })).refused).toEqual([
      '2 the bucket is no minute, hour, day or month',
    ]);
  });

  it.each([
    ['1782864060', 'minute'],
    ['1782867600', 'hour'],
    ['1782950400', 'day'],
    ['1785542400', 'month'],
  ])('takes the grain from the end %s: %s', (end, grain) => {
    expect(read(row({ end })).records[0]?.grain).toBe(grain);
  });

  it('reads the bucket of today, which ends in the future', () => {
    const today = row().replace('1782864000', '1790812800').replace('1782950400', '1790899200');
    expect(read(today).records).toHaveLength(1);
  });

  it('replaces a bucket that grew: same key, larger counts', () => {
    const [early, late] = [read(row({ requests: '1' })), read(row({ requests: '9' }))];
    expect(early.records[0]?.key).toBe(late.records[0]?.key);
  });

  it('warns where sums do not add up and where audio is priced as text', () => {
    expect(read(row({ uncached: '699' }), row({ audio: '5' })).warnings).toEqual([
      'In 1 rows cached and uncached tokens do not add up to input_tokens.',
      '1 rows hold audio or image tokens, which are priced as text here.',
    ]);
  });

  it('takes a file of four time columns for an export without usage', () => {
    const empty =
      'start_time,end_time,start_time_iso,end_time_iso\n1782864000,1782950400,2026-07-01T00:00:00,2026-07-02T00:00:00\n';
    expect(openaiUsage.matches(new Set(empty.split('\n')[0]?.split(',')))).toBe(true);
    expect(readTable(openaiUsage, empty)).toMatchObject({ records: [], skipped: ['2 an empty bucket'] });
  });

  it('leaves alone the sister exports that count images or seconds, not tokens', () => {
    expect(openaiUsage.matches(new Set(['start_time_iso', 'num_model_requests', 'images']))).toBe(false);
  });
});
