import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { startTestCore, type TestCore, type TestCoreOptions } from '../core.ts';
import { testKeySlot } from '../vault/key-slot.ts';
import type { FakeVendor } from './fake-vendor.ts';
import { testProvider } from './test-provider.ts';

/** What the made-up vendor takes for a key. */
export const testKey = ['made', 'up', 'key', '0123456789abcd'].join('-');

/** A core that knows the made-up vendor, unless `options` names others, and keeps its keys. */
export async function startSyncCore(vendor: FakeVendor, options: TestCoreOptions = {}): Promise<TestCore> {
  const keySlots = [testKeySlot()];
  return startTestCore({ network: vendor.network, providers: [testProvider()], keySlots, ...options });
}

/** Saves a connection to the made-up vendor; its id. */
export async function connect(core: TestCore, more: { readonly name?: string } = {}): Promise<number> {
  const draft = { provider: 'made-up', secrets: { apiKey: testKey }, ...more };
  return (await core.call('connections.save', draft)).id;
}

/** All cash of the ledger, in dollars. */
export async function cashUsd(core: TestCore): Promise<number> {
  const { totals } = await core.call('report.run', { by: ['day'], filters: {} });
  return totals.cashNanoUsd / 1e9;
}

/** The first connection; throws where there is none. */
export async function firstConnection(
  core: TestCore,
): Promise<RouteOutput<'connections.list'>['connections'][number]> {
  const [connection] = (await core.call('connections.list', {})).connections;
  if (connection === undefined) throw new Error('no connection');
  return connection;
}

/** Reads every report once; the first one's result. */
export async function syncFirst(core: TestCore) {
  const [result] = (await core.call('sync.run', {})).results;
  if (result === undefined) throw new Error('nothing to sync');
  return result;
}
