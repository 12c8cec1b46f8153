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
import { litellmDaily } from './litellm-daily.ts';

const sample = 'litellm_usage_daily.csv';
const expected = expectedTotals[sample] ?? {};

conforms(litellmDaily, {
  [sample]: {
    accepted: 3,
    requests: 9014,
    usd: expected.total_usd,
    tokens: { input: Number(expected.prompt), output: Number(expected.completion) },
  },
});

const header =
  'Date,Tag,Tag ID,Spend ($),Flat Cost ($),Requests,Successful Requests,Failed Requests,Total Tokens,Prompt Tokens,Completion Tokens,Cache Read Input Tokens,Cache Creation Input Tokens';
const read = (...rows: string[]) => readTable(litellmDaily, [header, ...rows].join('\n'));

describe('litellm-daily', () => {
  it('reads thousands commas in the spend and names the team', () => {
    const { records } = readTable(litellmDaily, sampleText(sample));
    expect(sumAmounts(records)).toBe(plainAmount(String(expected.total_usd)));
    expect(records[1]).toMatchObject({
      project: 'research',
      amount: { value: '1204.5000' },
      cut: 'by team',
      grain: 'day',
    });
  });

  it('takes cached tokens out of the prompt in files of July 2026 and later, and keeps the flat cost beside', () => {
    const { records } = read('2026-07-01,app,t-1,0.5000,2.0000,3,3,0,1100,1000,100,600,150');
    expect(sumTokens(records)).toMatchObject({
      input: 250,
      cacheRead: 600,
      cacheWriteUnknown: 150,
      output: 100,
    });
    expect(records[0]).toMatchObject({ amount: { value: '0.5000' }, extras: { flatCostUsd: '2.0000' } });
  });

  it('says that tags overlap, and that a total does not add up', () => {
    expect(read('2026-07-01,app,t-1,0.5000,0,3,3,0,999,1000,100,0,0').warnings).toEqual([
      'A call with two tags stands in the rows of both: the sum can be higher than the spend.',
      'In 1 rows Total Tokens is not Prompt Tokens plus Completion Tokens.',
    ]);
  });

  it('knows a day and team again when it has grown; two rows of one add up', () => {
    const keys = (...rows: string[]) => read(...rows).records.map((record) => record.key);
    const row = '2026-07-01,app,t-1,0.5000,0,3,3,0,1100,1000,100,0,0';
    expect(keys(row)).toEqual(keys(row.replace('0.5000', '0.9000')));
    expect(new Set(keys(row, row)).size).toBe(1);
  });

  it('refuses a day without spend or with more cached than sent', () => {
    expect(
      read(
        '2026-07-01,app,t-1,,0,3,3,0,1100,1000,100,0,0',
        '2026-07-01,app,t-1,1.0000,0,3,3,0,1100,1000,100,900,101',
      ).refused,
    ).toEqual(['2 Spend ($) "" is no amount', '3 more cached tokens than prompt tokens']);
  });
});
