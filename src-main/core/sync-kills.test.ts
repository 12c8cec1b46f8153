import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import { resourcesDir } from '../testing/core.ts';
import { type SyncingHost, syncingCore } from '../testing/faults/killed-sync.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { answerBill, type Bill, dayBefore } from '../testing/vendors/test-provider.ts';

const hostFile = join(import.meta.dirname, '../testing/faults/killed-sync.ts');
const now = Date.UTC(2026, 10, 20, 12);

/** Starts the host on its folder, uses it and stops it. */
async function withHost<T>(
  host: SyncingHost,
  use: (call: <R extends RouteName>(route: R, input: RouteInput<R>) => Promise<RouteOutput<R>>) => Promise<T>,
): Promise<T> {
  const core = syncingCore(host);
  await core.start();
  try {
    return await use(async (route, input) => {
      const result = await core.call(route, input, { trusted: true, label: 'test' });
      if (!result.ok) throw new Error(result.error.message);
      return result.data;
    });
  } finally {
    await core.stop();
  }
}

/** Lets a host sync in a process of its own and kills it when it asks for its n-th window. */
async function killAt(host: SyncingHost, bill: Bill, window: number): Promise<void> {
  const child = spawn(process.execPath, [hostFile, JSON.stringify(host)], {
    env: { PATH: process.env.PATH },
    stdio: 'ignore',
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  bill.windows.length = 0;
  bill.instead = () => {
    if (bill.windows.length < window) return null;
    child.kill('SIGKILL');
    return { hangs: true };
  };
  await closed;
  bill.instead = null;
}

test('a host killed between windows loses none it stored and takes none for read that was not', async () => {
  using dir = tempDir();
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  for (let day = 0; day < 30; day++) bill.usd.set(`${dayBefore(now, day)}|big`, '1');
  const [home, dataDir] = [join(dir.path, 'home'), join(dir.path, 'data')];
  mkdirSync(home);
  const passphrase = 'a long enough phrase';
  const host = {
    dataDir,
    home,
    resourcesDir,
    heavyWork: 'inline',
    origin: vendor.origin,
    passphrase,
    now,
  } as const;
  const secrets = { apiKey: ['made', 'up', 'key', '0123456789abcd'].join('-') };
  await withHost(host, (call) => call('connections.save', { provider: 'made-up', secrets }));
  for (const [window, days] of [
    [2, 10],
    [3, 20],
  ] as const) {
    await killAt(host, bill, window);
    await withHost(host, async (call) => {
      const { totals } = await call('report.run', { by: ['day'], filters: {} });
      expect(totals.cashNanoUsd).toBe(days * 1e9);
      const { connections } = await call('connections.list', {});
      expect(connections[0]?.reports[0]?.backfill).toEqual({ done: days, total: 30 });
      expect(await call('ledger.verify', {})).toMatchObject({ damaged: [], wrongSums: 0 });
    });
  }
  await withHost(host, async (call) => {
    expect((await call('sync.run', {})).results).toMatchObject([{ state: 'ok', accepted: 10 }]);
    const { totals } = await call('report.run', { by: ['day'], filters: {} });
    expect(totals.cashNanoUsd).toBe(30e9);
  });
}, 60_000);
