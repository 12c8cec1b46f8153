import { expect, test } from 'vitest';
import type { ConnectionDraft } from '../../src-preload/contract/connections.ts';
import type { Provider } from '../platform/provider.ts';
import { custom } from '../providers/custom.ts';
import { startTestCore } from '../testing/core.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { type FakeVendor, startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { answerBill, testModels, testProvider } from '../testing/vendors/test-provider.ts';

const key = ['made', 'up', 'key', '0123456789abcd'].join('-');
const secrets = { apiKey: key };

const field = { help: 'Somewhere.', neededFor: [], secret: false, required: false } as const;
const withFields = (): Provider => {
  const { fields } = testProvider();
  const region = {
    ...field,
    name: 'region',
    label: 'Region',
    kind: 'choice',
    env: ['MADE_UP_REGION'],
  } as const;
  const choices = [{ value: 'eu', label: 'Europe' }];
  const admin = { ...field, name: 'adminKey', label: 'Admin key', kind: 'text', secret: true } as const;
  return testProvider({
    fields: [...fields, { ...region, choices }, { ...admin, neededFor: ['models'] }],
    models: testModels,
  });
};

const started = (vendor: FakeVendor, providers = [withFields()]) =>
  startTestCore({ network: vendor.network, providers, keySlots: [testKeySlot()] });

test('a saved key is nowhere to be read again: only how it ends', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  await core.call('connections.save', { provider: 'made-up', secrets, fields: { region: 'eu' } });
  const list = await core.call('connections.list', {});
  expect(JSON.stringify(list)).not.toContain(key.slice(0, -4));
  expect(list.connections).toMatchObject([
    {
      ...{ name: 'Made Up', account: 'Made Up API', fields: { region: 'eu' }, baseUrl: null, isLocal: false },
      secrets: [{ field: 'apiKey', endsWith: 'abcd', origin: 'https://api.made-up.test' }],
      reports: [
        { report: 'costs', missing: [] },
        { report: 'models', missing: ['adminKey'], nextAt: null },
      ],
    },
  ]);
});

test('what is left out stays, an empty text removes, and only declared fields of the right kind are taken', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  const save = (draft: Partial<ConnectionDraft>) =>
    core.call('connections.save', { provider: 'made-up', ...draft });
  const { id } = await save({ secrets, fields: { region: 'eu' }, requestsPerMinute: 5 });
  await save({ id, name: 'Mine' });
  const read = async () => (await core.call('connections.list', {})).connections[0];
  expect(await read()).toMatchObject({ name: 'Mine', fields: { region: 'eu' }, requestsPerMinute: 5 });
  await save({ id, fields: { region: '' }, requestsPerMinute: null });
  expect(await read()).toMatchObject({ fields: {}, requestsPerMinute: null, secrets: [{ field: 'apiKey' }] });
  for (const [draft, words] of [
    [{ fields: { nowhere: 'x' } }, /no field "nowhere"/],
    [{ fields: { apiKey: key } }, /is a secret/],
    [{ secrets: { region: 'eu' } }, /is no secret/],
    [{ fields: { region: 'us' } }, /one of eu/],
    [{ id, secrets: { apiKey: '' } }, /API key is missing/],
    [{ secrets: {} }, /API key is missing/],
    [{ id, name: 'MINE', accountId: 99 }, /account is gone/],
    [{ secrets, name: 'mine' }, /already a connection "Mine"/],
    [{ provider: 'nobody' }, /no vendor "nobody"/],
  ] as const)
    await expect(save(draft)).rejects.toThrow(words);
  expect((await core.call('connections.list', {})).connections).toHaveLength(1);
});

test('a key stays with the server it was saved for: another base needs it typed again', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  const { id } = await core.call('connections.save', { provider: 'made-up', secrets });
  const moved = { id, provider: 'made-up', baseUrl: 'https://proxy.example.com/v1/' };
  await expect(core.call('connections.save', moved)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { needs: 'secret' },
  });
  await core.call('connections.save', { ...moved, secrets });
  const [connection] = (await core.call('connections.list', {})).connections;
  expect(connection).toMatchObject({
    baseUrl: 'https://proxy.example.com/v1',
    secrets: [{ origin: 'https://proxy.example.com' }],
  });
  // Another path of the same server is the same origin.
  await core.call('connections.save', { ...moved, baseUrl: 'https://proxy.example.com/v2' });
  await core.call('sync.run', {});
  expect(new Set(vendor.seen.map(({ url }) => url.origin))).toEqual(new Set(['https://proxy.example.com']));
});

test.each([
  ['http://192.168.1.5:4000', /your own machine or network/],
  ['http://localhost:4000', /your own machine or network/],
  ['https://router.local', /your own machine or network/],
  ['http://[::1]:1234', /your own machine or network/],
  ['http://api.example.com', /plain http/],
  ['ftp://api.example.com', /is no address/],
  ['api.example.com', /is no address/],
  ['https://me:pass@api.example.com', /Leave the login out/],
])('the base %s is not taken without a word', async (baseUrl, words) => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  await expect(core.call('connections.save', { provider: 'made-up', secrets, baseUrl })).rejects.toThrow(
    words,
  );
});

test('said to be local, a server of one’s own is reached; a local server on this machine says so itself', async () => {
  await using vendor = await startFakeVendor();
  const { fields: _, ...local } = testProvider({ id: 'local', label: 'Local', kind: 'local' });
  const providers = [withFields(), { ...local, accountKind: 'local' as const, fields: [] }];
  await using core = await started(vendor, providers);
  const baseUrl = 'http://127.0.0.1:9/v1';
  await core.call('connections.save', { provider: 'made-up', secrets, baseUrl, isLocal: true });
  await core.call('connections.save', { provider: 'local', baseUrl });
  const { connections } = await core.call('connections.list', {});
  expect(connections.map(({ isLocal, account }) => [isLocal, account])).toEqual([
    [true, 'Made Up API'],
    [true, 'Local'],
  ]);
});

test('a test says what the vendor answered, of typed keys as of saved ones, and saves nothing but that', async () => {
  await using vendor = await startFakeVendor();
  answerBill(vendor);
  await using core = await started(vendor);
  const draft = { provider: 'made-up', secrets };
  const { checks } = await core.call('connections.test', { draft });
  expect(checks).toEqual([{ capability: 'costs', state: 'ok', message: 'The key reads costs.' }]);
  expect((await core.call('connections.list', {})).connections).toEqual([]);
  const { id } = await core.call('connections.save', draft);
  await core.call('connections.test', { id });
  const [connection] = (await core.call('connections.list', {})).connections;
  expect(connection).toMatchObject({ testedAt: core.now, checks: [{ state: 'ok' }] });
  vendor.answer('GET', '*/me', { status: 401 });
  await expect(core.call('connections.test', { id })).rejects.toMatchObject({ code: 'INVALID_KEY' });
  const bearers = vendor.seen.map(({ headers }) => headers.authorization);
  expect(new Set(bearers)).toEqual(new Set([`Bearer ${key}`]));
});

test('keys in environment variables are offered by their ends, and adopted only when asked', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  expect((await core.call('connections.offers', {})).offers).toEqual([]);
  Object.assign(core.env, { MADE_UP_KEY: ` ${key} `, MADE_UP_REGION: 'eu' });
  const offer = { provider: 'made-up', variable: 'MADE_UP_KEY' };
  expect((await core.call('connections.offers', {})).offers).toEqual([
    { ...offer, field: 'apiKey', endsWith: 'abcd' },
  ]);
  expect((await core.call('connections.list', {})).connections).toEqual([]);
  await core.call('connections.adopt', offer);
  const [connection] = (await core.call('connections.list', {})).connections;
  expect(connection).toMatchObject({ fields: { region: 'eu' }, secrets: [{ endsWith: 'abcd' }] });
  expect((await core.call('connections.offers', {})).offers).toEqual([]);
  await expect(core.call('connections.adopt', { ...offer, variable: 'HOME' })).rejects.toThrow(/no key/);
});

test('what was added, changed and removed is written down, and no key with it', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  const { id } = await core.call('connections.save', { provider: 'made-up', secrets });
  await core.call('connections.save', { id, provider: 'made-up', name: 'Mine', fields: { region: 'eu' } });
  await core.call('connections.pause', { id, paused: true });
  await core.call('connections.remove', { id });
  const entries = (await core.call('audit.list', {})).entries.filter(
    ({ subject }) => subject !== 'audit log',
  );
  expect(entries.map(({ action, subject }) => `${action} ${subject}`).reverse()).toEqual([
    'connection.added Made Up',
    'key.saved Made Up',
    'connection.changed Mine',
    'sync.paused Mine',
    'connection.removed Mine',
  ]);
  expect(entries[2]?.details).toEqual({ name: 'Mine', fields: '{"region":"eu"}' });
  expect(JSON.stringify(entries)).not.toContain(key);
  expect(await core.call('vault.status', {})).toMatchObject({ keys: 0 });
});

test('after an older ledger is restored, a new connection does not come by the keys of one it knows nothing of', async () => {
  await using vendor = await startFakeVendor();
  await using core = await started(vendor);
  const { backup } = await core.call('backups.create', {});
  const { id } = await core.call('connections.save', {
    provider: 'made-up',
    secrets: { ...secrets, adminKey: `${key}-admin` },
  });
  await core.call('backups.restore', { path: backup.path });
  expect((await core.call('connections.list', {})).connections).toEqual([]);
  expect(await core.call('connections.save', { provider: 'made-up', secrets })).toEqual({ id });
  const [connection] = (await core.call('connections.list', {})).connections;
  expect(connection?.secrets.map(({ field }) => field)).toEqual(['apiKey']);
});

test('what a provider offers is what it has methods for', async () => {
  await using vendor = await startFakeVendor();
  const { costs: _, ...bare } = testProvider({ id: 'bare', label: 'Bare' });
  await using core = await started(vendor, [withFields(), bare]);
  await core.call('connections.save', { provider: 'made-up', secrets });
  const { providers } = await core.call('providers.list', {});
  expect(providers.map(({ id, offers, connections }) => [id, offers, connections])).toEqual([
    ['made-up', ['costs', 'models'], 1],
    ['bare', [], 0],
  ]);
  expect(JSON.stringify(providers)).not.toContain('MADE_UP_KEY');
});

test('models of a server of one’s own cost what was said with its connection', async () => {
  await using vendor = await startFakeVendor();
  vendor.answer('GET', '*/models', { json: { object: 'list', data: [{ id: 'mine', object: 'model' }] } });
  await using core = await started(vendor, [custom]);
  const baseUrl = 'https://llm.example.test/v1';
  const priced = { priceMode: 'token', inputPrice: '0.5', outputPrice: '2' };
  const { id } = await core.call('connections.save', { provider: 'custom', baseUrl, fields: priced });
  const read = async () => {
    await core.call('models.refresh', { connectionId: id });
    return (await core.call('models.list', {})).models;
  };
  const from = { priceFrom: 'set with the connection', vendorPrice: null };
  expect(await read()).toMatchObject([{ id: 'mine', price: { input: '0.5', output: '2' }, ...from }]);
  await core.call('connections.save', { provider: 'custom', id, fields: { priceMode: 'free' } });
  expect(await read()).toMatchObject([{ price: { input: '0', output: '0' }, ...from }]);
});
