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
import { azureCost } from './azure-cost.ts';

const ea = 'azure_ea_actual_2024-08-01.csv';
const mca = 'azure_mca_actual.csv';

conforms(azureCost, {
  [ea]: {
    accepted: 3,
    usd: expectedTotals[ea]?.total_usd,
    tokens: { input: 900_000 + 5_000_000, output: 120_000 },
  },
  // In EUR: without an exchange rate there is no figure in USD to compare.
  [mca]: {
    accepted: 5,
    tokens: { input: 1_520_250, cacheRead: 640_000 + 12_400_000, output: 210_500 + 750_000 },
  },
});

const read = (text: string) => readTable(azureCost, text);
const [mcaHead = '', mcaLine = '', ...mcaRest] = sampleText(mca).trimEnd().split('\n');
const oneRow = (change: (line: string) => string) => read(`${mcaHead}\n${change(mcaLine)}\n`);

/** The layout of EA and of portal downloads before 2021 (finops-toolkit, EA_ActualCost_Small.csv), cut to what is read. */
const olderHead =
  'SubscriptionId,SubscriptionName,Date,Product,MeterId,ServiceFamily,MeterCategory,MeterSubCategory,MeterRegion,MeterName,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrency,ResourceLocation,ConsumedService,ResourceId,Tags,UnitOfMeasure,ResourceGroup,ChargeType,PublisherType,PublisherName,PlanName';
const older = (cells: { meter: string; quantity: string; unit: string; cost: string; date?: string }) =>
  `sub-1,dev,${cells.date ?? '07/03/2026'},Azure OpenAI - ${cells.meter},m-1,AI + Machine Learning,Cognitive Services,Azure OpenAI,,${cells.meter},${cells.quantity},0.1,${cells.cost},0.1,USD,swedencentral,Microsoft.CognitiveServices,/r/aoai,"""env"": ""dev"",""Project"": ""alpha""",${cells.unit},rg-ai,Usage,Azure,Microsoft,`;

describe('azure-cost', () => {
  it('reads an account billed in EUR in EUR, and keeps what Azure says it is in USD', () => {
    const { records, refused, warnings } = read(sampleText(mca));
    const { total_eur, total_usd } = expectedTotals[mca] ?? {};
    expect(sumAmounts(records)).toBe(plainAmount(String(total_eur)));
    expect(new Set(records.map(({ amount }) => amount?.currency))).toEqual(new Set(['EUR']));
    const inUsd = records.map(({ extras, ...record }) => ({
      ...record,
      amount: { value: String(extras?.costInUsd), currency: 'USD' },
    }));
    expect(sumAmounts(inUsd)).toBe(plainAmount(String(total_usd)));
    expect({ refused, warnings }).toEqual({ refused: [], warnings: [] });
  });

  it('counts tokens by model and kind: quantity times the unit of measure, whatever the meter is called', () => {
    const { records } = read(sampleText(mca));
    const found = records.map(({ model, tokens }) => [
      model,
      Object.entries(tokens).filter(([, count]) => count > 0),
    ]);
    expect(found).toEqual([
      ['gpt-4o-0806', [['input', 1_520_250]]],
      ['gpt-4o-0806', [['cacheRead', 640_000]]],
      ['gpt-4o-0806', [['output', 210_500]]],
      ['5.4 mini', [['output', 750_000]]],
      ['5.4 mini', [['cacheRead', 12_400_000]]],
    ]);
  });

  it('reads the older layout: Cost, BillingCurrency, Product and tags without braces', () => {
    const row = older({ meter: 'gpt-4o-0806-Inp-regnl Tokens', quantity: '10', unit: '1K', cost: '0.025' });
    const { records, refused } = read(`\uFEFF${olderHead}\n${row}\n`);
    expect(refused).toEqual([]);
    expect(records).toMatchObject([
      {
        at: Date.UTC(2026, 6, 3),
        grain: 'day',
        provider: 'azure',
        model: 'gpt-4o-0806',
        project: 'alpha',
        tokens: { input: 10_000 },
        amount: { value: '0.025', currency: 'USD' },
      },
    ]);
  });

  it('reads the month first: a day in its place is refused, not another day', () => {
    const rows = ['07/03/2026', '13/07/2026', '2026-07-03', '2026-07-03T00:00:00Z'].map((date) =>
      older({ meter: 'x Inp Tokens', quantity: '1', unit: '1K', cost: '1', date }),
    );
    const { records, refused } = read([olderHead, ...rows, ''].join('\n'));
    expect(records.map(({ at }) => at)).toEqual(Array(3).fill(Date.UTC(2026, 6, 3)));
    expect(refused).toEqual(['3 Date "13/07/2026" is a date that does not exist']);
  });

  it('leaves other services of Azure out, and says so', () => {
    const storage = mcaLine
      .replaceAll('Microsoft.CognitiveServices', 'Microsoft.Storage')
      .replace('Cognitive Services', 'Storage')
      .replaceAll('Azure OpenAI', 'Blob');
    const { records, skipped, warnings } = read([mcaHead, storage, ...mcaRest, ''].join('\n'));
    expect(records).toHaveLength(4);
    expect(skipped).toEqual(['2 Storage is no AI service']);
    expect(warnings).toEqual(['1 rows are charges for other services than AI; they were left out.']);
  });

  it('keeps models their makers sell through the marketplace as money: they have no meter to count by', () => {
    const row =
      'sub-1,dev,07/03/2026,Claude Sonnet 4.5,,,,,,,3,1,3,1,USD,,Microsoft.SaaS,/r/s,,1,rg,Usage,Marketplace,Anthropic,';
    const other = row.replace('Claude Sonnet 4.5', 'Backup').replace('Anthropic', 'Acme');
    const { records, skipped } = read([olderHead, row, other, ''].join('\n'));
    expect(records).toMatchObject([
      { model: null, amount: { value: '3' }, extras: { publisher: 'Anthropic' } },
    ]);
    expect(sumTokens(records)).toMatchObject({ input: 0, output: 0 });
    expect(skipped).toEqual(['3 Backup is no AI service']);
  });

  it('counts no tokens for images, hours or refunds, and keeps the charge what it is', () => {
    const refund = oneRow((line) =>
      line.replace(',1K,Usage,', ',1K,Refund,').replace(',3.23053125,3.800625', ',-3.23053125,3.800625'),
    );
    expect(refund.records).toMatchObject([{ charge: 'adjustment', tokens: { input: 0 } }]);
    expect(sumAmounts(refund.records)).toBe('-3.23053125');
    const hours = older({
      meter: 'Provisioned Managed Global Unit',
      quantity: '5',
      unit: '1 Hour',
      cost: '5',
    });
    const inHours = older({ meter: 'x Inp Tokens', quantity: '5', unit: '1 Hour', cost: '5' });
    const { records } = read([olderHead, hours, inHours, ''].join('\n'));
    expect(records.map(({ tokens }) => tokens.input)).toEqual([0, 0]);
    expect(records[0]?.model).toBeNull();
  });

  it('knows a row by its day, resource and meter: an export written over again states the same ones, grown', () => {
    const later = oneRow((line) => line.replace(',1520.25,', ',2000,').replace('G0123456', 'G0123457'));
    const key = oneRow((line) => line).records[0]?.key;
    expect(later.records[0]?.key).toBe(key);
    // Azure writes the ids of resources in any case.
    expect(oneRow((line) => line.replaceAll('aoai-dev', 'AOAI-Dev')).records[0]?.key).toBe(key);
    expect(oneRow((line) => line.replaceAll('aoai-dev', 'aoai-prod')).records[0]?.key).not.toBe(key);
    expect(oneRow((line) => line.replace('-Inp-glbl Tokens', '-Outp-glbl Tokens')).records[0]?.key).not.toBe(
      key,
    );
    const twice = read(`${mcaHead}\n${mcaLine}\n${mcaLine}\n`).records;
    expect(new Set(twice.map((record) => record.key)).size).toBe(1);
  });

  it('warns of amortized cost', () => {
    expect(oneRow((line) => line.replace(',1K,Usage,', ',1K,UnusedReservation,')).warnings).toEqual([
      'This looks like amortized cost, which spreads purchases over time. Export actual cost instead.',
    ]);
  });

  it('refuses amounts and currencies it cannot be sure of', () => {
    const bad = [
      oneRow((line) => line.replace(',3.23053125,3.800625,3.800625,', ',,3.800625,3.800625,')),
      oneRow((line) => line.replace(',EUR,USD,', ',Euro,USD,')),
      oneRow((line) => line.replace(',1520.25,', ',many,')),
    ];
    expect(bad.flatMap(({ refused }) => refused)).toEqual([
      '2 costInBillingCurrency "" is no amount',
      '2 the billing currency "EURO" is not a currency',
      '2 quantity "many" is not a number',
    ]);
  });
});
