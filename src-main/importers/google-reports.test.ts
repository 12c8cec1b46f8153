import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { tokensByModel } from '../testing/read-log.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { googleReports } from './google-reports.ts';

const sample = 'gcp_reports.csv';
const text = sampleText(sample);

conforms(googleReports, {
  [sample]: {
    accepted: 3,
    skipped: 3,
    usd: expectedTotals[sample]?.total_usd,
    tokens: { input: 150_000, output: 20_000 },
  },
});

const read = (content: string) => readTable(googleReports, content);

describe('google-reports', () => {
  it('reads the rows of days, and none of the three that sum them up', () => {
    const { records, refused, skipped, warnings } = read(text);
    expect(sumAmounts(records)).toBe(plainAmount(String(expectedTotals[sample]?.total_usd)));
    expect(skipped).toEqual([
      '5 Subtotal: a sum of the whole report',
      '6 Tax: a sum of the whole report',
      '7 Filtered total: a sum of the whole report',
    ]);
    expect(tokensByModel(records)).toEqual({ 'gemini-3.5-flash': { input: 150_000, output: 20_000 } });
    expect(records[2]).toMatchObject({
      at: Date.UTC(2026, 6, 3),
      grain: 'day',
      priceFacts: { serviceTier: 'batch' },
      amount: { value: '0.037500', currency: 'USD' },
      extras: { listCost: '0.04' },
    });
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('takes the currency from the column, and none where its sign names several', () => {
    const { records } = read(text.replaceAll('($)', '(€)').replace('programmes', 'programs'));
    expect(records.map(({ amount }) => amount?.currency)).toEqual(['EUR', 'EUR', 'EUR']);
    expect(read(text.replaceAll('($)', '(kr)')).refused).toEqual(
      [2, 3, 4].map((line) => `${line} the file does not name its currency`),
    );
  });

  it('says that tax was left out and when the rows do not sum to the file’s own subtotal', () => {
    const changed = text.replace(',Tax,0.000000', ',Tax,0.070000').replace('0.150000', '0.160000');
    expect(read(changed).warnings).toEqual([
      "The rows sum to 0.3775, the file's Subtotal is 0.367500.",
      'Tax of 0.070000 has no date and was left out; the cost table of the invoice states it.',
    ]);
  });

  it('leaves other services out, and says so', () => {
    const { records, skipped, warnings } = read(text.replace('Gemini API,AEFD', 'Cloud Run,AEFD'));
    expect(records).toHaveLength(2);
    expect(skipped[0]).toBe('2 Cloud Run is no AI service');
    expect(warnings).toEqual(['1 rows are charges for other services than AI; they were left out.']);
  });

  it('tells reports grouped in another way apart, so that two of one day never add up', () => {
    const byProject = text
      .replace('Date,Service', 'Date,Project name,Project ID,Service')
      .replaceAll(/^(2026-07-0\d),/gm, '$1,shop,shop-1,')
      .replaceAll(/^,,/gm, ',,,,');
    const byMonth = text.replaceAll(/2026-07-0\d/g, '2026-07');
    expect(read(text).records[0]?.cut).toBe('by service, sku, days');
    expect(read(byProject).records[0]).toMatchObject({
      cut: 'by project, service, sku, days',
      project: 'shop',
    });
    expect(read(byMonth).records[0]).toMatchObject({ cut: 'by service, sku, months', grain: 'month' });
  });

  it('knows a row by its day and groups: a day downloaded again states the same rows, grown', () => {
    const keys = (content: string) => read(content).records.map(({ key }) => key);
    expect(keys(text.replace('"100,000",count,0.15', '"200,000",count,0.30'))).toEqual(keys(text));
    expect(new Set(keys(text)).size).toBe(3);
  });

  it('counts no tokens in other units, and refuses a row without a date that is no sum', () => {
    const { records, refused } = read(
      text.replace('"100,000",count', '"100,000",hour').replace(',Filtered total,', ',Gesamtsumme,'),
    );
    expect(records[0]?.tokens.input).toBe(0);
    expect(refused).toEqual(['7 the row has no date']);
  });
});
