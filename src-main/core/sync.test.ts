import { expect, test } from 'vitest';
import { startTestCore, type TestCore, type TestCoreOptions } from '../testing/core.ts';
import { type FakeVendor, startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { answerBill, dayBefore, testProvider } from '../testing/vendors/test-provider.ts';

const key = ['made', 'up', 'key', '0123456789abcd'].join('-');

async function started(vendor: FakeVendor, options: TestCoreOptions = {}): Promise<TestCore> {
  return startTestCore({ network: vendor.network, providers: [testProvider()], ...options });
}

async function connect(core: TestCore, name?: string): Promise<number> {
  const draft = { provider: 'made-up', secrets: { apiKey: key } };
  const { id } = await core.call('connections.save', name === undefined ? draft : { ...draft, name });
  return id;
}

async function total(core: TestCore): Promise<number> {
  const { totals } = await core.call('report.run', { by: ['day'], filters: {} });
  return totals.cashNanoUsd / 1e9;
}

test('a new connection is read newest first and back to where the vendor is worth asking', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await started(vendor);
  bill.usd.set(`${dayBefore(core.now, 0)}|big`, '1.25').set(`${dayBefore(core.now, 29)}|big`, '2.5');
  const id = await connect(core);
  const { results } = await core.call('sync.run', {});
  expect(results).toMatchObject([
    { connectionId: id, report: 'costs', state: 'ok', accepted: 2, refused: 0 },
  ]);
  const windows = bill.windows.map((window) => window.slice(0, 10));
  expect(windows).toEqual([10, 20, 30].map((days) => dayBefore(core.now, days - 1)));
  expect(await total(core)).toBe(3.75);
});
