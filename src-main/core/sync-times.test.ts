import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { testTimers, until } from '../testing/follow.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { type FakeVendor, startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { answerBill, dayBefore, testModels, testProvider } from '../testing/vendors/test-provider.ts';

const key = ['made', 'up', 'key', '0123456789abcd'].join('-');
const minute = 60_000;
const hour = 60 * minute;

/** A core that stays, with hands on its clock. */
async function staying(vendor: FakeVendor, providers = [testProvider()]) {
  const timers = testTimers();
  const core = await startTestCore({
    network: vendor.network,
    ...{ providers, timers, keySlots: [testKeySlot()] },
  });
  core.core.keepInSync();
  return { core, timers };
}

async function report(core: TestCore, provider = 'made-up') {
  const { connections } = await core.call('connections.list', {});
  const [state] = connections.find((one) => one.provider === provider)?.reports ?? [];
  if (state === undefined) throw new Error('nothing to read');
  return state;
}

/** Waits until the report was tried at the core's time, and stands still. */
async function tried(core: TestCore, provider?: string): Promise<Awaited<ReturnType<typeof report>>> {
  const isOver = async () => {
    const { lastAttemptAt, isRunning } = await report(core, provider);
    return lastAttemptAt === core.now && !isRunning;
  };
  await until(core.core, isOver, () => report(core, provider));
  return report(core, provider);
}

async function connect(core: TestCore, provider = 'made-up'): Promise<number> {
  return (await core.call('connections.save', { provider, secrets: { apiKey: key } })).id;
}

test('nothing is asked of anybody before there is a connection; a new one is read at once', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  timers.pass();
  expect(vendor.seen).toEqual([]);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  await connect(core);
  const { lastSuccessAt, nextAt } = await tried(core);
  expect(lastSuccessAt).toBe(core.now);
  // An hour, and up to a tenth more.
  expect(nextAt).toBeGreaterThanOrEqual(core.now + hour);
  expect(nextAt).toBeLessThanOrEqual(core.now + 1.1 * hour);
});

test('readings follow the wall clock: after sleep at once, after a restart too, and never early', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  await connect(core);
  await tried(core);
  const asked = bill.windows.length;
  core.now += 50 * minute;
  timers.pass();
  await core.call('connections.list', {});
  expect(bill.windows.length).toBe(asked);
  // Asleep for three days.
  core.now += 72 * hour;
  timers.pass();
  await tried(core);
  expect(bill.windows.at(-1)).toBe(`${dayBefore(core.now, 6)}..${dayBefore(core.now, -1)}`);
  await core.restart();
  core.core.keepInSync();
  core.now += 2 * hour;
  timers.pass();
  expect((await tried(core)).lastSuccessAt).toBe(core.now);
});

test('a clock that jumps ahead and back keeps nothing from being read', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  const start = core.now;
  await connect(core);
  await tried(core);
  core.now = Date.UTC(2031, 0, 1);
  timers.pass();
  await tried(core);
  bill.windows.length = 0;
  core.now = start + hour;
  bill.usd.set(`${dayBefore(core.now, 0)}|big`, '7');
  timers.pass();
  await tried(core);
  expect(bill.windows[0]).toMatch(new RegExp(`${dayBefore(core.now, -1)}$`));
  const { totals } = await core.call('report.run', { by: ['day'], filters: {} });
  expect(totals.cashNanoUsd).toBe(7e9);
});

test('what failed for want of a network is tried at once after sleep', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  bill.instead = () => ({ status: 599, headers: { 'retry-after': '3600' } });
  await connect(core);
  const failed = await tried(core);
  expect(failed.error?.code).toBe('NETWORK');
  bill.instead = null;
  // The lid was closed for so short a time that nothing is due by the plan.
  expect(failed.nextAt).toBeGreaterThan(core.now + 6 * minute);
  core.now += 6 * minute;
  timers.pass();
  expect(await tried(core)).toMatchObject({ error: null, lastSuccessAt: core.now });
});

test('a vendor is not asked again before it said so, nor hammered with a key it refuses', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core } = await staying(vendor);
  await using _ = core;
  bill.instead = () => ({ status: 429, headers: { 'retry-after': '5400' } });
  const id = await connect(core);
  const limited = await tried(core);
  expect(limited.error?.code).toBe('RATE_LIMITED');
  expect(limited.nextAt).toBeGreaterThanOrEqual(core.now + 5400_000);
  for (const [status, code] of [
    [401, 'INVALID_KEY'],
    [402, 'OUT_OF_CREDIT'],
    [403, 'INSUFFICIENT_SCOPE'],
    [404, 'NOT_ENABLED'],
  ] as const) {
    bill.instead = () => ({ status });
    core.now += minute;
    await core.call('sync.run', { connectionId: id });
    const state = await report(core);
    expect(state.error?.code).toBe(code);
    expect(state.nextAt).toBeGreaterThanOrEqual(core.now + 12 * hour);
  }
  // A key typed anew is tried at once.
  bill.instead = null;
  await core.call('connections.save', { id, provider: 'made-up', secrets: { apiKey: `${key}2` } });
  core.now += minute;
  await core.call('sync.run', {});
  expect(await report(core)).toMatchObject({ error: null, lastSuccessAt: core.now });
});

test('a vendor that wants a moment between its pages is given it, within one reading', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core } = await staying(vendor);
  await using _ = core;
  let asked = 0;
  bill.instead = () => (asked++ % 2 === 0 ? { status: 429, headers: { 'retry-after': '20' } } : null);
  await connect(core);
  expect(await tried(core)).toMatchObject({ error: null, backfill: null });
  expect(asked).toBe(6);
});

test('while a vendor wants a longer moment, its report says until when', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  let asked = 0;
  bill.instead = () => (asked++ === 0 ? { status: 429, headers: { 'retry-after': '60' } } : null);
  await connect(core);
  const waits = async () => (await report(core)).waitsUntil === core.now + minute;
  await until(core.core, waits, () => report(core));
  expect(await report(core)).toMatchObject({ isRunning: true, error: null });
  timers.expire();
  expect(await tried(core)).toMatchObject({ waitsUntil: null, error: null, lastSuccessAt: core.now });
});

test('a vendor that never answers keeps no other waiting, and is given up at last', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  const other = testProvider({
    id: 'other',
    label: 'Other',
    baseUrl: 'https://api.other.test/v1',
    hosts: [],
  });
  vendor.answer('GET', 'https://api.other.test/v1/costs', { hangs: true });
  const { core, timers } = await staying(vendor, [other, testProvider()]);
  await using _ = core;
  await connect(core, 'other');
  await until(core.core, async () => (await report(core, 'other')).isRunning);
  await connect(core);
  expect((await tried(core)).error).toBeNull();
  expect((await report(core, 'other')).isRunning).toBe(true);
  await until(core.core, () => vendor.seen.some(({ url }) => url.hostname === 'api.other.test'));
  timers.expire();
  expect((await tried(core, 'other')).error?.code).toBe('NETWORK');
});

test('after five failures in a row a vendor is left alone, then tried with one request', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core } = await staying(vendor);
  await using _ = core;
  const breaker = async () => (await core.call('connections.list', {})).connections[0]?.breaker;
  bill.instead = () => ({ status: 500 });
  const id = await connect(core);
  await tried(core);
  for (let i = 0; i < 4; i++) await core.call('sync.run', { connectionId: id });
  expect(await breaker()).toEqual({ state: 'open', until: core.now + 30_000 });
  const asked = bill.windows.length;
  const { results } = await core.call('sync.run', {});
  // Whoever looks later learns why: the failures themselves are no longer on the screen.
  const error = { code: 'OVERLOADED', message: expect.stringMatching(/in a row failed.*answered with 500/) };
  expect(results).toMatchObject([{ state: 'failed', error }]);
  expect(bill.windows.length).toBe(asked);
  core.now += 30_000;
  expect(await breaker()).toEqual({ state: 'half-open', until: null });
  await core.call('sync.run', {});
  expect(bill.windows.length).toBe(asked + 1);
  // The trial failed: it rests twice as long.
  expect(await breaker()).toEqual({ state: 'open', until: core.now + 60_000 });
  core.now += 60_000;
  bill.instead = null;
  await core.call('sync.run', {});
  expect(await breaker()).toEqual({ state: 'closed', until: null });
  const { providers } = await core.call('health.list', {});
  expect(providers).toMatchObject([
    {
      provider: 'made-up',
      sync: { errors: { OVERLOADED: 6 } },
      lastOutage: { to: core.now, code: 'OVERLOADED' },
    },
  ]);
});

test('a paused connection, or all of them, is not read by itself; asked for by name it is', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const { core, timers } = await staying(vendor);
  await using _ = core;
  const id = await connect(core);
  await tried(core);
  await core.call('connections.pause', { id, paused: true });
  const asked = bill.windows.length;
  core.now += 3 * hour;
  timers.pass();
  expect((await core.call('sync.run', {})).results).toMatchObject([{ state: 'skipped' }]);
  expect(bill.windows.length).toBe(asked);
  expect((await core.call('sync.run', { connectionId: id })).results).toMatchObject([{ state: 'ok' }]);
  await core.call('connections.pause', { id, paused: false });
  await core.call('connections.pause', { id: null, paused: true });
  expect((await core.call('connections.list', {})).isPaused).toBe(true);
  core.now += 3 * hour;
  timers.pass();
  await core.call('connections.pause', { id: null, paused: false });
  expect((await tried(core)).lastSuccessAt).toBe(core.now);
});

test('an interval of one’s own holds from the last reading on, and can be taken back', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  const { core } = await staying(vendor);
  await using _ = core;
  const id = await connect(core);
  await tried(core);
  await core.call('connections.setInterval', { id, report: 'costs', everyMinutes: 10 });
  expect(await report(core)).toMatchObject({ everyMinutes: 10, nextAt: core.now + 10 * minute });
  await core.call('connections.setInterval', { id, report: 'costs', everyMinutes: null });
  expect(await report(core)).toMatchObject({ everyMinutes: 60 });
});

test('one report that fails leaves the others alone; models are kept as last read', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  vendor.answer('GET', '*/models', { json: { ids: ['big', 'small'] } });
  const { core } = await staying(vendor, [testProvider({ models: testModels })]);
  await using _ = core;
  bill.instead = () => ({ status: 403 });
  await connect(core);
  const { results } = await core.call('sync.run', {});
  expect(results.map((one) => [one.report, one.state])).toEqual([
    ['costs', 'failed'],
    ['models', 'ok'],
  ]);
  const [connection] = (await core.call('connections.list', {})).connections;
  expect(connection).toMatchObject({ models: 2, breaker: { state: 'closed' } });
});

test('a locked vault is said, counts as nobody’s failure, and sync goes on once it is open', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  const slot = testKeySlot();
  const timers = testTimers();
  await using core = await startTestCore({
    network: vendor.network,
    ...{ providers: [testProvider()], timers, keySlots: [slot] },
  });
  await connect(core);
  slot.state = 'locked';
  await core.restart();
  core.core.keepInSync();
  expect((await tried(core)).error?.code).toBe('VAULT_LOCKED');
  await expect(connect(core)).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  expect((await core.call('connections.list', {})).connections).toHaveLength(1);
  expect(vendor.seen).toEqual([]);
  slot.state = 'works';
  core.now += minute;
  await core.call('vault.unlock', { passphrase: '' });
  expect(await tried(core)).toMatchObject({ error: null, lastSuccessAt: core.now });
});
