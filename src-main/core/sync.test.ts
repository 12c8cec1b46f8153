import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir } from '../testing/core.ts';
import { startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { cashUsd, connect, firstConnection, startSyncCore, syncFirst } from '../testing/vendors/sync-core.ts';
import { answerBill, dayBefore, testCosts, testProvider } from '../testing/vendors/test-provider.ts';

const dayMs = 86_400_000;

test('a new connection is read newest first and back to where the vendor is worth asking', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 0)}|big`, '1.25').set(`${dayBefore(core.now, 29)}|big`, '2.5');
  const id = await connect(core);
  expect(await syncFirst(core)).toMatchObject({
    ...{ connectionId: id, provider: 'made-up', report: 'costs', state: 'ok', error: null },
    ...{ accepted: 2, updated: 0, duplicate: 0, refused: 0, withdrawn: 0 },
  });
  expect(bill.windows.map((window) => window.slice(0, 10))).toEqual(
    [9, 19, 29].map((days) => dayBefore(core.now, days)),
  );
  expect(await cashUsd(core)).toBe(3.75);
  const { reports, account } = await firstConnection(core);
  expect(account).toBe('Made Up API');
  expect(reports).toMatchObject([{ asOf: core.now, lastSuccessAt: core.now, backfill: null, error: null }]);
  const { sources } = await core.call('sources.list', {});
  expect(sources).toMatchObject([{ kind: 'sync', label: 'Made Up: Costs', evidence: 'billed', records: 2 }]);
});

test('a past that was broken off goes on where it ended, also after a restart', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 5)}|big`, '1').set(`${dayBefore(core.now, 25)}|big`, '2');
  await connect(core);
  bill.instead = () => (bill.windows.length < 2 ? null : { status: 503 });
  expect(await syncFirst(core)).toMatchObject({
    state: 'failed',
    accepted: 0,
    error: { code: 'OVERLOADED' },
  });
  const errors = async () => (await core.call('sources.list', {})).sources.map(({ error }) => error);
  expect(await errors()).toEqual(['The vendor answered with 503.']);
  // The window that was read is kept, and how far that is.
  expect(await cashUsd(core)).toBe(1);
  expect((await firstConnection(core)).reports[0]?.backfill).toEqual({ done: 10, total: 30 });
  await core.restart();
  bill.instead = null;
  bill.windows.length = 0;
  expect(await syncFirst(core)).toMatchObject({ state: 'ok', accepted: 1 });
  expect(await errors()).toEqual([null]);
  // The days vendors still change, then the rest of the past: the ten days read are not read a second time.
  expect(bill.windows).toEqual([
    `${dayBefore(core.now, 3)}..${dayBefore(core.now, -1)}`,
    `${dayBefore(core.now, 19)}..${dayBefore(core.now, 9)}`,
    `${dayBefore(core.now, 29)}..${dayBefore(core.now, 19)}`,
  ]);
  expect(await cashUsd(core)).toBe(3);
});

test('what a vendor says later of a past day stands, be it more or less, and is told as updated', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  const yesterday = `${dayBefore(core.now, 1)}|big`;
  bill.usd.set(yesterday, '10').set(`${dayBefore(core.now, 2)}|big`, '1');
  await connect(core);
  await syncFirst(core);
  for (const [said, days] of [
    ['12.5', 0],
    ['3', 0],
    ['4', 1],
    ['0.000000001', 1],
  ] as const) {
    core.now += days * dayMs + 3_600_000;
    bill.usd.set(yesterday, said);
    expect(await syncFirst(core)).toMatchObject({ accepted: 1, updated: 1, duplicate: 1, refused: 0 });
    expect(await cashUsd(core)).toBeCloseTo(1 + Number(said), 9);
  }
  expect(await syncFirst(core)).toMatchObject({ accepted: 0, updated: 0, duplicate: 1 });
});

test('a bucket that is filed anew under another name is not counted twice, and may come back', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|unknown`, '7');
  await connect(core);
  await syncFirst(core);
  bill.usd.delete(`${day}|unknown`);
  bill.usd.set(`${day}|big`, '7');
  core.now += dayMs;
  expect(await syncFirst(core)).toMatchObject({ accepted: 1, updated: 0, withdrawn: 1 });
  expect(await cashUsd(core)).toBe(7);
  expect(await syncFirst(core)).toMatchObject({ accepted: 0, withdrawn: 0 });
  bill.usd.delete(`${day}|big`);
  bill.usd.set(`${day}|unknown`, '8');
  expect(await syncFirst(core)).toMatchObject({ accepted: 1, updated: 1, withdrawn: 1 });
  expect(await cashUsd(core)).toBe(8);
});

test('rows that cannot be read are kept as refused, and nothing is taken for withdrawn beside them', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|big`, '7');
  await connect(core);
  await syncFirst(core);
  const problem = 'amount "n/a" is no number';
  bill.instead = () => ({ json: { buckets: [], problems: [problem, problem] } });
  expect(await syncFirst(core)).toMatchObject({ state: 'ok', accepted: 0, refused: 2, withdrawn: 0 });
  expect(await cashUsd(core)).toBe(7);
  // Read again, the same rows are known; a third one is not.
  bill.instead = () => ({ json: { buckets: [], problems: [problem, problem, problem] } });
  expect(await syncFirst(core)).toMatchObject({ duplicate: 2, refused: 1 });
  core.now += dayMs;
  expect(await syncFirst(core)).toMatchObject({ duplicate: 3, refused: 0 });
  const [last] = (await core.call('imports.list', {})).imports;
  const { problems } = await core.call('imports.problems', { importId: last?.id ?? 0 });
  expect(problems.map(({ reason }) => reason)).toEqual([problem, problem, problem]);
});

test('pages of a window are one reading; a page that leads back to itself ends it and stores nothing', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  const [day, item] = [dayBefore(core.now, 1), 'big'];
  const page = (usd: string, next: string | null) => ({ json: { buckets: [{ day, item, usd }], next } });
  const isFirst = (url: URL) => url.searchParams.get('from') === dayBefore(core.now, 9);
  bill.instead = ({ url }) => {
    if (!isFirst(url)) return null;
    return url.searchParams.get('page') === 'two' ? page('2', null) : page('1', 'two');
  };
  await connect(core);
  // Two rows of one bucket are two parts of it.
  expect(await syncFirst(core)).toMatchObject({ state: 'ok', accepted: 2 });
  expect(await cashUsd(core)).toBe(3);
  bill.instead = () => page('9', 'two');
  expect(await syncFirst(core)).toMatchObject({ state: 'failed', error: { code: 'BAD_RESPONSE' } });
  expect(await cashUsd(core)).toBe(3);
});

test('a day of readings can be taken back: the reading before it stands again, and nothing brings it back unasked', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|big`, '7').set(`${day}|gone`, '2');
  const id = await connect(core);
  await syncFirst(core);
  core.now += dayMs;
  bill.usd.set(`${day}|big`, '5').delete(`${day}|gone`);
  bill.usd.set(`${day}|new`, '1');
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(6);
  const imports = (await core.call('imports.list', {})).imports;
  expect(imports.map(({ kind, fileName }) => [kind, fileName])).toEqual([
    ['sync', 'Made Up: Costs'],
    ['sync', 'Made Up: Costs'],
  ]);
  await core.call('imports.undo', { importId: imports[0]?.id ?? 0 });
  expect(await cashUsd(core)).toBe(9);
  expect((await firstConnection(core)).paused).toBe(true);
  // Asked for, it is read anew, the past too.
  const { results } = await core.call('sync.run', { connectionId: id });
  expect(results).toMatchObject([{ state: 'ok', withdrawn: 1 }]);
  expect(await cashUsd(core)).toBe(6);
  for (const { id: importId, state } of (await core.call('imports.list', {})).imports)
    if (state === 'committed') await core.call('imports.undo', { importId });
  expect(await cashUsd(core)).toBe(0);
});

test('a file of the same bill and its readings count once, and the readings stand', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const now = Date.UTC(2026, 6, 10, 12);
  await using core = await startSyncCore(vendor, { now, providers: [testProvider({ vendor: 'openai' })] });
  const path = join(samplesDir, 'openai_cost.csv');
  await core.call('imports.commit', { file: { path } });
  const before = await cashUsd(core);
  const { sources } = await core.call('sources.list', {});
  const day = sources[0]?.firstDay ?? '';
  // More than the file says: it was exported before the day was final.
  bill.usd.set(`${day}|all`, '100');
  await connect(core);
  await syncFirst(core);
  expect(new Set((await core.call('sources.list', {})).sources.map(({ account }) => account)).size).toBe(1);
  const { rows } = await core.call('report.run', { by: ['day'], filters: { from: day, to: day } });
  expect(rows[0]?.cashNanoUsd).toBe(100e9);
  expect(await cashUsd(core)).toBeGreaterThan(100);
  expect(await cashUsd(core)).toBeLessThan(100 + before);
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
  await using core = await startSyncCore(vendor, { providers: [testProvider({ costs })] });
  const day = dayBefore(core.now, 1);
  bill.usd.set(`${day}|euro`, '5').set(`${day}|nothing`, '0').set(`${day}|used`, '4');
  await connect(core);
  await core.call('sync.run', {});
  expect(await cashUsd(core)).toBe(4);
});
