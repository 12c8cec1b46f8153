import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText, sumAmounts, sumTokens } from '../testing/read-table.ts';
import { cursorUsage } from './cursor-usage.ts';

conforms(cursorUsage, {
  'cursor_usage_events_v1.csv': {
    accepted: 2,
    requests: 2,
    tokens: { cacheWriteUnknown: 12_000, input: 12_544, cacheRead: 120_208, output: 8_012 },
    usd: expectedTotals['cursor_usage_events_v1.csv']?.value_usd,
    cashUsd: expectedTotals['cursor_usage_events_v1.csv']?.charged_usd,
  },
  'cursor_usage_events_v2.csv': {
    accepted: 3,
    requests: 3,
    tokens: { cacheWriteUnknown: 12_000, input: 31_500, cacheRead: 102_000, output: 9_900 },
    cashUsd: expectedTotals['cursor_usage_events_v2.csv']?.charged_usd,
  },
  'cursor_usage_events_v3.csv': {
    accepted: 2,
    requests: 2,
    tokens: { cacheWriteUnknown: 12_000, input: 2_050, cacheRead: 240_000, output: 6_900 },
    cashUsd: expectedTotals['cursor_usage_events_v3.csv']?.charged_usd,
  },
  'cursor_usage_events_team_v4.csv': {
    accepted: 2,
    requests: 2,
    tokens: { cacheWriteUnknown: 0, input: 9_500, cacheRead: 1_000, output: 820 },
    cashUsd: expectedTotals['cursor_usage_events_team_v4.csv']?.charged_usd,
  },
});

const header2 =
  'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost';
const row2 = (kind: string, cost: string, at = '2025-11-04T14:03:10.551Z') =>
  `${at},"${kind}",gpt-5,No,0,100,20,3,123,"${cost}"`;
const read2 = (...rows: readonly string[]) => readTable(cursorUsage, [header2, ...rows, ''].join('\n'));

const header1 =
  'Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost,Cost to you';
const read1 = (...costs: readonly string[]) =>
  readTable(
    cursorUsage,
    [header1, ...costs.map((cost) => `2025-08-11T09:12:44.120Z,gpt-5,0,100,20,3,123,${cost}`)].join('\n'),
  );

const usd = (value: string) => ({ value, currency: 'USD' });

describe('cursor-usage', () => {
  it.each([1, 2, 3])('reads the disjoint token columns of version %i to the Total Tokens', (version) => {
    const name = `cursor_usage_events_v${version}.csv`;
    const { records, refused, warnings } = readTable(cursorUsage, sampleText(name));
    const sum = sumTokens(records);
    expect(sum.input + sum.cacheRead + sum.cacheWriteUnknown + sum.output).toBe(expectedTotals[name]?.total);
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('charges on-demand events alone; on an included one a number is a value', () => {
    const { records } = read2(
      row2('Included', 'Included'),
      row2('Included in Pro', '0.19'),
      row2('On-Demand', '$0.10'),
      row2('Usage-based', '1.5'),
      row2('On-Demand', 'Free'),
      row2('Free', '0.20'),
      row2('User API Key', '-'),
      row2('Included', '0.00'),
    );
    expect(records.map(({ coveredByPlan = false, amount }) => [coveredByPlan, amount?.value])).toEqual([
      [true, undefined],
      [true, '0.19'],
      [false, '0.10'],
      [false, '1.5'],
      [false, '0'],
      [false, '0'],
      [false, '0'],
      [true, undefined],
    ]);
    expect(records[5]?.extras).toMatchObject({ valueUsd: '0.20' });
    expect(records.map(({ evidence }) => evidence)).toEqual([
      'recorded',
      'recorded',
      ...Array(5).fill(undefined),
      'recorded',
    ]);
  });

  it('keeps failed events as usage that cost nothing, with how they ended', () => {
    const { records } = read2(row2('Errored, No Charge', '-'), row2('Aborted, Not Charged', '0.3'));
    expect(records).toMatchObject([
      { status: 'error', amount: usd('0'), tokens: { input: 100 } },
      { status: 'cancelled', amount: usd('0'), extras: { valueUsd: '0.3' } },
    ]);
  });

  it('leaves the cost open where the kind does not say whether it was charged, and says so', () => {
    const { records, warnings } = read2(row2('Something New', '0.5'), row2('On-Demand', '-'));
    expect(records.map(({ amount, coveredByPlan }) => [amount, coveredByPlan])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(records[0]?.extras).toMatchObject({ kind: 'Something New', valueUsd: '0.5' });
    expect(warnings).toEqual([expect.stringMatching(/^In 1 row of the kind "Something New"/)]);
  });

  it('of the files of mid 2025 charges `Cost to you`; the value of what was not charged stands apart', () => {
    const { records } = read1('0.19,0', '0.19,0.19', '0.19,0.05', 'Included,-', '0,0', '-,-');
    expect(records.map(({ coveredByPlan = false, amount }) => [coveredByPlan, amount?.value])).toEqual([
      [true, '0.19'],
      [false, '0.19'],
      [false, '0.05'],
      [true, undefined],
      [false, '0'],
      [false, undefined],
    ]);
    expect(records[2]?.extras).toMatchObject({ valueUsd: '0.19' });
  });

  it('reads a comma in tokens as thousands also where no other number tells, but never one in a cost', () => {
    const tokens = read2(
      '2026-04-20T08:00:01.100Z,Included,auto,No,0,"1,250","40,000",900,"42,150",Included',
    );
    expect(tokens.records).toMatchObject([{ model: 'auto', tokens: { input: 1250, cacheRead: 40_000 } }]);
    expect(tokens.warnings).toEqual([]);
    expect(read2(row2('On-Demand', '1,250')).refused).toEqual([expect.stringContaining('ambiguous')]);
  });

  it('gives one event one key in files of every version, and twins keys of their own', () => {
    const [old] = read1('0.1,0.1').records;
    const event = row2('On-Demand', '0.1', '2025-08-11T09:12:44.120Z');
    const newer = read2(event, event).records;
    expect(newer[0]?.key).toBe(old?.key);
    expect(newer[1]?.key).not.toBe(old?.key);
  });

  it('a price once stated outlives a later file that does not state it', () => {
    const [priced, unpriced] = read2(row2('Included', '0.1'), row2('Included', 'Included')).records;
    expect(priced?.precedence).toBeGreaterThan(unpriced?.precedence ?? 0);
  });

  it('reads days, and times as spreadsheets save them again', () => {
    const { records } = read2(
      row2('Included', 'Included', '2025-07-01'),
      row2('Included', 'Included', '2025-07-01 10:00:00'),
    );
    expect(records).toMatchObject([
      { at: Date.UTC(2025, 6, 1), grain: 'day' },
      { at: Date.UTC(2025, 6, 1, 10), grain: 'instant' },
    ]);
  });

  it('flags rows whose tokens do not add up and refuses what cannot be read', () => {
    const { warnings, refused } = read2(
      row2('Included', 'Included').replace(',123,', ',124,'),
      row2('On-Demand', 'lots'),
      row2('On-Demand', '-0.1'),
      row2('On-Demand', '€1.20'),
      row2('Included', 'Included', '2025-07'),
      row2('Included', 'Included').replace(',100,', ',1.5,'),
    );
    expect(warnings).toEqual(['In 1 row the four kinds of tokens do not add up to Total Tokens.']);
    expect(refused).toEqual([
      '3 Cost "lots" is not a number',
      '4 Cost is negative',
      '5 Cost is not in USD',
      '6 Date states a month',
      '7 Input (w/o Cache Write) "1.5" is not a whole number',
    ]);
  });

  it('keeps neither e-mail addresses nor anything else of who asked', () => {
    const { records } = readTable(cursorUsage, sampleText('cursor_usage_events_team_v4.csv'));
    expect(JSON.stringify(records)).not.toContain('@');
    const cloud = readTable(cursorUsage, sampleText('cursor_usage_events_v3.csv')).records;
    expect(cloud[1]).toMatchObject({ session: 'bc-7f2e', extras: { maxMode: 'yes' } });
  });

  it('sums the charged money of a file exactly', () => {
    const cash = readTable(cursorUsage, sampleText('cursor_usage_events_v3.csv')).records.filter(
      ({ coveredByPlan }) => !coveredByPlan,
    );
    expect(sumAmounts(cash)).toBe(expectedTotals['cursor_usage_events_v3.csv']?.charged_usd);
  });
});
