import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decimalText, multiply, parseDecimal } from '../platform/money.ts';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import {
  expectedTotals,
  readTable,
  sampleText,
  sumAmounts,
  sumTokens,
  type TableReading,
} from '../testing/read-table.ts';
import { deepseekCost } from './deepseek-cost.ts';
import { deepseekUsage } from './deepseek-usage.ts';

const july = 'deepseek_amount-2026-7.csv';
const september = 'deepseek_amount-2026-09-01_2026-09-30.csv';

conforms(deepseekUsage, {
  [july]: {
    accepted: 4,
    requests: Number(expectedTotals[july]?.requests),
    tokens: { input: 150_000, cacheRead: 900_000, output: 60_000 },
  },
  [september]: { accepted: 4, requests: 3, tokens: { input: 15_000, output: 2_000 } },
});

const headers = {
  date: 'user_id,utc_date,model,api_key_name,api_key,type,price,amount',
  times: 'user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount',
};
const dated = (date: string, rest = 'output_tokens,0.0000004,5') =>
  `u1,${date},deepseek-v4-flash,main,sk-abcd****wxyz,${rest}`;
const timed = (start: string, end: string) =>
  `u1,${start},${end},deepseek-v4-pro,main,sk-abcd****wxyz,output_tokens,0.000012,5`;
const read = (header: keyof typeof headers, ...rows: readonly string[]) =>
  readTable(deepseekUsage, [headers[header], ...rows, ''].join('\n'));

/** Price times amount over all rows: what the same archive's cost file has to state. */
function priced({ records }: TableReading): string {
  const amounts = records.map((record) => {
    const { input, cacheRead, output } = record.tokens;
    const [count, price] = [
      parseDecimal(String(input + cacheRead + output)),
      parseDecimal(String(record.extras?.pricePerToken ?? '0')),
    ];
    return {
      ...record,
      amount: { value: count && price ? decimalText(multiply(count, price)) : '', currency: '' },
    };
  });
  return sumAmounts(amounts);
}

describe('deepseek-usage', () => {
  it('reads each kind of tokens and the requests to their totals', () => {
    const reading = readTable(deepseekUsage, sampleText(july));
    const truth = expectedTotals[july];
    expect(sumTokens(reading.records)).toMatchObject({
      cacheRead: truth?.input_hit,
      input: truth?.input_miss,
      output: truth?.output,
    });
    expect(priced(reading)).toBe(truth?.price_x_amount);
  });

  it('states prices that agree with the cost file of the same archive', () => {
    for (const period of ['2026-7', '2026-09-01_2026-09-30']) {
      const cost = readTable(deepseekCost, sampleText(`deepseek_cost-${period}.csv`));
      const charged = cost.records.filter(({ charge }) => charge !== 'credit');
      expect(priced(readTable(deepseekUsage, sampleText(`deepseek_amount-${period}.csv`)))).toBe(
        sumAmounts(charged),
      );
    }
    expect(expectedTotals[september]?.price_x_amount_cny).toBe('0.074');
  });

  it('keeps one kind of tokens at two prices as two records, in whatever order a later file states them', () => {
    const [first = '', second = '', ...rest] = sampleText(september).trim().split('\n').slice(1);
    const header = headers.times;
    const keys = (...rows: readonly string[]) =>
      new Map(
        readTable(deepseekUsage, [header, ...rows].join('\n')).records.map(({ extras, key, tokens }) => [
          `${extras?.pricePerToken} ${tokens.output}`,
          key,
        ]),
      );
    const forward = keys(first, second, ...rest);
    expect(new Set(forward.values()).size).toBe(4);
    expect(keys(second.replace('0.000002', '0.0000020'), first, ...rest)).toEqual(forward);
  });

  it('puts a local day on its own date, not on the UTC date it begins on', () => {
    const { records } = read(
      'times',
      timed('2026-09-02T00:00:00+08:00', '2026-09-03T00:00:00+08:00'),
      timed('2026-09-02T00:00:00-07:00', '2026-09-03T00:00:00-07:00'),
      timed('2026-09-02T00:00:00Z', '2026-09-03T00:00:00Z'),
    );
    expect(records.map(({ at, grain, cut }) => [at, grain, cut])).toEqual([
      [Date.UTC(2026, 8, 2), 'day', 'days in +08:00'],
      [Date.UTC(2026, 8, 2), 'day', 'days in -07:00'],
      [Date.UTC(2026, 8, 2), 'day', 'days in UTC'],
    ]);
  });

  it('takes a day of 23 or 25 hours for a day, and hours where they are', () => {
    const { records, refused } = read(
      'times',
      timed('2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'),
      timed('2025-10-26T00:00:00+02:00', '2025-10-27T00:00:00+01:00'),
      timed('2026-09-02T10:00:00+08:00', '2026-09-02T11:00:00+08:00'),
      timed('2026-09-02T10:00:00+08:00', '2026-09-03T10:00:00+08:00'),
      timed('2026-09-02T00:00:00+08:00', '2026-09-04T00:00:00+08:00'),
    );
    expect(records.map(({ at, grain }) => [at, grain])).toEqual([
      [Date.UTC(2026, 2, 29), 'day'],
      [Date.UTC(2025, 9, 26), 'day'],
      [Date.UTC(2026, 8, 2, 2), 'hour'],
    ]);
    expect(refused).toEqual([
      '5 the bucket is no minute, hour, day or month',
      '6 the bucket is no minute, hour, day or month',
    ]);
  });

  it('reads both ways of writing utc_date as one day', () => {
    const { records } = read('date', dated('2026-07-01'));
    expect(read('date', dated('20260701')).records).toEqual(records);
    expect(records[0]).toMatchObject({ at: Date.UTC(2026, 6, 1), grain: 'day', cut: 'days in UTC' });
  });

  it('keeps no key, not even a masked one', () => {
    const { records } = read('date', dated('2026-07-01'));
    expect(records[0]?.extras).toEqual({ apiKey: 'main', pricePerToken: '0.0000004' });
  });

  it('skips empty buckets and refuses kinds and amounts it does not know', () => {
    const { skipped, refused, records } = read(
      'date',
      dated('2026-07-01', 'output_tokens,0.0000004,0'),
      dated('2026-07-01', 'image_tokens,0.1,5'),
      dated('2026-07-01', 'output_tokens,0.0000004,'),
      dated('2026-07-01', 'output_tokens,0.0000004,-5'),
      dated('2026-02-30'),
    );
    expect([records.length, skipped.length]).toEqual([0, 1]);
    expect(refused).toEqual([
      '3 type "image_tokens" is not known',
      '4 amount states no number',
      '5 amount "-5" is negative',
      '6 utc_date "2026-02-30" is a date that does not exist',
    ]);
  });

  it.each([
    { name: 'deepseek_usage_data_2026_7.zip', requests: 42, cash: 52_000_000, usage: 72_000_000 },
    { name: 'deepseek_usage_data_2026-09.zip', requests: 3, cash: 10_360_000, usage: 10_360_000 },
  ])('reads both files of $name: usage from one, money from the other', async (archive) => {
    await using t = await startTestCore();
    await t.call('settings.save', { fxRates: [{ currency: 'CNY', usdPerUnit: '0.14', from: '2026-01-01' }] });
    const file = { path: join(samplesDir, archive.name) };
    const { files, unreadable } = await t.call('imports.commit', { file });
    expect(files.map(({ format }) => format).sort()).toEqual([deepseekCost.id, deepseekUsage.id]);
    expect(unreadable).toEqual([]);
    const { rows, totals } = await t.call('report.run', { by: ['day', 'account'], filters: {} });
    expect(rows.map(({ account }) => account)).toEqual(['DeepSeek API']);
    expect(totals).toMatchObject({
      requests: archive.requests,
      cashNanoUsd: archive.cash,
      unpricedRequests: 0,
    });
    const again = await t.call('imports.commit', { file });
    expect(again.files.map(({ counts }) => counts.accepted)).toEqual([0, 0]);
    const { records } = await t.call('activity.list', { filters: {}, limit: 50 });
    const billed = records.filter(({ charge, evidence }) => evidence === 'billed' && charge === 'usage');
    expect(billed.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0), 0)).toBe(archive.usage);
  });
});
