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
import { openaiCost } from './openai-cost.ts';

conforms(openaiCost, {
  'openai_cost.csv': { accepted: 4, skipped: 1, usd: expectedTotals['openai_cost.csv']?.total_usd },
  'openai_cost_2025.csv': { accepted: 2, skipped: 1, usd: expectedTotals['openai_cost_2025.csv']?.total_usd },
});

const header2025 =
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name';
const row = (amount: string, item: string) =>
  `1782864000,1782950400,2026-07-01T00:00:00,2026-07-02T00:00:00,${amount},usd,"${item}",proj_A,org-1,Example`;
const read = (...rows: readonly string[]) => readTable(openaiCost, [header2025, ...rows, ''].join('\n'));

describe('openai-cost', () => {
  it.each(['openai_cost.csv', 'openai_cost_2025.csv'])('reads %s to the cent and beyond', (name) => {
    const { records, refused, skipped, rows } = readTable(openaiCost, sampleText(name));
    expect(sumAmounts(records)).toBe(plainAmount(String(expectedTotals[name]?.total_usd)));
    expect({ refused, skipped: skipped.length }).toEqual({ refused: [], skipped: 1 });
    expect(records.length + skipped.length).toBe(rows);
  });

  it('takes tokens from the quantity of token items only', () => {
    const { records } = readTable(openaiCost, sampleText('openai_cost.csv'));
    expect(sumTokens(records)).toMatchObject({ input: 46_400, cacheRead: 12_800, output: 8_100 });
    expect(records.at(-1)).toMatchObject({
      model: null,
      project: 'alpha',
      extras: { lineItem: 'web search tool calls', quantity: '1' },
    });
  });

  it('splits the item at its last comma and keeps it where it names no tokens', () => {
    const items = [
      'ft:gpt-4o, small, cached_input_tokens',
      'gpt-x, cache_write_tokens',
      'gpt-x, output_tokens',
      'assistants api, file search',
    ];
    const { records } = read(...items.map((item) => row('1', item)));
    expect(records.map(({ model }) => model)).toEqual(['ft:gpt-4o, small', 'gpt-x', 'gpt-x', null]);
  });

  it('gives a bucket one key whatever year named its kind of tokens, and a day exported again the same keys', () => {
    const keys = (item: string) => read(row('1', item)).records.map(({ key }) => key);
    expect(keys('gpt-x, cached input')).toEqual(keys('gpt-x, cached_input_tokens'));
    expect(keys('gpt-x, input')).toEqual(keys('gpt-x, input_tokens'));
    expect(keys('gpt-x, input')).not.toEqual(keys('gpt-x, output'));
  });

  it('gives two rows of the same dimensions one key, under which they add up', () => {
    const { records } = read(row('1', 'gpt-x, input'), row('1', 'gpt-x, input'));
    expect([records.length, new Set(records.map(({ key }) => key)).size]).toEqual([2, 1]);
  });

  it('reads a short empty day, a zero amount as free, and refuses what it cannot trust', () => {
    const { records, skipped, refused } = read(
      '1782864000,1782950400,2026-07-01T00:00:00,2026-07-02T00:00:00',
      row('0', 'gpt-x, input'),
      row('"1,234"', 'gpt-x, input'),
      row('n/a', 'gpt-x, input'),
      row('9000001', 'gpt-x, input'),
      row('1', 'gpt-x, input').replace('1782864000', '1782864000000'),
      row('1', 'gpt-x, input').replace('1782950400', '1782864001'),
      row('1', 'gpt-x, input').replace('usd', 'dollars'),
    );
    expect(skipped).toHaveLength(1);
    expect(records).toMatchObject([{ amount: { value: '0', currency: 'USD' }, grain: 'day' }]);
    expect(refused).toEqual([
      '4 amount_value "1,234" is ambiguous: the comma may stand for thousands or for decimals',
      '5 amount_value of "gpt-x, input" is no amount',
      '6 amount_value "9000001": the amount is too large',
      '7 start_time "1782864000000" is not a time in seconds since 1970',
      '8 the bucket is no minute, hour, day or month',
      '9 amount_currency "DOLLARS" is not a currency',
    ]);
  });

  it('refuses a row cut anywhere: only a bucket that states its four whole times, and no more, is empty', () => {
    const whole = row('0.01', 'gpt-x, input');
    for (let length = 1; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      const { records, refused, skipped } = read(row('1', 'gpt-x, output'), cut);
      const isEmptyBucket = /T00:00:00,.*T00:00:00,?$/.test(cut);
      const isAmountOn = length > whole.lastIndexOf(',');
      expect(records, cut).toHaveLength(isAmountOn ? 2 : 1);
      expect([refused.length, skipped.length], cut).toEqual(
        isAmountOn ? [0, 0] : isEmptyBucket ? [0, 1] : [1, 0],
      );
    }
  });

  it('says of the sample cut in its last row how many fields are left', () => {
    const { refused, records } = readTable(openaiCost, sampleText('openai_cost.csv').slice(0, -200));
    expect(refused).toEqual([expect.stringMatching(/^\d+ the row has 3 fields, the header 17$/)]);
    expect(records.length).toBeGreaterThan(0);
  });

  it('reads the same money from a copy saved by a spreadsheet with ; and decimal commas', () => {
    const original = read(row('0.0125', 'gpt-x, input'), row('-1.5', 'gpt-x, output'));
    const lines = [
      header2025.replaceAll(',', ';'),
      ...[
        ['0,0125', 'gpt-x, input'],
        ['-1,5', 'gpt-x, output'],
      ].map(
        ([amount, item]) =>
          `1782864000;1782950400;2026-07-01T00:00:00;2026-07-02T00:00:00;${amount};usd;${item};proj_A;org-1;Example`,
      ),
    ];
    const text = `\uFEFF${lines.join('\r\n')}\r\n`;
    for (const copy of [text, Buffer.from(text, 'utf16le')])
      expect(readTable(openaiCost, copy).records).toEqual(original.records);
  });
});
