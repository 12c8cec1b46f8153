import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RouteInput, RouteName } from '../../src-preload/contract/index.ts';
import { createLog } from '../platform/log.ts';
import type { Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import { providers } from '../providers/index.ts';
import { resourcesDir } from '../testing/core.ts';
import { liveAndDie } from '../testing/faults/kill.ts';
import { offline } from '../testing/offline.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { canary, filesBelow, leaksIn, spellingsOf } from '../testing/vault/canaries.ts';
import { testKeySlot } from '../testing/vault/key-slot.ts';
import { type FakeVendor, type SeenRequest, startFakeVendor } from '../testing/vendors/fake-vendor.ts';
import { createCore } from './index.ts';

const keyCount = 12;
const passphrase = 'a long enough phrase';

/** Vendors a single key is enough for, and the name of that key. */
const usable = providers.flatMap((provider: Provider) => {
  const required = provider.fields.filter((field) => field.required || field.neededFor.length === 0);
  const [field] = required.length > 0 ? required : provider.fields;
  const isPlain = field?.secret === true && field.kind === 'text' && required.length <= 1;
  return isPlain && provider.baseUrl !== null ? [{ provider, field: field.name }] : [];
});

const echoed = ({ headers, url }: SeenRequest): string =>
  `${headers.authorization ?? headers['x-api-key'] ?? headers['api-key'] ?? ''} ${url.search}`;

/** Answers as vendors at their worst do: with the very key they refuse, in body and header. */
function refuseAll(vendor: FakeVendor, status: number): void {
  for (const method of ['GET', 'POST'])
    vendor.answer(method, '*', (request) => ({
      status,
      headers: { 'x-request-id': encodeURIComponent(echoed(request)).slice(0, 500) },
      json: { error: { message: `Incorrect API key provided: ${echoed(request)}`, code: 'invalid_api_key' } },
    }));
}

/** A core of which everything that leaves it is kept: log lines, replies, events. */
async function watchedCore(dir: string, vendor: FakeVendor, keySlots: Ports['keySlots']) {
  const said: [string, string][] = [];
  const log = createLog({ now: () => 0 }, (line) => said.push(['log', line]));
  let settings: Readonly<Record<string, unknown>> = {};
  const core = createCore({
    ...{
      host: 'web',
      version: '0.0.0-test',
      log,
      resourcesDir,
      dataDir: join(dir, 'data'),
      heavyWork: 'inline',
    },
    clock: { now: () => Date.UTC(2026, 10, 28, 12) },
    environment: { platform: 'linux', home: join(dir, 'home'), env: {}, zone: () => 'UTC' },
    settings: {
      read: () => settings,
      write(values) {
        settings = values;
        said.push(['settings', JSON.stringify(values)]);
      },
    },
    ...offline(),
    network: vendor.network,
    keySlots,
  });
  core.events.listen((event) => said.push(['event', JSON.stringify(event)]));
  await core.start();
  const call = async <R extends RouteName>(route: R, input: RouteInput<R>) => {
    const result = await core.call(route, input, { trusted: true, label: 'test' });
    said.push([`reply of ${route}`, JSON.stringify(result)]);
    return result.ok ? result.data : null;
  };
  return { core, call, said };
}

type Watched = Awaited<ReturnType<typeof watchedCore>>;

const prompt = [{ role: 'user' as const, content: 'Hello' }];

/** Everything a window and a command line do with connections. */
async function useAll({ call }: Watched, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    await call('connections.test', { id });
    await call('models.refresh', { connectionId: id });
    await call('calls.ask', { model: 'any-model', messages: prompt, connectionId: id });
    await call('balances.series', { connectionId: id });
  }
  await call('sync.run', {});
  for (const route of [
    ...(['connections.list', 'providers.list', 'models.list', 'health.list', 'vault.status'] as const),
    ...(['settings.get', 'app.info', 'jobs.list', 'sources.list', 'audit.list', 'audit.verify'] as const),
  ])
    await call(route, {});
  await call('debugLog.list', {});
}

test('T2.3: twelve keys go through everything, and are found nowhere outside the vault', async () => {
  using dir = tempDir();
  await using vendor = await startFakeVendor();
  const watched = await watchedCore(dir.path, vendor, [testKeySlot()]);
  const { core, call, said } = watched;
  await call('settings.save', { debugLog: 'with-text' });
  expect(usable.length).toBeGreaterThan(5);
  const keys = Array.from({ length: keyCount }, (_, i) => canary(i + 1));
  const ids: number[] = [];
  for (const [i, apiKey] of keys.entries()) {
    const { provider, field } = usable[i % usable.length] ?? { provider: { id: '' }, field: '' };
    const draft = { provider: provider.id, name: `Canary ${i}`, secrets: { [field]: apiKey } };
    await call('connections.test', { draft });
    const saved = await call('connections.save', draft);
    if (saved !== null) ids.push(saved.id);
  }
  expect(ids).toHaveLength(keyCount);

  await useAll(watched, ids);
  refuseAll(vendor, 401);
  await useAll(watched, ids);
  refuseAll(vendor, 500);
  await useAll(watched, ids.slice(0, 3));
  // The keys did travel: what follows is not true for want of use.
  const sent = vendor.seen.map((request) => echoed(request)).join('\n');
  const used = keys.filter((key) => sent.includes(key) || sent.includes(encodeURIComponent(key)));
  expect(used.length).toBeGreaterThanOrEqual(keyCount - 2);

  await call('vault.setPassphrase', { next: passphrase });
  await call('vault.rotate', { passphrase });
  await call('backups.create', {});
  const made = await Promise.all([
    call('vault.export', { passphrase }),
    call('exports.create', { format: 'json', filters: {} }),
  ]);
  expect(made.every((one) => one !== null)).toBe(true);
  // As a crash would leave it, the write-ahead log included.
  cpSync(join(dir.path, 'data'), join(dir.path, 'crashed'), { recursive: true });
  expect(leaksIn([...filesBelow(dir.path), ...said], keys)).toEqual([]);
  await core.stop();
  rmSync(join(dir.path, 'crashed'), { recursive: true });
  expect(leaksIn([...filesBelow(dir.path), ...said], keys)).toEqual([]);
}, 120_000);

test('keys kept for the session alone are nowhere on the disk of a killed host', async () => {
  using dir = tempDir();
  const keys = [canary(1), canary(2)];
  const [{ provider, field } = { provider: { id: '' }, field: '' }] = usable;
  const steps = keys.map((key, i) => ({
    route: 'connections.save' as const,
    input: { provider: provider.id, name: `Canary ${i}`, secrets: { [field]: key } },
  }));
  const place = { dataDir: join(dir.path, 'data'), home: join(dir.path, 'home'), resourcesDir };
  const orders = { ...place, heavyWork: 'inline' as const };
  const last = { route: 'backups.create' as const, input: {} };
  const life = await liveAndDie(
    { ...orders, steps: [...steps, last, { route: 'vault.status', input: {} }] },
    { step: 3, afterMs: 0, took: () => undefined },
  );
  expect(life.done.filter(({ step }) => step >= 0 && step <= 1)).toHaveLength(2);
  expect(leaksIn([...filesBelow(dir.path), ['replies', JSON.stringify(life.done)]], keys)).toEqual([]);
}, 60_000);

test('the search finds a key in each of its spellings, also inside something longer', () => {
  const key = canary(3);
  const inside = (text: string) => leaksIn([['x', `before ${text} after`]], [key]).length;
  for (const [name, form] of spellingsOf(key)) expect(inside(form), name).toBeGreaterThan(0);
  for (const before of ['', 'k', 'ke', 'key']) {
    const longer = Buffer.from(`${before}${key}"}`);
    expect(inside(longer.toString('base64')), before).toBeGreaterThan(0);
    expect(inside(longer.toString('base64url')), before).toBeGreaterThan(0);
  }
  expect(inside(canary(4))).toBe(0);
});
