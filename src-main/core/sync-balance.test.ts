import { expect, test } from 'vitest';
import type { Provider } from '../platform/provider.ts';
import { noTokens } from '../platform/record.ts';
import { startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { cashUsd, connect, firstConnection, startSyncCore, syncFirst } from '../testing/vendors/sync-core.ts';
import { answerBill, testBalance, testProvider } from '../testing/vendors/test-provider.ts';

const dayMs = 86_400_000;

test('falls of a balance are spend of their day, at least; a rise is a top-up', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  let left = '10.00';
  vendor.answer('GET', '*/balance', () => ({ json: { usd: left } }));
  const { costs: _, ...rest } = testProvider();
  await using core = await startSyncCore(vendor, { providers: [{ ...rest, balance: testBalance }] });
  const id = await connect(core);
  for (const next of ['10.00', '9.50', '29.50', '29.25']) {
    left = next;
    expect(await syncFirst(core)).toMatchObject({ report: 'balance', state: 'ok' });
    core.now += 3_600_000;
  }
  core.now += dayMs;
  left = '20';
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(0.75 + 9.25);
  const { series, changes } = await core.call('balances.series', { connectionId: id });
  expect(series.map(({ available }) => available)).toEqual(['10.00', '9.50', '29.50', '29.25', '20']);
  expect(changes.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['spend', '0.5'],
    ['top-up', '20'],
    ['spend', '0.25'],
    ['spend', '9.25'],
  ]);
  expect((await firstConnection(core)).balances).toMatchObject([{ available: '20', nanoUsd: 20e9 }]);
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
  await using core = await startSyncCore(vendor, { providers: [{ ...rest, balance: testBalance }] });
  const connectionId = await connect(core);
  await syncFirst(core);
  const before = core.now;
  core.now += 300 * dayMs;
  left = '9';
  await syncFirst(core);
  core.now = before + 3_600_000;
  left = '7';
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(3);
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
  await using core = await startSyncCore(vendor, {
    providers: [{ ...rest, balance: testBalance, complete }],
  });
  const connectionId = await connect(core);
  await syncFirst(core);
  // Days on which calls are made and the balance cannot be read.
  for (let day = 0; day < 4; day++) {
    core.now += dayMs;
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    await core.call('calls.ask', { model: 'big', connectionId, messages });
  }
  expect(await cashUsd(core)).toBe(4);
  core.now += dayMs;
  left = '6';
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(4);
});
