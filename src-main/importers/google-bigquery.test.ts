import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { readEntries, readLog, reasonsOf, recordsOf, tokensByModel } from '../testing/read-log.ts';
import { expectedTotals, plainAmount, sampleText, sumAmounts } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { googleBigquery } from './google-bigquery.ts';

const sample = 'gcp_bigquery_export.jsonl';
const e = expectedTotals[sample] ?? {};

conforms(googleBigquery, {
  [sample]: {
    accepted: 3,
    usd: e.net_usd,
    tokens: { input: 100_000, output: 20_000, cacheRead: 50_000 },
  },
});

const [first, second] = sampleText(sample)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

function read(...rows: readonly object[]) {
  using dir = tempDir();
  return readEntries(googleBigquery, dir.path, rows).lines;
}

describe('google-bigquery', () => {
  it('reads cost and credits apart; together they are what is paid', () => {
    const records = recordsOf(readLog(googleBigquery, join(samplesDir, sample)).lines);
    const of = (charge: string) => sumAmounts(records.filter((record) => record.charge === charge));
    expect([of('usage'), of('credit')]).toEqual(
      [e.gross_usd, e.credits_usd].map((text) => plainAmount(String(text))),
    );
    expect(sumAmounts(records)).toBe(plainAmount(String(e.net_usd)));
    expect(tokensByModel(records.filter(({ charge }) => charge === 'usage'))).toEqual({
      'gemini-3.5-flash': { input: 100_000, output: 20_000 },
      'gemini-3-pro': { cacheRead: 50_000 },
    });
    expect(records[0]).toMatchObject({
      at: Date.UTC(2026, 6, 2, 7),
      grain: 'hour',
      project: 'my-project',
      extras: { invoiceMonth: '202607' },
    });
  });

  it('goes to the account of Google’s other exports, so that two of them never add up', async () => {
    await using t = await startTestCore();
    for (const name of [sample, 'gcp_cost_table.csv', 'gcp_reports.csv'])
      await t.call('imports.commit', { file: { path: join(samplesDir, name) } });
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.cashNanoUsd).toBe(1_270_000_000);
  });

  it('reads numbers in quotes and a saved array as the same charges', async () => {
    await using t = await startTestCore();
    using dir = tempDir();
    const inQuotes = { ...first, cost: '0.15', usage: { ...first.usage, amount: '100000.0' } };
    const path = join(dir.path, 'result.json');
    writeFileSync(path, JSON.stringify([inQuotes, second]));
    await t.call('imports.commit', { file: { path: join(samplesDir, sample) } });
    const { files } = await t.call('imports.commit', { file: { path } });
    expect(files[0]?.counts).toMatchObject({ accepted: 0, duplicate: 2, refused: 0 });
  });

  it('keeps late rows of an hour beside the first ones, and two that are alike', () => {
    const late = { ...first, export_time: '2026-07-05 02:11:09.123456 UTC' };
    const keys = recordsOf(read(first, late, first)).map(({ key }) => key);
    expect(keys).toHaveLength(6);
    expect(new Set(keys).size).toBe(6);
  });

  it('counts tokens only in SKUs that say so and in units that count', () => {
    const vertex = {
      ...second,
      service: { description: 'Vertex AI' },
      sku: { description: 'Gemini 2.5 Pro Thinking Text Output - Predictions' },
    };
    const stored = { ...second, usage: { ...second.usage, pricing_unit: 'hour' } };
    const records = recordsOf(read(vertex, stored));
    expect(records.map(({ model, tokens }) => [model, tokens.output])).toEqual([
      ['gemini-2.5-pro', 0],
      ['gemini-3.5-flash', 0],
    ]);
  });

  it('names the model by Google’s label where the SKU names none', () => {
    const [record] = recordsOf(read({ ...second, sku: { id: 'x', description: 'Grounding requests' } }));
    expect(record?.model).toBe('gemini35flash');
  });

  it('leaves other services and the whole invoice’s tax and rounding out, and keeps adjustments', () => {
    const other = { ...first, service: { description: 'Compute Engine' } };
    const tax = { ...first, service: { description: 'Invoice' }, cost_type: 'tax' };
    const adjusted = { ...second, cost: -0.02, cost_type: 'adjustment' };
    const outcomes = read(other, tax, adjusted).map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 2)).toEqual([
      { kind: 'skip', reason: 'Compute Engine is no AI service' },
      { kind: 'skip', reason: 'tax of the whole invoice' },
    ]);
    expect(outcomes[2]).toMatchObject({
      records: [{ charge: 'adjustment', amount: { value: '-0.02' }, tokens: { output: 0 } }],
    });
  });

  it('refuses amounts, currencies and times it cannot be sure of', () => {
    const credit = { ...first, credits: [{ name: 'x', amount: 'much' }] };
    const lines = read(
      { ...first, cost: null },
      { ...first, currency: 'Euro' },
      { ...first, usage_start_time: '7/2/26' },
      credit,
    );
    expect(reasonsOf(lines)).toEqual([
      'cost "" is no amount',
      'the currency "EURO" is not a currency',
      '"7/2/26" is not a time',
      'credits.amount "much" is not a number',
    ]);
  });
});
