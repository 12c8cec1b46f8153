import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { expectedTotals, plainAmount, sampleText, sumAmounts } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { mistralUsage } from './mistral-usage.ts';

const sample = 'mistral_admin_usage.json';
const expected = expectedTotals[sample] ?? {};

conforms(mistralUsage, {
  [sample]: {
    accepted: 5,
    requests: 0,
    tokens: { input: Number(expected.input), output: Number(expected.output) },
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

function read(month: object) {
  const path = join(dir.path, 'month.json');
  writeFileSync(path, JSON.stringify(month));
  return readLog(mistralUsage, path, { kind: 'document' }).lines;
}

const entry = {
  event_type: 'api_tokens',
  billing_metric: 'm-1',
  billing_group: 'input',
  timestamp: '2026-07-14',
  value: 1000,
  value_paid: 400,
};
const price = { event_type: 'api_tokens', billing_metric: 'm-1', billing_group: 'input', price: '8.50E-8' };
const month = (lists: object, prices: readonly object[] = [price]) => ({
  completion: { models: { 'm-latest::m-1': lists } },
  vibe_usage: 0,
  currency: 'EUR',
  prices,
});
const only = (changes: object, prices?: readonly object[]) =>
  recordsOf(read(month({ input: [{ ...entry, ...changes }] }, prices)))[0];

describe('mistral-usage', () => {
  it('reads the sample to its amount in euros, exact to the last digit', () => {
    const records = recordsOf(readLog(mistralUsage, join(samplesDir, sample), { kind: 'document' }).lines);
    expect(sumAmounts(records)).toBe(plainAmount(String(expected.total_eur)));
    expect(records.every((record) => record.amount?.currency === 'EUR')).toBe(true);
    expect(records[0]).toMatchObject({
      model: 'mistral-large-2411',
      at: Date.UTC(2026, 6, 14),
      grain: 'day',
    });
  });

  it('charges the paid units alone, and counts all tokens', () => {
    expect(only({})).toMatchObject({
      tokens: { input: 1000 },
      amount: { value: '0.000034', currency: 'EUR' },
    });
    expect(only({ value_paid: 0 }, [])).toMatchObject({ tokens: { input: 1000 }, amount: { value: '0' } });
    expect(only({ value_paid: undefined })?.amount?.value).toBe('0.000085');
  });

  it('reads the list of cached tokens beside the input', () => {
    const cached = { ...entry, billing_group: 'cached' };
    const prices = [price, { ...price, billing_group: 'cached', price: '0.00000001' }];
    const records = recordsOf(read(month({ input: [entry], cached: [cached] }, prices)));
    expect(records.map(({ tokens, amount }) => [tokens.input, tokens.cacheRead, amount?.value])).toEqual([
      [1000, 0, '0.000034'],
      [0, 1000, '0.000004'],
    ]);
  });

  it('charges pages and storage without taking them for tokens', () => {
    const pages = { ...entry, event_type: 'ocr_pages', billing_metric: 'ocr', value: 3, value_paid: 3 };
    const prices = [{ ...price, event_type: 'ocr_pages', billing_metric: 'ocr', price: '0.001' }];
    const lines = read({ ...month({}, prices), ocr: { models: { 'o::ocr': { input: [pages] } } } });
    expect(recordsOf(lines)[0]).toMatchObject({
      tokens: { input: 0 },
      amount: { value: '0.003' },
      extras: { quantity: '3' },
    });
    expect(reasonsOf(read({ ...month({}, []), ocr: { models: { 'o::ocr': { input: [pages] } } } }))).toEqual([
      'no price is stated for ocr input',
    ]);
  });

  it('without a price, or with two, leaves tokens to be priced and says that it is no bill', () => {
    for (const prices of [[], [price, { ...price, price: '9E-8' }]]) {
      expect(only({}, prices)).not.toHaveProperty('amount');
      expect(only({}, prices)?.evidence).toBe('recorded');
    }
  });

  it('knows a day again when it has grown; two entries of one day add up', () => {
    const keys = (...entries: object[]) => recordsOf(read(month({ input: entries }))).map(({ key }) => key);
    expect(keys(entry)).toEqual(keys({ ...entry, value: 2000 }));
    expect(new Set(keys(entry, entry)).size).toBe(1);
  });

  it('tells plan usage apart, and refuses what it cannot read', () => {
    expect(kindsOf(read({ ...month({ input: [entry] }), vibe_usage: 1.5 }))).toEqual(['record', 'skip']);
    const bad = [{ timestamp: '2026-02-30' }, { value: 1.5 }, { value_paid: 'many' }];
    expect(bad.flatMap((changes) => reasonsOf(read(month({ input: [{ ...entry, ...changes }] }))))).toEqual([
      '"2026-02-30T00:00:00Z" is not a time',
      'value 1.5 is not a number of tokens',
      'value_paid is no quantity',
    ]);
    expect(reasonsOf(read({ ...month({ input: [entry] }), currency: null }))).toEqual([
      'the file states no currency',
    ]);
    expect(sampleText(sample)).toContain('8.50E-8');
  });
});
