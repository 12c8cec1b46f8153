import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sample, testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

describe('report', () => {
  beforeEach(() => llmlab('import', sample('openai_cost.csv')));

  it('has the documented shape, rows by day unless asked otherwise', async () => {
    const { data } = await json('report');
    const figures = [
      'requests',
      'tokens',
      'cashNanoUsd',
      'equivalentNanoUsd',
      'unpricedRequests',
      'evidence',
    ];
    expect(Object.keys(data.totals)).toEqual(expect.arrayContaining(figures));
    expect(Object.keys(data.totals)).not.toContain('day');
    for (const row of data.rows) {
      expect(row.day).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(Object.keys(row)).toEqual(expect.arrayContaining(figures));
      expect(Object.keys(row.tokens).sort()).toEqual(
        [
          'cacheRead',
          'cacheWrite1h',
          'cacheWrite5m',
          'cacheWriteUnknown',
          'input',
          'output',
          'reasoning',
        ].sort(),
      );
      expect(Object.keys(row.evidence)).toEqual(['billed', 'metered', 'recorded', 'estimated']);
    }
    const sum = data.rows.reduce((total: number, row: { cashNanoUsd: number }) => total + row.cashNanoUsd, 0);
    expect(sum).toBe(data.totals.cashNanoUsd);
  });

  it('includes the last day asked for', async () => {
    const { data } = await json('report');
    const days = data.rows.map((row: { day: string }) => row.day);
    const last = days.toSorted().at(-1);
    const bounded = await json('report', '--from', last, '--to', last);
    expect(bounded.data.rows.map((row: { day: string }) => row.day)).toEqual([last]);
  });

  it('keeps sources of one name apart', async () => {
    writeFileSync(join(box.dir, 'more.csv'), readFileSync(sample('openai_cost.csv')));
    await llmlab('import', 'more.csv', '--account', 'Other');
    const { data } = await json('report', '--by', 'source');
    const labels = data.rows.map((row: { source: string }) => row.source);
    expect(new Set(labels).size).toBe(1);
    const ids = data.rows.map((row: { sourceId: number }) => row.sourceId);
    expect(new Set(ids).size).toBe(2);
    expect((await llmlab('report', '--by', 'source')).out).toMatch(/ #\d+ .*\n.* #\d+ /);
  });

  it('reads well as text', async () => {
    const { out } = await llmlab('report', '--by', 'provider,model');
    expect(out).toMatch(/^Provider +Model +Requests .*Cash +Evidence\n/);
    expect(out).toMatch(/\nTotal .*\$0\.0381 +billed\n/);
  });
});

it('says "at least" of the total the unknown cost belongs to, not of the other', async () => {
  writeFileSync(
    join(box.dir, 'own.csv'),
    'Day,Model,In\n2026-07-01,gpt-4o,1000000\n2026-07-01,no-such-model,1000\n',
  );
  const map = ['--map', 'date=Day,model=Model,input=In', '--map-options', 'provider=openai'];
  expect((await llmlab('import', 'own.csv', ...map, '--account', 'Flat')).code).toBe(0);
  const priced = await llmlab('report', '--by', 'account');
  expect(priced.out).toMatch(/\nTotal .* at least \$/);
  await llmlab('accounts', 'set', 'Flat', '--kind', 'plan', '--fee', '20', '--start', '2026-07-01');
  const { out } = await llmlab('report', '--by', 'account', '--to', '2026-07-31');
  expect(out).toMatch(/\nTotal .* {2}\$20\.00 {2}at least \$/);
});
