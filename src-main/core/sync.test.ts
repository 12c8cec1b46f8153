import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RouteOutput } from '../../src-preload/contract/index.ts';
import type { Provider } from '../platform/provider.ts';
import { noTokens } from '../platform/record.ts';
import { samplesDir, startTestCore, type TestCore, type TestCoreOptions } from '../testing/core.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { type FakeVendor, startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import {
  answerBill,
  dayBefore,
  testBalance,
  testCosts,
  testProvider,
} from '../testing/vendors/test-provider.ts';

const key = ['made', 'up', 'key', '0123456789abcd'].join('-');
const dayMs = 86_400_000;

async function started(vendor: FakeVendor, options: TestCoreOptions = {}): Promise<TestCore> {
  const keySlots = [testKeySlot()];
  return startTestCore({ network: vendor.network, providers: [testProvider()], keySlots, ...options });
}

async function connect(core: TestCore, more: { readonly name?: string } = {}): Promise<number> {
  return (await core.call('connections.save', { provider: 'made-up', secrets: { apiKey: key }, ...more })).id;
}

async function usd(core: TestCore): Promise<number> {
  const { totals } = await core.call('report.run', { by: ['day'], filters: {} });
  return totals.cashNanoUsd / 1e9;
}

async function only(core: TestCore): Promise<RouteOutput<'connections.list'>['connections'][number]> {
  const [connection] = (await core.call('connections.list', {})).connections;
  if (connection === undefined) throw new Error('no connection');
  return connection;
}

async function sync(core: TestCore) {
  const [result] = (await core.call('sync.run', {})).results;
  if (result === undefined) throw new Error('nothing to sync');
  return result;
}

test('a new connection is read newest first and back to where the vendor is worth asking', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 0)}|big`, '1.25').set(`${dayBefore(core.now, 29)}|big`, '2.5');
  const id = await connect(core);
  expect(await sync(core)).toMatchObject({
    ...{ connectionId: id, provider: 'made-up', report: 'costs', state: 'ok', error: null },
    ...{ accepted: 2, updated: 0, duplicate: 0, refused: 0, withdrawn: 0 },
  });
  expect(bill.windows.map((window) => window.slice(0, 10))).toEqual(
    [9, 19, 29].map((days) => dayBefore(core.now, days)),
  );
  expect(await usd(core)).toBe(3.75);
  const { reports, account } = await only(core);
  expect(account).toBe('Made Up API');
  expect(reports).toMatchObject([{ asOf: core.now, lastSuccessAt: core.now, backfill: null, error: null }]);
  const { sources } = await core.call('sources.list', {});
  expect(sources).toMatchObject([{ kind: 'sync', label: 'Made Up: Costs', evidence: 'billed', records: 2 }]);
});

test('a past that was broken off goes on where it ended, also after a restart', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 5)}|big`, '1').set(`${dayBefore(core.now, 25)}|big`, '2');
  await connect(core);
  bill.instead = () => (bill.windows.length < 2 ? null : { status: 503 });
  expect(await sync(core)).toMatchObject({ state: 'failed', accepted: 0, error: { code: 'OVERLOADED' } });
  const errors = async () => (await core.call('sources.list', {})).sources.map(({ error }) => error);
  expect(await errors()).toEqual(['The vendor answered with 503.']);
  // The window that was read is kept, and how far that is.
  expect(await usd(core)).toBe(1);
  expect((await only(core)).reports[0]?.backfill).toEqual({ done: 10, total: 30 });
  await core.restart();
  bill.instead = null;
  bill.windows.length = 0;
  expect(await sync(core)).toMatchObject({ state: 'ok', accepted: 1 });
  expect(await errors()).toEqual([null]);
  // The days vendors still change, then the rest of the past: the ten days read are not read a second time.
  expect(bill.windows).toEqual([
    `${dayBefore(core.now, 3)}..${dayBefore(core.now, -1)}`,
    `${dayBefore(core.now, 19)}..${dayBefore(core.now, 9)}`,
    `${dayBefore(core.now, 29)}..${dayBefore(core.now, 19)}`,
  ]);
  expect(await usd(core)).toBe(3);
});

test('what a vendor says later of a past day stands, be it more or less, and is told as updated', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  const yesterday = `${dayBefore(core.now, 1)}|big`;
  bill.usd.set(yesterday, '10').set(`${dayBefore(core.now, 2)}|big`, '1');
  await connect(core);
  await sync(core);
  for (const [said, days] of [
    ['12.5', 0],
    ['3', 0],
    ['4', 1],
    ['0.000000001', 1],
  ] as const) {
    core.now += days * dayMs + 3_600_000;
    bill.usd.set(yesterday, said);
    expect(await sync(core)).toMatchObject({ accepted: 1, updated: 1, duplicate: 1, refused: 0 });
    expect(await usd(core)).toBeCloseTo(1 + Number(said), 9);
  }
  expect(await sync(core)).toMatchObject({ accepted: 0, updated: 0, duplicate: 1 });
});

test('a bucket that is filed anew under another name is not counted twice, and may come back', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|unknown`, '7');
  await connect(core);
  await sync(core);
  bill.usd.delete(`${day}|unknown`);
  bill.usd.set(`${day}|big`, '7');
  core.now += dayMs;
  expect(await sync(core)).toMatchObject({ accepted: 1, updated: 0, withdrawn: 1 });
  expect(await usd(core)).toBe(7);
  expect(await sync(core)).toMatchObject({ accepted: 0, withdrawn: 0 });
  bill.usd.delete(`${day}|big`);
  bill.usd.set(`${day}|unknown`, '8');
  expect(await sync(core)).toMatchObject({ accepted: 1, updated: 1, withdrawn: 1 });
  expect(await usd(core)).toBe(8);
});

test('rows that cannot be read are kept as refused, and nothing is taken for withdrawn beside them', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|big`, '7');
  await connect(core);
  await sync(core);
  const problem = 'amount "n/a" is no number';
  bill.instead = () => ({ json: { buckets: [], problems: [problem, problem] } });
  expect(await sync(core)).toMatchObject({ state: 'ok', accepted: 0, refused: 2, withdrawn: 0 });
  expect(await usd(core)).toBe(7);
  // Read again, the same rows are known; a third one is not.
  bill.instead = () => ({ json: { buckets: [], problems: [problem, problem, problem] } });
  expect(await sync(core)).toMatchObject({ duplicate: 2, refused: 1 });
  core.now += dayMs;
  expect(await sync(core)).toMatchObject({ duplicate: 3, refused: 0 });
  const [last] = (await core.call('imports.list', {})).imports;
  const { problems } = await core.call('imports.problems', { importId: last?.id ?? 0 });
  expect(problems.map(({ reason }) => reason)).toEqual([problem, problem, problem]);
});

test('pages of a window are one reading; a page that leads back to itself ends it and stores nothing', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  const [day, item] = [dayBefore(core.now, 1), 'big'];
  const page = (usd: string, next: string | null) => ({ json: { buckets: [{ day, item, usd }], next } });
  const isFirst = (url: URL) => url.searchParams.get('from') === dayBefore(core.now, 9);
  bill.instead = ({ url }) => {
    if (!isFirst(url)) return null;
    return url.searchParams.get('page') === 'two' ? page('2', null) : page('1', 'two');
  };
  await connect(core);
  // Two rows of one bucket are two parts of it.
  expect(await sync(core)).toMatchObject({ state: 'ok', accepted: 2 });
  expect(await usd(core)).toBe(3);
  bill.instead = () => page('9', 'two');
  expect(await sync(core)).toMatchObject({ state: 'failed', error: { code: 'BAD_RESPONSE' } });
  expect(await usd(core)).toBe(3);
});

test('two connections of a vendor are two accounts, and buckets of one name are theirs', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  await connect(core);
  await connect(core, { name: 'Work' });
  const { results } = await core.call('sync.run', {});
  expect(results.map(({ state }) => state)).toEqual(['ok', 'ok']);
  expect(await usd(core)).toBe(14);
  const { connections } = await core.call('connections.list', {});
  expect(connections.map(({ name, account }) => [name, account])).toEqual([
    ['Made Up', 'Made Up API'],
    ['Work', 'Work API'],
  ]);
});

test('two keys of one account are read once', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  await connect(core);
  const { accountId } = await only(core);
  const draft = { provider: 'made-up', name: 'Second key', secrets: { apiKey: key }, accountId };
  await core.call('connections.save', draft);
  const { results } = await core.call('sync.run', {});
  expect(results.map(({ state }) => state)).toEqual(['ok', 'skipped']);
  const second = (await core.call('connections.list', {})).connections[1]?.reports[0];
  expect(second).toMatchObject({ readBy: 'Made Up', nextAt: null });
  expect(await usd(core)).toBe(7);
});

test('removing a connection keeps what it brought; its key is forgotten', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  const id = await connect(core);
  await sync(core);
  await core.call('connections.remove', { id });
  expect((await core.call('connections.list', {})).connections).toEqual([]);
  expect(await usd(core)).toBe(7);
  // Added again, it goes on in the same source: nothing is counted twice.
  await connect(core);
  expect(await sync(core)).toMatchObject({ accepted: 0, duplicate: 1 });
  expect(await usd(core)).toBe(7);
});

test('a day of readings can be taken back: the reading before it stands again, and nothing brings it back unasked', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|big`, '7').set(`${day}|gone`, '2');
  const id = await connect(core);
  await sync(core);
  core.now += dayMs;
  bill.usd.set(`${day}|big`, '5').delete(`${day}|gone`);
  bill.usd.set(`${day}|new`, '1');
  await sync(core);
  expect(await usd(core)).toBe(6);
  const imports = (await core.call('imports.list', {})).imports;
  expect(imports.map(({ kind, fileName }) => [kind, fileName])).toEqual([
    ['sync', 'Made Up: Costs'],
    ['sync', 'Made Up: Costs'],
  ]);
  await core.call('imports.undo', { importId: imports[0]?.id ?? 0 });
  expect(await usd(core)).toBe(9);
  expect((await only(core)).paused).toBe(true);
  // Asked for, it is read anew, the past too.
  const { results } = await core.call('sync.run', { connectionId: id });
  expect(results).toMatchObject([{ state: 'ok', withdrawn: 1 }]);
  expect(await usd(core)).toBe(6);
  for (const { id: importId, state } of (await core.call('imports.list', {})).imports)
    if (state === 'committed') await core.call('imports.undo', { importId });
  expect(await usd(core)).toBe(0);
});

test('a file of the same bill and its readings count once, and the readings stand', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const now = Date.UTC(2026, 6, 10, 12);
  await using core = await started(vendor, { now, providers: [testProvider({ vendor: 'openai' })] });
  const path = join(samplesDir, 'openai_cost.csv');
  await core.call('imports.commit', { file: { path } });
  const before = await usd(core);
  const { sources } = await core.call('sources.list', {});
  const day = sources[0]?.firstDay ?? '';
  // More than the file says: it was exported before the day was final.
  bill.usd.set(`${day}|all`, '100');
  await connect(core);
  await sync(core);
  expect(new Set((await core.call('sources.list', {})).sources.map(({ account }) => account)).size).toBe(1);
  const { rows } = await core.call('report.run', { by: ['day'], filters: { from: day, to: day } });
  expect(rows[0]?.cashNanoUsd).toBe(100e9);
  expect(await usd(core)).toBeGreaterThan(100);
  expect(await usd(core)).toBeLessThan(100 + before);
});

test('what was read moves with its connection to another account, whichever of the two is moved', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  const id = await connect(core);
  await sync(core);
  const account = (name: string) =>
    core.call('accounts.save', { name, kind: 'api', provider: 'made-up', fee: null });
  const { id: work } = await account('Work');
  const { id: home } = await account('Home');
  const [source] = (await core.call('sources.list', {})).sources;
  await core.call('sources.assign', { sourceId: source?.id ?? 0, accountId: work });
  expect((await only(core)).account).toBe('Work');
  expect(await sync(core)).toMatchObject({ duplicate: 1 });
  await core.call('connections.save', { id, provider: 'made-up', accountId: home });
  expect((await core.call('sources.list', {})).sources.map(({ account }) => account)).toEqual(['Home']);
  expect(await sync(core)).toMatchObject({ duplicate: 1 });
  expect(await usd(core)).toBe(7);
  await expect(core.call('accounts.remove', { id: home })).rejects.toThrow(/connection "Made Up"/);
});

test('falls of a balance are spend of their day, at least; a rise is a top-up', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  let left = '10.00';
  vendor.answer('GET', '*/balance', () => ({ json: { usd: left } }));
  const { costs: _, ...rest } = testProvider();
  await using core = await started(vendor, { providers: [{ ...rest, balance: testBalance }] });
  const id = await connect(core);
  for (const next of ['10.00', '9.50', '29.50', '29.25']) {
    left = next;
    expect(await sync(core)).toMatchObject({ report: 'balance', state: 'ok' });
    core.now += 3_600_000;
  }
  core.now += dayMs;
  left = '20';
  await sync(core);
  expect(await usd(core)).toBe(0.75 + 9.25);
  const { series, changes } = await core.call('balances.series', { connectionId: id });
  expect(series.map(({ available }) => available)).toEqual(['10.00', '9.50', '29.50', '29.25', '20']);
  expect(changes.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['spend', '0.5'],
    ['top-up', '20'],
    ['spend', '0.25'],
    ['spend', '9.25'],
  ]);
  expect((await only(core)).balances).toMatchObject([{ available: '20', nanoUsd: 20e9 }]);
  expect((await core.call('sources.list', {})).sources).toMatchObject([
    { label: 'Made Up: Spend by balance', evidence: 'estimated' },
  ]);
});

test('a balance read by a clock that was ahead stops no later reading, and its spend is not counted beside theirs', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  let left = '10';
  vendor.answer('GET', '*/balance', () => ({ json: { usd: left } }));
  const { costs: _, ...rest } = testProvider();
  await using core = await started(vendor, { providers: [{ ...rest, balance: testBalance }] });
  const connectionId = await connect(core);
  await sync(core);
  const before = core.now;
  core.now += 300 * dayMs;
  left = '9';
  await sync(core);
  core.now = before + 3_600_000;
  left = '7';
  await sync(core);
  expect(await usd(core)).toBe(3);
  const { series } = await core.call('balances.series', { connectionId });
  expect(series.map(({ available }) => available)).toEqual(['10', '7']);
});

test('a fall over several days is no second count of the calls made on them', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  let left = '10';
  vendor.answer('GET', '*/balance', () => ({ json: { usd: left } }));
  const { costs: _, ...rest } = testProvider();
  const complete: Provider['complete'] = async ({ model }) => ({
    ...{
      text: 'Hello',
      reasoning: '',
      toolCalls: [],
      finish: 'stop',
      model,
      vendorCallId: null,
      limits: null,
    },
    usage: { tokens: { ...noTokens, input: 1 }, cost: { value: '1', currency: 'USD' } },
  });
  await using core = await started(vendor, { providers: [{ ...rest, balance: testBalance, complete }] });
  const connectionId = await connect(core);
  await sync(core);
  // Days on which calls are made and the balance cannot be read.
  for (let day = 0; day < 4; day++) {
    core.now += dayMs;
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    await core.call('calls.ask', { model: 'big', connectionId, messages });
  }
  expect(await usd(core)).toBe(4);
  core.now += dayMs;
  left = '6';
  await sync(core);
  expect(await usd(core)).toBe(4);
});

test('two products of a vendor share its account, and what each is billed counts', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const amount = { value: '4', currency: 'USD' };
  const other: typeof testCosts = {
    ...testCosts,
    async read(...given) {
      const page = await testCosts.read(...given);
      return { ...page, records: page.records.map((one) => ({ ...one, amount })) };
    },
  };
  const cloud = testProvider({ id: 'made-up-cloud', label: 'Made Up Cloud', costs: [other] });
  await using core = await started(vendor, { providers: [testProvider(), cloud] });
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '3');
  await connect(core);
  await core.call('connections.save', { provider: 'made-up-cloud', secrets: { apiKey: key } });
  await core.call('sync.run', {});
  const { connections } = await core.call('connections.list', {});
  expect(connections.map(({ account }) => account)).toEqual(['Made Up API', 'Made Up API']);
  expect(await usd(core)).toBe(7);
});

test('a gateway in the account of the vendor behind it is not billed twice', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const costs = [{ ...testCosts, evidence: 'estimated' as const }];
  const gateway = testProvider({ id: 'gate', label: 'Gate', vendor: 'gate', kind: 'gateway', costs });
  await using core = await started(vendor, { providers: [testProvider(), gateway] });
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '3');
  await connect(core);
  await core.call('sync.run', {});
  const { accountId } = await only(core);
  await core.call('connections.save', { provider: 'gate', secrets: { apiKey: key }, accountId });
  await core.call('sync.run', {});
  expect(await usd(core)).toBe(3);
});

/** Every day of a project costs the same: a tenth of it where it is a small one. */
const readProject: typeof testCosts.read = async ({ from, to }, { fields }) => {
  const item = fields.project ?? 'whole';
  const value = item === 'small' ? '0.1' : '1';
  const days = Array.from({ length: (to - from) / dayMs }, (_, day) => from + day * dayMs);
  const records = days.map((at) => ({
    ...{ key: `${at}|${item}`, at, grain: 'day' as const, provider: 'made-up', model: item, requests: 0 },
    ...{ tokens: noTokens, amount: { value, currency: 'USD' } },
  }));
  return { records, problems: [], cursor: null, asOf: null };
};
const projectField: Provider['fields'][number] = {
  ...{ name: 'project', label: 'Project', kind: 'text', secret: false, required: false },
  ...{ help: 'Which one to read.', neededFor: ['costs'] },
};

test('a connection that is pointed at another project is read anew as a whole: no money of the first one stays', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  const project = { ...testCosts, read: readProject };
  const fields = [...testProvider().fields, projectField];
  await using core = await started(vendor, { providers: [testProvider({ costs: [project], fields })] });
  const id = await connect(core);
  await sync(core);
  expect(await usd(core)).toBe(30);
  await core.call('connections.save', { id, provider: 'made-up', fields: { project: 'small' } });
  await sync(core);
  expect(await usd(core)).toBe(3);
});

test('a zero beside money without a rate is no known cost: it does not hide what a usage report is known to cost', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const lines: Record<string, string> = { euro: 'EUR' };
  const inEuro: typeof testCosts.read = async (...given) => {
    const page = await testCosts.read(...given);
    const records = page.records.flatMap((one) =>
      one.amount === undefined || one.model === 'used'
        ? []
        : { ...one, amount: { ...one.amount, currency: lines[one.model ?? ''] ?? 'USD' } },
    );
    return { ...page, records };
  };
  const used: typeof testCosts.read = async (...given) => {
    const page = await testCosts.read(...given);
    return { ...page, records: page.records.filter(({ model }) => model === 'used') };
  };
  const costs = [
    { ...testCosts, read: inEuro },
    { ...testCosts, id: 'usage', label: 'Usage', evidence: 'recorded' as const, read: used },
  ];
  await using core = await started(vendor, { providers: [testProvider({ costs })] });
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|euro`, '5').set(`${day}|nothing`, '0').set(`${day}|used`, '4');
  await connect(core);
  await core.call('sync.run', {});
  expect(await usd(core)).toBe(4);
});
