import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';

const start = Date.UTC(2026, 6, 1) / 1000;
const end = start + 86_400;

async function commit(t: TestCore, name: string, lines: readonly string[]): Promise<void> {
  const path = join(t.dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  await t.call('imports.commit', { file: { path } });
}

/** An OpenAI usage export: for each model one request of a thousand tokens, priced from the tokens. */
const commitUsage = (t: TestCore, models: readonly string[]): Promise<void> =>
  commit(t, 'usage.csv', [
    'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens',
    ...models.map(
      (model) =>
        `${start},${end},2026-07-01T00:00:00+00:00,2026-07-02T00:00:00+00:00,proj,1.0,user,key,${model},FALSE,default,1000.0,0.0,0.0,1000.0`,
    ),
  ]);

/** An OpenAI cost export: money is stated, the model stands in the line item. */
const commitCosts = (t: TestCore, currency: string, ...models: readonly string[]): Promise<void> =>
  commit(t, `cost-${models.join('-')}.csv`, [
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name',
    ...models.map(
      (model) =>
        `${start},${end},2026-07-01T00:00:00+00:00,,2,${currency},"${model}, input",,org_${currency},Org`,
    ),
  ]);

/** Cost of each model as reports group it, nano-USD. */
async function costs(t: TestCore): Promise<Readonly<Record<string, number>>> {
  const { rows } = await t.call('report.run', { by: ['model'], filters: {} });
  return Object.fromEntries(rows.map((row) => [row.model, row.cashNanoUsd]));
}

const repriceAll = async (t: TestCore): Promise<number> =>
  (await t.call('prices.reprice', { scope: 'all' })).repriced;

const own = { provider: 'openai', from: '2026-01-01', input: '7', output: '7' };
const houseModel = {
  provider: 'openai',
  alias: 'house-model',
  toProvider: 'openai',
  toModel: 'gpt-5-mini',
};

test('a price reaches records whose model is written in another case', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['My-Own-Model']);
  expect(await t.call('prices.saveOverride', { ...own, model: 'my-own-model' })).toMatchObject({
    repriced: 1,
  });
  expect(await costs(t)).toEqual({ 'My-Own-Model': 7_000_000 });
});

test('a price reaches snapshots of its model and leaves models that merely share its price list', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['gpt-5', 'gpt-5-2025-08-07', 'gpt-5-codex', 'gpt-5-mini']);
  const before = await costs(t);
  expect(await t.call('prices.saveOverride', { ...own, model: 'gpt-5' })).toMatchObject({ repriced: 2 });
  expect(await costs(t)).toEqual({ ...before, 'gpt-5': 14_000_000 });
  expect(await repriceAll(t)).toBe(0);
});

test('a price holds for its own provider only', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['gpt-5']);
  expect(await t.call('prices.saveOverride', { ...own, provider: 'acme', model: 'gpt-5' })).toMatchObject({
    repriced: 0,
  });
});

test('a price that is renamed prices the new name and takes itself back from the old one', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['model-a', 'model-b']);
  const { id } = await t.call('prices.saveOverride', { ...own, model: 'Model-A' });
  expect(await t.call('prices.saveOverride', { ...own, id, model: 'Model-B' })).toEqual({ id, repriced: 2 });
  expect(await costs(t)).toEqual({ 'model-a': 0, 'model-b': 7_000_000 });
});

test('an alias regroups records whose money is stated, and taking it back undoes that', async () => {
  await using t = await startTestCore();
  await commitCosts(t, 'usd', 'house-model');
  const { id, repriced } = await t.call('prices.saveAlias', { ...houseModel, alias: 'House-Model' });
  expect(repriced).toBe(1);
  expect(await costs(t)).toEqual({ 'gpt-5-mini': 2_000_000_000 });
  expect(await t.call('prices.removeAlias', { id })).toEqual({ repriced: 1 });
  expect(await costs(t)).toEqual({ 'house-model': 2_000_000_000 });
});

test('a price of the model an alias points at reaches the records of the alias', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['house-model']);
  await t.call('prices.saveAlias', houseModel);
  expect(await t.call('prices.saveOverride', { ...own, model: 'gpt-5-mini' })).toMatchObject({ repriced: 1 });
  expect(await costs(t)).toEqual({ 'gpt-5-mini': 7_000_000 });
});

test('a price moved onto another is BAD_INPUT with a sentence, and costs stay', async () => {
  await using t = await startTestCore();
  await commitUsage(t, ['model-a']);
  await t.call('prices.saveOverride', { ...own, model: 'model-a' });
  const { id } = await t.call('prices.saveOverride', { ...own, model: 'model-b' });
  await expect(
    t.call('prices.saveOverride', { ...own, id, model: 'model-a', input: '9' }),
  ).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('There is already a price for model-a from 2026-01-01'),
  });
  expect(await costs(t)).toEqual({ 'model-a': 7_000_000 });
});

test('a changed exchange rate changes what was converted at the old one', async () => {
  await using t = await startTestCore();
  await commitCosts(t, 'eur', 'gpt-5-mini');
  const save = (usdPerUnit: string) =>
    t.call('settings.save', { fxRates: [{ currency: 'EUR', usdPerUnit, from: '2026-01-01' }] });
  await save('1.1');
  expect(await costs(t)).toEqual({ 'gpt-5-mini': 2_200_000_000 });
  await save('1.2');
  expect(await costs(t)).toEqual({ 'gpt-5-mini': 2_400_000_000 });
  await t.call('settings.save', { fxRates: [] });
  expect(await costs(t)).toEqual({ 'gpt-5-mini': 0 });
});

const names = ['gpt-5', 'GPT-5-2025-08-07', 'gpt-5-codex', 'House-Model', 'house-model', 'nobody-prices'];
const name = fc.constantFrom(...names);
const provider = fc.constantFrom('openai', 'OpenAI', 'acme');
const change = fc.oneof(
  fc.record({
    do: fc.constant('price' as const),
    provider,
    model: name,
    from: fc.constantFrom('2026-01-01', '2026-08-01'),
    usd: fc.constantFrom('0', '1', '2.5'),
    which: fc.option(fc.nat()),
  }),
  fc.record({
    do: fc.constant('alias' as const),
    provider,
    alias: name,
    toProvider: provider,
    toModel: name,
    which: fc.option(fc.nat()),
  }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat() }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Makes a change; with `which`, to a row that stands. One that would move a row onto another is refused. */
async function make(t: TestCore, one: Change): Promise<void> {
  const { overrides, aliases } = await t.call('prices.list', {});
  const idIn = (rows: readonly { id: number }[]) => {
    const row = one.which === null ? undefined : rows[one.which % rows.length];
    return row === undefined ? {} : { id: row.id };
  };
  const refused = (error: { code?: string }) => expect(error.code).toBe('BAD_INPUT');
  if (one.do === 'price') {
    const { provider, model, from, usd } = one;
    const row = { ...idIn(overrides), provider, model, from, input: usd, output: usd };
    await t.call('prices.saveOverride', row).catch(refused);
  } else if (one.do === 'alias') {
    const { do: _, which: __, ...alias } = one;
    await t.call('prices.saveAlias', { ...idIn(aliases), ...alias }).catch(refused);
  } else {
    const [override] = overrides.length === 0 ? [] : [idIn(overrides).id];
    const [alias] = aliases.length === 0 ? [] : [idIn(aliases).id];
    if (override !== undefined && one.which % 2 === 0)
      await t.call('prices.removeOverride', { id: override });
    else if (alias !== undefined) await t.call('prices.removeAlias', { id: alias });
  }
}

test('whatever is priced, aliased or taken back, pricing everything anew then changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      await using t = await startTestCore();
      await commitUsage(t, names);
      await commitCosts(t, 'usd', ...names);
      for (const one of changes) {
        await make(t, one);
        expect(await repriceAll(t)).toBe(0);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
