import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';

const usageHeader =
  'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,input_cached_image_tokens,output_image_tokens';
const costHeader =
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name';

const seconds = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

function bill(day: string, amount: string): string {
  const start = seconds(day);
  return `${start},${start + 86_400},${day}T00:00:00+00:00,,${amount},usd,"gpt-5-mini, input",,org,Org`;
}

async function put(t: TestCore, name: string, lines: readonly string[]): Promise<number> {
  const path = join(t.dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { files } = await t.call('imports.commit', { file: { path } });
  return files[0]?.importId ?? 0;
}

function usage(day: string, input: number): string {
  const start = seconds(day);
  const row = new Map<string, string | number>([
    ...([
      ['start_time', start],
      ['end_time', start + 86_400],
      ['start_time_iso', `${day}T00:00:00+00:00`],
    ] as const),
    ...([
      ['num_model_requests', 3],
      ['model', 'gpt-5-mini-2025-08-07'],
      ['input_tokens', input],
    ] as const),
    ...([
      ['output_tokens', 1000],
      ['input_cached_tokens', 0],
      ['input_uncached_tokens', input],
    ] as const),
  ]);
  return usageHeader
    .split(',')
    .map((name) => row.get(name) ?? '')
    .join(',');
}

async function cash(t: TestCore, filters = {}): Promise<number> {
  return (await t.call('report.run', { by: [], filters })).totals.cashNanoUsd;
}

const sourceNamed = async (t: TestCore, importer: string): Promise<number> =>
  (await t.call('sources.list', {})).sources.find((one) => one.importer === importer)?.id ?? 0;

/** A bill and a usage report of one account: July and August. */
async function twoWitnesses(t: TestCore): Promise<{ billId: number }> {
  const billId = await put(t, 'cost.csv', [costHeader, bill('2026-07-01', '2'), bill('2026-08-01', '3')]);
  await put(t, 'usage.csv', [
    usageHeader,
    usage('2026-07-01', 4_000_000),
    usage('2026-07-02', 4_000_000),
    usage('2026-08-01', 4_000_000),
  ]);
  return { billId };
}

test('the chosen source’s money stands alone for its month and no other; going back restores the rule to the nano-USD', async () => {
  await using t = await startTestCore();
  await twoWitnesses(t);
  const before = await t.call('report.run', { by: ['day', 'source'], filters: {} });
  const own = await sourceNamed(t, 'openai-usage');
  await t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: own });
  const july = await t.call('report.run', { by: [], filters: { to: '2026-07-31' } });
  expect(july.totals.cashByEvidence.billed).toBe(0);
  // Two days of 4 M input and 1,000 output tokens at the list price of gpt-5-mini: 0.25 and 2 USD a million.
  expect(july.totals.cashNanoUsd).toBe(2_004_000_000);
  expect(await cash(t, { from: '2026-08-01' })).toBe(3_000_000_000);
  await t.restart();
  expect(await cash(t, { to: '2026-07-31' })).toBe(2_004_000_000);
  await t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: null });
  expect(await t.call('report.run', { by: ['day', 'source'], filters: {} })).toEqual(before);
});

test('a choice says so where its records stand in for others', async () => {
  await using t = await startTestCore();
  await twoWitnesses(t);
  const own = await sourceNamed(t, 'openai-usage');
  await t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: own });
  const { records } = await t.call('activity.list', { filters: { to: '2026-07-31', evidence: ['billed'] } });
  const { standInNote } = await t.call('activity.get', { id: records[0]?.id ?? 0 });
  const { entries } = await t.call('audit.list', { limit: 10 });
  expect(entries.find((one) => one.action === 'witness.chosen')).toMatchObject({
    subject: 'OpenAI API, 2026-07',
    details: { from: null, to: 'OpenAI usage export' },
  });
  expect(standInNote).toBe(
    'Its money is not counted: in July 2026 you chose another source for this account (Reconcile).',
  );
});

test('a choice ends with the records of its source: undo, moving it and removing sample data leave none behind', async () => {
  await using t = await startTestCore();
  const { billId } = await twoWitnesses(t);
  const bills = await sourceNamed(t, 'openai-cost');
  await t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: bills });
  expect(await cash(t, { to: '2026-07-31' })).toBe(2_000_000_000);
  await t.call('imports.undo', { importId: billId });
  // Without the bill the usage report counts; a choice left behind would count nothing.
  expect(await cash(t, { to: '2026-07-31' })).toBe(2_004_000_000);
  await expect(
    t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: bills }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const own = await sourceNamed(t, 'openai-usage');
  await t.call('reconcile.choose', { accountId: 1, month: '2026-07', sourceId: own });
  const { id } = await t.call('accounts.save', { name: 'Work', kind: 'api', provider: 'openai', fee: null });
  await t.call('sources.assign', { sourceId: own, accountId: id });
  await t.call('sources.assign', { sourceId: own, accountId: 1 });
  const { month } = await t.call('reconcile.month', { accountId: 1, month: '2026-07' });
  expect(month.chosenSourceId).toBeNull();

  await t.call('sample.load', {});
  const { months } = await t.call('reconcile.months', {});
  const sample = months.find((one) => one.account.includes('sample') && one.billedNanoUsd !== null);
  const { witnesses } = await t.call('reconcile.month', {
    accountId: sample?.accountId ?? 0,
    month: sample?.month ?? '',
  });
  await t.call('reconcile.choose', {
    accountId: sample?.accountId ?? 0,
    month: sample?.month ?? '',
    sourceId: witnesses[0]?.sourceId ?? 0,
  });
  await t.call('sample.remove', {});
  expect((await t.call('accounts.list', {})).accounts.map((one) => one.name)).not.toContain(sample?.account);
});

test('always: whatever is chosen, taken back and undone in whatever order, totals equal a recount', async () => {
  await using t = await startTestCore();
  await twoWitnesses(t);
  const ids = (await t.call('sources.list', {})).sources.map((one) => one.id);
  const step = fc.record({
    month: fc.constantFrom('2026-07', '2026-08'),
    sourceId: fc.constantFrom(...ids, null),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const one of steps) await t.call('reconcile.choose', { accountId: 1, ...one });
      const asked = { by: ['day', 'source', 'model'] as ['day', 'source', 'model'], filters: {} };
      const before = await t.call('report.run', asked);
      expect((await t.call('ledger.verify', {})).wrongSums).toBe(0);
      // Another zone counts everything anew; the days of vendors' buckets stay.
      await t.call('settings.save', { zone: 'Asia/Kolkata' });
      await t.call('settings.save', { zone: 'UTC' });
      expect(await t.call('report.run', asked)).toEqual(before);
    }),
    { numRuns: 12 },
  );
});
