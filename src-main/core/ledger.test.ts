import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPrices } from '../jobs/context.ts';
import { createBook } from '../ledger/book.ts';
import { createZone } from '../ledger/day.ts';
import { openDatabase, rehearse, type WriteDb } from '../store/database.ts';
import { registerZone } from '../store/figures.ts';
import { ledgerPath } from '../store/open.ts';
import { damagedRecords } from '../store/records.ts';
import { countWrongSums } from '../store/rollup-check.ts';
import { rollupTables } from '../store/rollups.ts';
import { resourcesDir, startTestCore, type TestCore } from '../testing/core.ts';

/** Buckets of an OpenAI usage export: few dimensions, so that files overlap and buckets grow. */
const bucket = fc.record({
  day: fc.integer({ min: 0, max: 3 }),
  model: fc.constantFrom('gpt-5-mini-2025-08-07', 'gpt-5.4-2026-03-05', 'model-nobody-prices'),
  key: fc.constantFrom('key_a', 'key_b'),
  requests: fc.integer({ min: 1, max: 9 }),
  input: fc.integer({ min: 0, max: 5_000 }),
  cached: fc.integer({ min: 0, max: 900 }),
});
type Bucket = typeof bucket extends fc.Arbitrary<infer T> ? T : never;

const generation = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  hour: fc.integer({ min: 0, max: 95 }),
  micro: fc.integer({ min: 0, max: 9_999_999 }),
  input: fc.integer({ min: 0, max: 5_000 }),
});
type Generation = typeof generation extends fc.Arbitrary<infer T> ? T : never;

const day0 = Date.UTC(2026, 6, 1);

function usageCsv(rows: readonly Bucket[]): string {
  const header =
    'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens';
  const lines = rows.map(({ day, model, key, requests, input, cached }) => {
    const start = day0 / 1000 + day * 86_400;
    const end = start + 86_400;
    const iso = (s: number): string => new Date(s * 1000).toISOString().replace('.000Z', '+00:00');
    return `${start},${end},${iso(start)},${iso(end)},proj,${requests}.0,user,${key},${model},FALSE,default,${input + cached}.0,${requests * 10}.0,${cached}.0,${input}.0`;
  });
  return [header, ...lines, ''].join('\n');
}

function routerCsv(rows: readonly Generation[]): string {
  const header =
    'generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,time_to_first_token_ms,app_name,api_key_name,api_key_disabled';
  const lines = rows.map(({ id, hour, micro, input }) => {
    const created = new Date(day0 + hour * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
    return `gen-${id},${created},${(micro / 1e6).toFixed(6)},0,0,0,0,${input},10,0,0,openai/gpt-5-mini-2025-08-07,OpenAI,standard,false,true,,stop,stop,1,1,app,key,false`;
  });
  return [header, ...lines, ''].join('\n');
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('usage' as const),
      rows: fc.array(bucket, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('router' as const),
      rows: fc.uniqueArray(generation, { minLength: 1, maxLength: 6, selector: (g) => g.id }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('zone' as const),
      zone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('price' as const), usd: fc.constantFrom('1', '2.5', '0') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reprice' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('assign' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Done {
  readonly importId: number;
  readonly path: string;
}

let files = 0;

async function commit(t: TestCore, content: string, standing: Done[]): Promise<void> {
  const path = join(t.dir, `file-${++files}.csv`);
  writeFileSync(path, content);
  const { files: done } = await t.call('imports.commit', { file: { path } });
  const [one] = done;
  expect(
    one === undefined
      ? 0
      : one.counts.accepted + one.counts.duplicate + one.counts.refused + one.counts.skipped,
  ).toBe(content.trim().split('\n').length - 1);
  if (one?.importId) standing.push({ importId: one.importId, path });
}

async function act(t: TestCore, one: Step, standing: Done[]): Promise<void> {
  switch (one.do) {
    case 'usage':
      return commit(t, usageCsv(one.rows), standing);
    case 'router':
      return commit(t, routerCsv(one.rows), standing);
    case 'undo': {
      const [gone] = standing.length === 0 ? [] : standing.splice(one.which % standing.length, 1);
      if (gone !== undefined) await t.call('imports.undo', { importId: gone.importId });
      return;
    }
    case 'zone':
      return void (await t.call('settings.save', { zone: one.zone }));
    case 'price':
      return void (await t.call('prices.saveOverride', {
        provider: 'openai',
        model: 'model-nobody-prices',
        from: '2026-01-01',
        input: one.usd,
        output: one.usd,
      }));
    case 'reprice':
      return void (await t.call('prices.reprice', { scope: 'all' }));
    case 'assign': {
      const { sources } = await t.call('sources.list', {});
      const { accounts } = await t.call('accounts.list', {});
      const [source, account] = [sources[0], accounts.at(-1)];
      if (source && account) await t.call('sources.assign', { sourceId: source.id, accountId: account.id });
    }
  }
}

function rollups(db: WriteDb): unknown {
  return rollupTables.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()]);
}

/** Counts the ledger from its records alone and compares with what the deltas made of it. */
function expectRollupsToEqualRecount(t: TestCore, zone: string): void {
  const db = openDatabase(ledgerPath(t.dataDir), 'write');
  try {
    const kept = rollups(db);
    const counted = rehearse(db, () => {
      createBook(db, { zone: createZone(zone), prices: openPrices(db, resourcesDir), rates: [] }).recount();
      return rollups(db);
    });
    expect(kept).toEqual(counted);
    expect(damagedRecords(db).damaged).toEqual([]);
    registerZone(db, createZone(zone));
    expect(countWrongSums(db)).toBe(0);
  } finally {
    db.close();
  }
}

async function everything(t: TestCore): Promise<unknown> {
  const { rows } = await t.call('report.run', { by: ['day', 'provider', 'model', 'project'], filters: {} });
  return rows;
}

test('always: rollups equal a recount, and the ledger is what its standing imports say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      await using t = await startTestCore();
      const standing: Done[] = [];
      let zone = 'UTC';
      const settings: Step[] = [];
      for (const one of steps) {
        await act(t, one, standing);
        if (one.do === 'zone') zone = one.zone;
        if (one.do === 'price') settings.push(one);
        expectRollupsToEqualRecount(t, zone);
      }
      if (steps.some((one) => one.do === 'assign')) return;
      await using fresh = await startTestCore();
      for (const one of settings) await act(fresh, one, []);
      await fresh.call('settings.save', { zone });
      for (const { path } of standing) await fresh.call('imports.commit', { file: { path } });
      expect(await everything(t)).toEqual(await everything(fresh));
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('figures from the rollup and from the records agree for every key and zone they share', async () => {
  await using t = await startTestCore({ zone: 'Asia/Kolkata' });
  await act(
    t,
    {
      do: 'router',
      rows: [
        { id: 1, hour: 19, micro: 5, input: 7 },
        { id: 2, hour: 18, micro: 7, input: 1 },
      ],
    },
    [],
  );
  const fast = await t.call('report.run', { by: ['day', 'model'], filters: {} });
  // A search for nothing in particular forces the records.
  const slow = await t.call('report.run', { by: ['day', 'model'], filters: { search: 'gpt' } });
  expect(slow.rows).toEqual(fast.rows);
  expect(fast.rows.map((row) => row.day)).toEqual(['2026-07-01', '2026-07-02']);
});

test('sums that no longer agree with their records are found by the check and counted anew', async () => {
  await using t = await startTestCore({ zone: 'Asia/Kolkata' });
  await act(t, { do: 'router', rows: [{ id: 1, hour: 19, micro: 5, input: 7 }] }, []);
  const before = await everything(t);
  for (const { name } of rollupTables) {
    const db = openDatabase(ledgerPath(t.dataDir), 'write');
    db.exec(`UPDATE ${name} SET requests = requests + 1`);
    db.close();
    const { checks } = await t.call('doctor.run', {});
    expect(checks.find((check) => check.name === 'Sums')?.state, name).toBe('fail');
    // The coarser sums are held against the finer ones, so one wrong cell can show in several tables.
    expect((await t.call('ledger.verify', {})).wrongSums, name).toBeGreaterThan(0);
    expect((await t.call('ledger.verify', {})).wrongSums, name).toBe(0);
  }
  expect(await everything(t)).toEqual(before);
});
