import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { deepseekCost } from './deepseek-cost.ts';

const july = 'deepseek_cost-2026-7.csv';
const september = 'deepseek_cost-2026-09-01_2026-09-30.csv';

conforms(deepseekCost, {
  [july]: { accepted: 2, usd: expectedTotals[july]?.paid_usd, cashUsd: expectedTotals[july]?.paid_usd },
  [september]: { accepted: 1, cashUsd: 0 },
});

const header = 'user_id,utc_date,model,wallet_type,cost,currency';
const row = (cost: string, wallet = 'Paid', currency = 'USD', model = 'deepseek-v4-flash') =>
  `u1,2026-07-01,${model},${wallet},${cost},${currency}`;
const read = (...rows: readonly string[]) => readTable(deepseekCost, [header, ...rows, ''].join('\n'));

describe('deepseek-cost', () => {
  it('bills both wallets; a credit takes back what a voucher paid, so cash is what was paid', () => {
    const { records } = readTable(deepseekCost, sampleText(july));
    const of = (charge: string | undefined) =>
      sumAmounts(records.filter((record) => record.charge === charge));
    expect(of(undefined)).toBe(expectedTotals[july]?.total_usd);
    expect(of('credit')).toBe(`-${expectedTotals[july]?.granted_usd}`);
    expect(sumAmounts(records)).toBe(expectedTotals[july]?.paid_usd);
  });

  it('reads yuan as yuan, to sixteen decimals', () => {
    const { records } = readTable(deepseekCost, sampleText(september));
    expect(records).toMatchObject([{ amount: { value: '0.0740000000000000', currency: 'CNY' } }]);
    expect(sumAmounts(records)).toBe(plainAmount(String(expectedTotals[september]?.total_cny)));
    expect(read(row('0.0000000000000001')).records[0]?.amount?.value).toBe('0.0000000000000001');
  });

  it('puts a local day on its own date, as the amount file does', () => {
    const [record] = readTable(deepseekCost, sampleText(september)).records;
    expect(record).toMatchObject({ at: Date.UTC(2026, 8, 2), grain: 'day', cut: 'days in +08:00' });
  });

  it('tells wallets, models and currencies apart', () => {
    const { records } = read(
      row('1'),
      row('1', 'Granted'),
      row('1', 'Paid', 'CNY'),
      row('1', 'Paid', 'USD', 'deepseek-v4-pro'),
      row('1'),
    );
    expect(records).toHaveLength(6);
    // The last repeats the first: they add up.
    expect(new Set(records.map(({ key }) => key)).size).toBe(5);
  });

  it('takes back a refund to the voucher as well', () => {
    expect(read(row('-0.5', 'Granted')).records.map(({ amount }) => amount?.value)).toEqual(['-0.5', '0.5']);
  });

  it('refuses wallets, amounts and currencies it does not know', () => {
    expect(read(row('1', 'Gift'), row(''), row('n/a'), row('1', 'Paid', 'yuan'), row('x')).refused).toEqual([
      '2 wallet_type "Gift" is not known',
      '3 cost "" is no amount',
      '4 cost "n/a" is no amount',
      '5 currency "YUAN" is not a currency',
      '6 cost "x" is not a number',
    ]);
  });
});
