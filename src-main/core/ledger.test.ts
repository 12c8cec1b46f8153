import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openPrices } from '../jobs/context.ts';
import { followLogs } from '../jobs/follow/task.ts';
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

/** A line of a streamed reply: few ids, so that later lines, copies and other files meet the same reply. */
const reply = fc.record({
  id: fc.integer({ min: 1, max: 4 }),
  hour: fc.integer({ min: 0, max: 95 }),
  output: fc.integer({ min: 1, max: 500 }),
});
type Reply = typeof reply extends fc.Arbitrary<infer T> ? T : never;

function logLines(replies: readonly Reply[]): string {
  const lines = replies.map(({ id, hour, output }) => {
    const message = {
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5-20250929',
    };
    return JSON.stringify({
      type: 'assistant',
      isSidechain: false,
      sessionId: 's1',
      cwd: '/home/dev/shop',
      version: '2.0.0',
      requestId: `req_${id}`,
      uuid: `uuid-${id}`,
      timestamp: new Date(day0 + hour * 3_600_000).toISOString(),
      message: { ...message, stop_reason: 'end_turn', usage: { input_tokens: 7, output_tokens: output } },
    });
  });
  return [...lines, ''].join('\n');
}

const generations = fc.uniqueArray(generation, { minLength: 1, maxLength: 6, selector: (g) => g.id });
const logs = ['one', 'two'] as const;

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('usage' as const),
      rows: fc.array(bucket, { minLength: 1, maxLength: 6 }),
      account: fc.constantFrom('One', 'Two'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('log' as const),
      log: fc.constantFrom(...logs),
      lines: fc.array(reply, { minLength: 1, maxLength: 4 }),
      read: fc.constantFrom('follow' as const, 'scan' as const, 'import' as const, null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('archive' as const),
      members: fc.array(generations, { minLength: 2, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('router' as const),
      rows: generations,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
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

/** A file that was imported and stands. */
interface Done {
  readonly importId: number;
  readonly path: string;
  readonly account?: string;
}

let files = 0;

function write(t: TestCore, content: string | Uint8Array, ending = 'csv'): string {
  const path = join(t.dir, `file-${++files}.${ending}`);
  writeFileSync(path, content);
  return path;
}

/** Imports a file; `rows` are all it holds. */
async function commit(t: TestCore, path: string, rows: number, account?: string): Promise<Done[]> {
  const input = { file: { path }, ...(account === undefined ? {} : { account }) };
  const { files: done, unreadable } = await t.call('imports.commit', input);
  expect(unreadable).toEqual([]);
  const counted = done.map(({ counts: c }) => c.accepted + c.duplicate + c.refused + c.skipped);
  expect(counted.reduce((sum, each) => sum + each, 0)).toBe(rows);
  return done.flatMap(({ importId }) =>
    importId === null ? [] : [{ importId, path, ...(account === undefined ? {} : { account }) }],
  );
}

/** All members bring ids of their own or what came before them brought, so each stands as a file of its own. */
async function commitArchive(t: TestCore, contents: readonly string[]): Promise<Done[]> {
  const paths = contents.map((content) => write(t, content));
  const members = paths.map((path, i) => [`${i}.csv`, readFileSync(path)] as const);
  const zip = write(t, zipSync(Object.fromEntries(members)), 'zip');
  const { files: done } = await t.call('imports.commit', { file: { path: zip } });
  return done.flatMap(({ importId, fileName }) => {
    const path = paths[Number(/(\d)\.csv$/.exec(fileName)?.[1])];
    return importId === null || path === undefined ? [] : [{ importId, path }];
  });
}

function logPath(t: TestCore, log: string): string {
  const folder = join(t.home, '.claude', 'projects', '-home-dev-shop');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${log}.jsonl`);
}

/** Looks at a tool's logs as a host does that follows them, beside the core. */
function follow(t: TestCore, zone: string): void {
  const db = openDatabase(ledgerPath(t.dataDir), 'write');
  const context = {
    ...{ db, dataDir: t.dataDir, resourcesDir, settings: { zone, rates: [], logFolders: {} } },
    environment: { platform: 'linux' as const, home: t.home, env: t.env },
    now: () => t.now,
    progress: () => undefined,
    stop: () => false,
  };
  try {
    followLogs(context, { tools: [{ tool: 'claude-code', paths: null }], asked: true });
  } finally {
    db.close();
  }
}

const scan = (t: TestCore): Promise<unknown> => t.call('scan.run', { tools: ['claude-code'] });

async function writeLog(t: TestCore, one: Extract<Step, { do: 'log' }>, zone: string): Promise<Done[]> {
  const path = logPath(t, one.log);
  appendFileSync(path, logLines(one.lines));
  if (one.read === 'scan') await scan(t);
  if (one.read === 'follow') follow(t, zone);
  if (one.read !== 'import') return [];
  const content = readFileSync(path);
  return commit(t, write(t, content, 'jsonl'), content.toString().trim().split('\n').length);
}

/** Undoes any import that stands, scans and followed days included. */
async function undoAny(t: TestCore, which: number, standing: Done[]): Promise<void> {
  const { imports } = await t.call('imports.list', {});
  const all = imports.filter(({ undoneAt }) => undoneAt === null);
  const gone = all[which % Math.max(1, all.length)];
  if (gone === undefined) return;
  await t.call('imports.undo', { importId: gone.id });
  const at = standing.findIndex(({ importId }) => importId === gone.id);
  if (at >= 0) standing.splice(at, 1);
}

async function assignFirst(t: TestCore): Promise<void> {
  const { sources } = await t.call('sources.list', {});
  const { accounts } = await t.call('accounts.list', {});
  const [source, account] = [sources[0], accounts.at(-1)];
  if (source && account) await t.call('sources.assign', { sourceId: source.id, accountId: account.id });
}

async function act(t: TestCore, one: Step, standing: Done[], zone = 'UTC'): Promise<void> {
  switch (one.do) {
    case 'usage':
      standing.push(...(await commit(t, write(t, usageCsv(one.rows)), one.rows.length, one.account)));
      return;
    case 'router':
      standing.push(...(await commit(t, write(t, routerCsv(one.rows)), one.rows.length)));
      return;
    case 'archive':
      standing.push(...(await commitArchive(t, one.members.map(routerCsv))));
      return;
    case 'log':
      standing.push(...(await writeLog(t, one, zone)));
      return;
    case 'restart':
      return t.restart();
    case 'undo':
      return undoAny(t, one.which, standing);
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
    case 'assign':
      return assignFirst(t);
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

/** A ledger that only ever saw the files that stand, in their order, and the logs as they are now. */
async function freshLedger(t: TestCore, steps: readonly Step[], standing: readonly Done[]): Promise<unknown> {
  await using fresh = await startTestCore();
  for (const one of steps) if (one.do === 'price' || one.do === 'zone') await act(fresh, one, []);
  for (const { path, account } of standing)
    await fresh.call('imports.commit', { file: { path }, ...(account === undefined ? {} : { account }) });
  for (const log of logs) if (existsSync(logPath(t, log))) copyFileSync(logPath(t, log), logPath(fresh, log));
  await scan(fresh);
  return everything(fresh);
}

test('always: rollups equal a recount, and the ledger is what its standing imports say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      await using t = await startTestCore();
      const standing: Done[] = [];
      let zone = 'UTC';
      for (const one of steps) {
        if (one.do === 'zone') zone = one.zone;
        await act(t, one, standing, zone);
        expectRollupsToEqualRecount(t, zone);
      }
      // What was taken back of the logs comes again with the next scan.
      await scan(t);
      expectRollupsToEqualRecount(t, zone);
      if (steps.some((one) => one.do === 'assign')) return;
      expect(await everything(t)).toEqual(await freshLedger(t, steps, standing));
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

test('what a followed day brings after another import was undone is undone with it', async () => {
  await using t = await startTestCore();
  const [a, b] = [
    { id: 1, hour: 1, output: 1 },
    { id: 2, hour: 1, output: 1 },
  ];
  const standing: Done[] = [];
  await act(t, { do: 'log', log: 'one', lines: [a, b], read: 'import' }, standing);
  await act(t, { do: 'log', log: 'one', lines: [{ ...a, output: 9 }], read: 'follow' }, standing);
  await t.call('imports.undo', { importId: standing[0]?.importId ?? 0 });
  follow(t, 'UTC');
  expect((await t.call('app.info', {})).records).toBe(2);
  const { imports } = await t.call('imports.list', {});
  const followed = imports.find(({ undoneAt }) => undoneAt === null);
  await t.call('imports.undo', { importId: followed?.id ?? 0 });
  expect((await t.call('app.info', {})).records).toBe(0);
});

test('a facet that was changed is found by the check in every record that has it', async () => {
  await using t = await startTestCore();
  await act(t, { do: 'router', rows: [{ id: 1, hour: 19, micro: 5, input: 7 }] }, []);
  const db = openDatabase(ledgerPath(t.dataDir), 'write');
  db.exec('UPDATE facets SET evidence = 3 - evidence');
  db.close();
  expect((await t.call('ledger.verify', {})).damaged).toHaveLength(1);
});
