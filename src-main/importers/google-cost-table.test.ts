import { describe, expect, it } from 'vitest';
import type { ImportedRecord } from '../platform/record.ts';
import { conforms } from '../testing/conformance.ts';
import { tokensByModel } from '../testing/read-log.ts';
import { expectedTotals, plainAmount, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { googleCostTable } from './google-cost-table.ts';

const sample = 'gcp_cost_table.csv';
const text = sampleText(sample);
const e = expectedTotals[sample] ?? {};

conforms(googleCostTable, {
  [sample]: {
    accepted: 5,
    skipped: 1,
    usd: e.net_usd,
    tokens: { input: 1_983_966, output: 461_280, cacheRead: 800_000 },
  },
});

const read = (content: string) => readTable(googleCostTable, content);
const totalOf = (records: readonly ImportedRecord[], charge: string) =>
  sumAmounts(records.filter((record) => record.charge === charge));
const other =
  'My Billing Account,0A0A0A-0B0B0B-0C0C0C,my-project,my-project-123,,Compute Engine,6F81,N1 core,AB-1,Default,,Usage,2026-07-01,2026-07-31,10,hour,5.000000,5.00';
const withRow = (row: string) => text.replace(',,,,,,,,,,,Rounding', `${row}\n,,,,,,,,,,,Rounding`);
const taxRow = ',,,,,,,,,,,Tax,,,,,0.240000,0.24';

describe('google-cost-table', () => {
  it('reads usage, credits and rounding apart, and never the total', () => {
    const { records, refused, skipped, warnings } = read(text);
    expect(totalOf(records, 'usage')).toBe(plainAmount(String(e.gross_usd)));
    expect(totalOf(records, 'credit')).toBe(plainAmount(String(e.credits_usd)));
    expect(totalOf(records, 'adjustment')).toBe(plainAmount(String(e.rounding)));
    expect(sumAmounts(records)).toBe(plainAmount(String(e.net_usd)));
    expect(skipped).toEqual(['15 Total: the sum of the rows above']);
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('counts tokens by the words of the SKU, and those of a credit not again', () => {
    const { records } = read(text);
    expect(tokensByModel(records)).toMatchObject({
      'gemini-2.5-flash': { input: 1_983_966, output: 461_280, cacheRead: 800_000 },
    });
    expect(records.find(({ charge }) => charge === 'credit')?.tokens.input).toBe(0);
    const inHours = read(text.replace('"1,983,966",count,0', '"1,983,966",hour,0'));
    expect(tokensByModel(inHours.records)['gemini-2.5-flash']?.input).toBeUndefined();
  });

  it('stands in the month of the invoice, though use began before it', () => {
    const { records } = read(text.replaceAll('Usage,2026-07-01', 'Usage,2026-06-30'));
    expect(records.map(({ at, grain }) => [at, grain])).toEqual(
      Array(5).fill([Date.UTC(2026, 6, 1), 'month']),
    );
    expect(records[0]?.extras).toMatchObject({ usageFrom: '2026-06-30' });
  });

  it.each([
    [
      'in German',
      [
        ['Invoice date,2026-07-31', 'Rechnungsdatum,31.07.2026'],
        ['Currency,USD', 'Währung,EUR'],
      ],
      'EUR',
    ],
    [
      'in words',
      [
        ['Invoice date,2026-07-31', 'Invoice date,"Jul 31, 2026"'],
        ['Total amount due,$1.27', 'Total amount due,"$1.27"'],
      ],
      'USD',
    ],
    ['month first', [['Invoice date,2026-07-31', '"Invoice date","7/31/2026"']], 'USD'],
  ] as const)('reads the lines above the table %s', (_, changes, currency) => {
    const changed = changes.reduce((all, [from, to]) => all.replace(from, to), text);
    const { records, warnings, refused } = read(changed);
    expect(records[0]).toMatchObject({ at: Date.UTC(2026, 6, 1), amount: { currency } });
    expect(sumAmounts(records)).toBe('1.27');
    expect({ warnings, refused }).toEqual({ warnings: [], refused: [] });
  });

  it('without them takes the currency of the column and the month use ended, and says so', () => {
    const bare = text.split('\n').slice(8).join('\n').replace('Cost ($),Cost ($)', 'cost (€),Cost (€)');
    const { records, refused, warnings } = read(bare);
    expect(records[0]).toMatchObject({
      at: Date.UTC(2026, 6, 1),
      amount: { value: '0.595190', currency: 'EUR' },
    });
    // The rounding error states no dates of its own.
    expect(refused).toEqual(['6 the row has no date']);
    expect(warnings).toEqual([
      'The lines above the table state no invoice date; each row stands in the month its use ended.',
    ]);
    expect(read(bare.replaceAll('(€)', '(kr)')).refused[0]).toBe('2 the file does not name its currency');
  });

  it('keeps tax as a charge where the invoice is for models alone', () => {
    const { records, warnings } = read(
      text
        .replace(',,,,,,,,,,,Total,,,,,1.270000,1.27', `${taxRow}\n,,,,,,,,,,,Total,,,,,1.510000,1.51`)
        .replace('$1.27', '$1.51'),
    );
    expect(totalOf(records, 'tax')).toBe('0.24');
    expect(sumAmounts(records)).toBe('1.51');
    expect(warnings).toEqual([]);
  });

  it('leaves other services out, and tax and rounding of an invoice that holds them, and says so', () => {
    const { records, skipped, warnings } = read(
      withRow(other)
        .replace(',,,,,,,,,,,Total,,,,,1.270000,1.27', `${taxRow}\n,,,,,,,,,,,Total,,,,,6.510000,6.51`)
        .replace('$1.27', '$6.51'),
    );
    expect(sumAmounts(records)).toBe('1.27239');
    expect(skipped).toEqual([
      '14 Compute Engine is no AI service',
      '15 Rounding error of an invoice that also holds other services',
      '16 Tax of an invoice that also holds other services',
      '17 Total: the sum of the rows above',
    ]);
    expect(warnings).toEqual([
      '1 rows are charges for other services than AI; they were left out.',
      'Tax and rounding of 0.23761 are of the whole invoice and were left out.',
    ]);
  });

  it('says when the rows are not what the file or the invoice sums them to', () => {
    const gross = text
      .split('\n')
      .filter((line) => !line.includes('Promotional credit'))
      .join('\n');
    expect(read(gross).warnings).toEqual([
      "The rows sum to 1.77, the file's Total is 1.270000.",
      'The rows sum to 1.77, the invoice asks for 1.27: credits or tax may be missing in the file.',
    ]);
  });

  it('knows a row by what it is for: a running month downloaded again states the same rows', () => {
    const later = text
      .replaceAll('2026-07-31,"', '2026-07-20,"')
      .replace('"461,280",count,1.153200', '"500,000",count,1.25');
    const keys = (content: string) => read(content).records.map(({ key }) => key);
    expect(keys(later)).toEqual(keys(text));
    expect(new Set(keys(text)).size).toBe(5);
    expect(new Set(keys(withRow(text.split('\n')[9] ?? ''))).size).toBe(5);
    const otherAccount = text.replaceAll('0A0A0A-0B0B0B-0C0C0C', '1A1A1A-1B1B1B-1C1C1C');
    expect(keys(otherAccount).filter((key) => keys(text).includes(key))).toEqual([]);
  });

  it('refuses a closing row it does not know, and amounts it cannot read', () => {
    const { refused } = read(
      text.replace(',Rounding error,', ',Rundungsfehler,').replace('count,1.153200', 'count,n/a'),
    );
    expect(refused).toEqual([
      '11 the cost "n/a" is no amount',
      '14 Cost type "Rundungsfehler" without a service is not known',
    ]);
  });
});
