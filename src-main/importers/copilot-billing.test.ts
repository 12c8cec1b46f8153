import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { copilotBilling } from './copilot-billing.ts';

const premium = 'copilot_premium_requests_2025-11.csv';
const transition = 'copilot_transition_2026-05.csv';
const credits = 'copilot_ai_credits_2026-07.csv';
const truth = (name: string, what: string) => String(expectedTotals[name]?.[what]);

conforms(copilotBilling, {
  [premium]: { accepted: 4, usd: truth(premium, 'gross_usd'), cashUsd: truth(premium, 'net_usd') },
  [transition]: { accepted: 2, skipped: 1, usd: '0.12', cashUsd: truth(transition, 'net_usd') },
  [credits]: { accepted: 3, usd: truth(credits, 'gross_usd'), cashUsd: truth(credits, 'net_usd') },
});

const header =
  'date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,username,organization,repository,cost_center_name,model,input,output,cache_read,cache_write,total_monthly_quota';
interface Cells {
  readonly date?: string;
  readonly product?: string;
  readonly sku?: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly price?: string;
  /** Gross, discount, net. */
  readonly money?: string;
  readonly model?: string;
  readonly tokens?: string;
}
const row = (cells: Cells = {}) =>
  [
    cells.date ?? '2026-07-01',
    cells.product ?? 'copilot',
    cells.sku ?? 'copilot_ai_credit',
    cells.quantity ?? '10',
    cells.unit ?? 'ai-credits',
    cells.price ?? '0.01',
    cells.money ?? '0.10,0,0.10',
    'octocat,acme,acme/site,',
    cells.model ?? 'GPT-5.4',
    cells.tokens ?? '',
    ...(cells.tokens === undefined ? ['', '', ''] : []),
    '1000',
  ].join(',');
const read = (...rows: readonly string[]) => readTable(copilotBilling, [header, ...rows, ''].join('\n'));

function quantities(name: string): string {
  const { records } = readTable(copilotBilling, sampleText(name));
  return sumAmounts(
    records.map((record) => ({
      ...record,
      amount: { value: String(record.extras?.quantity), currency: '' },
    })),
  );
}

describe('copilot-billing', () => {
  it('reads net as billed and the discount as what the plan covered, to the last digit', () => {
    const { records } = readTable(copilotBilling, sampleText(premium));
    const [covered, billed] = [true, undefined].map((is) =>
      records.filter(({ coveredByPlan }) => coveredByPlan === is),
    );
    expect(sumAmounts(covered ?? [])).toBe(truth(premium, 'discount_usd'));
    expect(sumAmounts(billed ?? [])).toBe(plainAmount(truth(premium, 'net_usd')));
    expect(quantities(premium)).toBe(truth(premium, 'requests'));
    expect(quantities(credits)).toBe(truth(credits, 'credits'));
  });

  it('counts premium requests and credits as no calls: one call takes 0.33 or 10 of them', () => {
    for (const name of [premium, transition, credits])
      expect(
        readTable(copilotBilling, sampleText(name)).records.every(({ requests }) => requests === 0),
      ).toBe(true);
  });

  it('never adds the preview in credits of spring 2026, but keeps it', () => {
    const { records } = readTable(copilotBilling, sampleText(transition));
    expect(sumAmounts(records)).toBe('0.12');
    const previews = records.map(({ extras }) => ({ amount: { value: String(extras?.aicPreviewUsd) } }));
    expect(previews.map(({ amount }) => amount.value)).toEqual(['0.615', '0.1425']);
    expect(0.615 + 0.1425).toBe(Number(truth(transition, 'aic_preview_usd')));
  });

  it('skips back-filled rows of zero quantity, but not a row of zero money that was used', () => {
    const nothing = row({ quantity: '0', money: '0,0,0.000' });
    const { records, skipped } = read(nothing, row({ money: '0,0,0', price: '0' }));
    expect(skipped).toEqual(['2 a row of zero quantity']);
    expect(records).toMatchObject([{ amount: { value: '0' } }]);
  });

  it('splits a row the allowance covered in part; its tokens are counted once, with the covered part', () => {
    const { records } = read(row({ quantity: '30', money: '0.30,0.20,0.10', tokens: '100,7,50,3' }));
    expect(records).toMatchObject([
      {
        coveredByPlan: true,
        evidence: 'recorded',
        amount: { value: '0.20' },
        tokens: { input: 100, output: 7, cacheRead: 50, cacheWriteUnknown: 3 },
      },
      { amount: { value: '0.10' }, tokens: { input: 0, output: 0 } },
    ]);
    expect(records[1]).not.toHaveProperty('coveredByPlan');
  });

  it('lets unknown SKUs pass, tells seats as purchases and leaves out what is no AI service', () => {
    const { records, skipped, warnings } = read(
      row({ sku: 'copilot_something_new' }),
      row({ sku: 'copilot_for_business', unit: 'user-months', quantity: '1', price: '19', money: '19,4,15' }),
      row({ product: 'actions', sku: 'actions_linux', unit: 'minutes' }),
      row({ product: 'spark', sku: 'spark_ai_credit', model: '' }),
    );
    expect(records.map(({ model, charge, amount }) => [model, charge, amount?.value])).toEqual([
      ['GPT-5.4', undefined, '0.10'],
      ['GPT-5.4', 'purchase', '15'],
      [null, undefined, '0.10'],
    ]);
    expect(skipped).toEqual(['4 actions is no AI service']);
    expect(warnings).toEqual(['In 1 row the charge is for another service than AI: it was left out.']);
  });

  it('reads dates as GitHub and as American spreadsheets write them, as one UTC day', () => {
    const dates = ['2026-07-01', '2026-07-01T00:00:00Z', '2026-07-01T09:30:00Z', '7/1/26'];
    const { records } = read(...dates.map((date) => row({ date })));
    expect(records.map(({ at, grain }) => [at, grain])).toEqual(
      dates.map(() => [Date.UTC(2026, 6, 1), 'day']),
    );
    expect(new Set(records.map(({ key }) => key)).size).toBe(1);
    expect(read(row({ date: '7/1/26' })).records[0]?.key).toBe(read(row()).records[0]?.key);
  });

  it('reads a file whose dates prove to be day first as such', () => {
    const { records } = read(row({ date: '01/07/2026' }), row({ date: '13/07/2026' }));
    expect(records.map(({ at }) => at)).toEqual([Date.UTC(2026, 6, 1), Date.UTC(2026, 6, 13)]);
  });

  it('tells reports apart by what they are broken down by', () => {
    const [detailed] = readTable(copilotBilling, sampleText(credits)).records;
    expect(detailed?.cut).toBe('by username, model, organization, cost_center_name');
    expect(read(row()).records[0]?.cut).not.toBe(detailed?.cut);
    expect(readTable(copilotBilling, sampleText(premium)).records[0]?.cut).toBe(detailed?.cut);
  });

  it('keeps over-quota rows apart from those within it, whatever the case of the word', () => {
    const lines = sampleText(premium).replaceAll('"False"', '"FALSE"');
    const keys = readTable(copilotBilling, lines).records.map(({ key }) => key);
    expect(keys).toEqual(readTable(copilotBilling, sampleText(premium)).records.map(({ key }) => key));
    const [head = '', within = '', , over = ''] = sampleText(premium)
      .replaceAll('2025-11-04', '2025-11-03')
      .replaceAll('Claude Opus 4.1', 'Claude Sonnet 4.5')
      .split('\r\n');
    const [, second] = readTable(copilotBilling, [head, within, over].join('\n')).records;
    const [alone] = readTable(copilotBilling, [head, over].join('\n')).records;
    expect([alone?.model, alone?.key]).toEqual(['Claude Sonnet 4.5', second?.key]);
  });

  it('flags sums that do not add up and refuses rows without a net amount', () => {
    const { warnings, refused, records } = read(
      row({ money: '0.10,0.05,0.10' }),
      row({ quantity: '11' }),
      row({ money: '0.10,0,' }),
      row({ money: '0.10,0,n/a' }),
      row({ quantity: '0.4272613100000001', money: '0.004272613100000001,0,0.004272613100000001' }),
    );
    expect(warnings).toEqual([
      'In 1 row net_amount is not gross_amount less discount_amount.',
      'In 1 row gross_amount is not quantity times the unit price.',
    ]);
    expect(refused).toEqual(['4 net_amount "" is no amount', '5 net_amount "n/a" is no amount']);
    expect(records.at(-1)?.amount?.value).toBe('0.004272613100000001');
  });
});
