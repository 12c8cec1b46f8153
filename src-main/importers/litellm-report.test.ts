import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestCore } from '../testing/core.ts';
import { readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { litellmReport } from './litellm-report.ts';

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

const model = (name: string, spend: number, api_key = 'k1') => ({
  model: name,
  spend,
  total_tokens: 28,
  api_key,
});
const report = (total_spend: number, ...metadata: object[]) => [
  { group_by_day: '2026-04-30T00:00:00+00:00', teams: [{ team_name: 'Prod', total_spend, metadata }] },
];

function read(days: unknown) {
  const path = join(dir.path, 'report.json');
  writeFileSync(path, JSON.stringify(days));
  return readLog(litellmReport, path, { kind: 'document' }).lines;
}

describe('litellm-report', () => {
  it('reads what each model cost a team on a day, by vendor', () => {
    const [first, ...more] = recordsOf(
      read(report(0.3, model('azure/gpt-5-mini', 0.1), model('claude-x', 0.2))),
    );
    expect(first).toMatchObject({
      at: Date.UTC(2026, 3, 30),
      grain: 'day',
      provider: 'azure',
      project: 'Prod',
      requests: 0,
      amount: { value: '0.1', currency: 'USD' },
    });
    expect(more).toMatchObject([{ provider: 'anthropic', amount: { value: '0.2' } }]);
  });

  it('adds up a model under two keys, also where the keys are not named', () => {
    const keys = recordsOf(read(report(0.4, model('m', 0.2, ''), model('m', 0.2, '')))).map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('refuses a team whose models do not add up to its spend', () => {
    expect(reasonsOf(read(report(0.2, model('a', 0.2), model('b', 0.2))))).toEqual([
      'the models of team "Prod" add up to 0.4, its total_spend is 0.2',
    ]);
  });

  it('is recognised and imported, and again adds nothing', async () => {
    await using t = await startTestCore();
    const path = join(dir.path, 'again.json');
    writeFileSync(path, JSON.stringify(report(0.3, model('gpt-5-mini', 0.1), model('claude-x', 0.2))));
    const first = await t.call('imports.commit', { file: { path } });
    expect(first.files[0]).toMatchObject({ format: litellmReport.id, counts: { accepted: 1, refused: 0 } });
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.cashNanoUsd).toBe(300_000_000);
    expect((await t.call('imports.commit', { file: { path } })).files[0]?.importId).toBeNull();
  });
});
