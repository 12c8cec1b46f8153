import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { startTestCore } from '../testing/core.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { fireworksCost } from './fireworks-cost.ts';

const sample = 'fireworks_usage_costs.csv';
const total = expectedTotals[sample]?.total_usd;

conforms(fireworksCost, { [sample]: { accepted: 3, usd: total, cashUsd: total } });

const header = 'account_id,date,group_by_dimension,group_by_value,subtotal_usd,currency';
const row = (dimension: string, value: string, money = '1.000000001') =>
  `my-account,2026-05-14,${dimension},${value},${money},USD`;
const text = (...rows: readonly string[]) => [header, ...rows, ''].join('\n');
const read = (...rows: readonly string[]) => readTable(fireworksCost, text(...rows));

describe('fireworks-cost', () => {
  it('reads the sample to its total; what names no model has none', () => {
    const { records } = readTable(fireworksCost, sampleText(sample));
    expect(sumAmounts(records)).toBe(plainAmount(String(total)));
    expect(records.map(({ model }) => model)).toEqual([
      'accounts/my-account/models/glm-5p2',
      null,
      'accounts/fireworks/models/deepseek-v4',
    ]);
    expect(records[1]?.extras).toMatchObject({ value: 'unknown_model' });
  });

  it('takes each dimension for a cut of its own and only models for models', () => {
    const { records } = read(
      row('model', 'unattributed'),
      row('model_tier', 'large'),
      row('user', 'dev@example.com'),
      row('api_key', 'main'),
    );
    expect(records.map(({ cut, model }) => [cut, model])).toEqual([
      ['by model', null],
      ['by model_tier', null],
      ['by user', null],
      ['by api_key', null],
    ]);
    expect(records.map(({ extras }) => extras?.value)).toEqual(['unattributed', 'large', undefined, 'main']);
  });

  it('never sums files of different dimensions, nor dimensions within one file', async () => {
    await using t = await startTestCore();
    const files = [
      text(row('model', 'a'), row('model', 'b')),
      text(row('user', 'dev@example.com', '2.000000002'), row('api_key', 'main', '2.000000002')),
    ];
    for (const [index, content] of files.entries()) {
      const path = join(t.dir, `${index}.csv`);
      writeFileSync(path, content);
      await t.call('imports.commit', { file: { path } });
    }
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.cashNanoUsd).toBe(2_000_000_002);
  });

  it('gives a day exported again, and twins, which add up, the same key', () => {
    const keys = (money: string) =>
      read(row('model', 'a', money), row('model', 'a', money)).records.map((r) => r.key);
    expect(new Set(keys('1')).size).toBe(1);
    expect(keys('2')).toEqual(keys('1'));
  });

  it('refuses rows without money, dimension, day or currency', () => {
    expect(
      read(
        row('model', 'a', ''),
        row('', 'a'),
        row('model', 'a').replace('2026-05-14', '05/14/2026'),
        row('model', 'a').replace('USD', 'credits'),
      ).refused,
    ).toEqual([
      '2 subtotal_usd "" is no amount',
      '3 group_by_dimension is blank',
      '4 date "05/14/2026" leaves open which number is the day and which the month',
      '5 currency "CREDITS" is not a currency',
    ]);
  });
});
