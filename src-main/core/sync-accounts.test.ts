import { expect, test } from 'vitest';
import type { Provider } from '../platform/provider.ts';
import { noTokens } from '../platform/record.ts';
import { startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import {
  cashUsd,
  connect,
  firstConnection,
  startSyncCore,
  syncFirst,
  testKey,
} from '../testing/vendors/sync-core.ts';
import { answerBill, dayBefore, testCosts, testProvider } from '../testing/vendors/test-provider.ts';

const dayMs = 86_400_000;

test('two connections of a vendor are two accounts, and buckets of one name are theirs', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  await connect(core);
  await connect(core, { name: 'Work' });
  const { results } = await core.call('sync.run', {});
  expect(results.map(({ state }) => state)).toEqual(['ok', 'ok']);
  expect(await cashUsd(core)).toBe(14);
  const { connections } = await core.call('connections.list', {});
  expect(connections.map(({ name, account }) => [name, account])).toEqual([
    ['Made Up', 'Made Up API'],
    ['Work', 'Work API'],
  ]);
});

test('two keys of one account are read once', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  await connect(core);
  const { accountId } = await firstConnection(core);
  const draft = { provider: 'made-up', name: 'Second key', secrets: { apiKey: testKey }, accountId };
  await core.call('connections.save', draft);
  const { results } = await core.call('sync.run', {});
  expect(results.map(({ state }) => state)).toEqual(['ok', 'skipped']);
  const second = (await core.call('connections.list', {})).connections[1]?.reports[0];
  expect(second).toMatchObject({ readBy: 'Made Up', nextAt: null });
  expect(await cashUsd(core)).toBe(7);
});

test('removing a connection keeps what it brought; its key is forgotten', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  const id = await connect(core);
  await syncFirst(core);
  await core.call('connections.remove', { id });
  expect((await core.call('connections.list', {})).connections).toEqual([]);
  expect(await cashUsd(core)).toBe(7);
  // Added again, it goes on in the same source: nothing is counted twice.
  await connect(core);
  expect(await syncFirst(core)).toMatchObject({ accepted: 0, duplicate: 1 });
  expect(await cashUsd(core)).toBe(7);
});

test('what was read moves with its connection to another account, whichever of the two is moved', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  await using core = await startSyncCore(vendor);
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '7');
  const id = await connect(core);
  await syncFirst(core);
  const account = (name: string) =>
    core.call('accounts.save', { name, kind: 'api', provider: 'made-up', fee: null });
  const { id: work } = await account('Work');
  const { id: home } = await account('Home');
  const [source] = (await core.call('sources.list', {})).sources;
  await core.call('sources.assign', { sourceId: source?.id ?? 0, accountId: work });
  expect((await firstConnection(core)).account).toBe('Work');
  expect(await syncFirst(core)).toMatchObject({ duplicate: 1 });
  await core.call('connections.save', { id, provider: 'made-up', accountId: home });
  expect((await core.call('sources.list', {})).sources.map(({ account }) => account)).toEqual(['Home']);
  expect(await syncFirst(core)).toMatchObject({ duplicate: 1 });
  expect(await cashUsd(core)).toBe(7);
  await expect(core.call('accounts.remove', { id: home })).rejects.toThrow(/connection "Made Up"/);
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
  await using core = await startSyncCore(vendor, { providers: [testProvider(), cloud] });
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '3');
  await connect(core);
  await core.call('connections.save', { provider: 'made-up-cloud', secrets: { apiKey: testKey } });
  await core.call('sync.run', {});
  const { connections } = await core.call('connections.list', {});
  expect(connections.map(({ account }) => account)).toEqual(['Made Up API', 'Made Up API']);
  expect(await cashUsd(core)).toBe(7);
});

test('a gateway in the account of the vendor behind it is not billed twice', async () => {
  await using vendor = await startFakeVendor();
  const bill = answerBill(vendor);
  const costs = [{ ...testCosts, evidence: 'estimated' as const }];
  const gateway = testProvider({ id: 'gate', label: 'Gate', vendor: 'gate', kind: 'gateway', costs });
  await using core = await startSyncCore(vendor, { providers: [testProvider(), gateway] });
  bill.usd.set(`${dayBefore(core.now, 1)}|big`, '3');
  await connect(core);
  await core.call('sync.run', {});
  const { accountId } = await firstConnection(core);
  await core.call('connections.save', { provider: 'gate', secrets: { apiKey: testKey }, accountId });
  await core.call('sync.run', {});
  expect(await cashUsd(core)).toBe(3);
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
  await using core = await startSyncCore(vendor, { providers: [testProvider({ costs: [project], fields })] });
  const id = await connect(core);
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(30);
  await core.call('connections.save', { id, provider: 'made-up', fields: { project: 'small' } });
  await syncFirst(core);
  expect(await cashUsd(core)).toBe(3);
});
