import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

const sample = (name: string) => ({ path: join(samplesDir, name) });

async function money(t: TestCore) {
  const { totals } = await t.call('report.run', { by: [], filters: {} });
  return { cash: totals.cashNanoUsd, equivalent: totals.equivalentNanoUsd };
}

test('what is paid per use stays cash although the first row of the file is covered by a plan', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('copilot_ai_credits_2026-07.csv') });
  expect(await money(t)).toEqual({ cash: 1_202_500_000, equivalent: 532_261_300 });
  const { accounts } = await t.call('accounts.list', {});
  expect(accounts.map(({ kind }) => kind).sort()).toEqual(['api', 'plan']);
});

test('an account chosen for a file takes its cash; what a plan covers goes to a plan beside it', async () => {
  await using t = await startTestCore();
  const file = sample('copilot_ai_credits_2026-07.csv');
  await t.call('imports.commit', { file, account: 'Work' });
  expect(await money(t)).toEqual({ cash: 1_202_500_000, equivalent: 532_261_300 });
  const { accounts } = await t.call('accounts.list', {});
  expect(accounts.map(({ name, kind }) => ({ name, kind }))).toEqual([
    { name: 'Work', kind: 'api' },
    { name: 'Work plan', kind: 'plan' },
  ]);
});

test('two cuts of what a plan covers state the same usage twice, so one of them counts', async () => {
  await using t = await startTestCore();
  const header =
    'date,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount';
  const row = '2026-07-01,copilot,copilot_ai_credit,GPT-5.4,10,ai-credits,0.01,0.10,0.10,0';
  const paths = ['', 'repository'].map((column) => {
    const path = join(t.dir, `${column}.csv`);
    const add = (line: string, cell: string) => (column === '' ? line : `${line},${cell}`);
    writeFileSync(path, `${add(header, column)}\n${add(row, 'a/b')}\n`);
    return path;
  });
  for (const path of paths) await t.call('imports.commit', { file: { path } });
  expect(await money(t)).toEqual({ cash: 0, equivalent: 100_000_000 });
});

test('a tool on a plan and the vendor’s own report of that plan share one account, in any order', async () => {
  const files = ['copilot_otel.jsonl', 'copilot_ai_credits_2026-07.csv'];
  for (const order of [files, [...files].reverse()]) {
    await using t = await startTestCore();
    for (const name of order) await t.call('imports.commit', { file: sample(name) });
    const { accounts } = await t.call('accounts.list', {});
    expect(accounts.map(({ name, kind }) => `${name} (${kind})`).sort()).toEqual([
      'GitHub Copilot API (api)',
      'GitHub Copilot plan (plan)',
    ]);
  }
});
