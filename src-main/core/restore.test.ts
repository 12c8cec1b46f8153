import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import type { Ports } from '../platform/ports.ts';
import { lockDataDir } from '../store/lock.ts';
import { resourcesDir } from '../testing/core.ts';
import { offline } from '../testing/offline.ts';
import { type TempDir, tempDir } from '../testing/temp-dir.ts';
import { type Core, createCore } from './index.ts';

let dir: TempDir;
let core: Core;
/** How many times from now on the machine fails while the ledger's writer is being opened. */
let failures = 0;

const dataDir = (): string => join(dir.path, 'data');

function ports(heavyWork: Ports['heavyWork']): Ports {
  const quiet = () => undefined;
  return {
    host: 'cli',
    version: '0.0.0-test',
    clock: { now: () => Date.UTC(2026, 10, 20) },
    log: { info: quiet, warn: quiet, error: quiet },
    environment: {
      get platform() {
        if (failures > 0) {
          failures--;
          throw new Error('the machine fails');
        }
        return 'linux' as const;
      },
      home: join(dir.path, 'home'),
      env: {},
      zone: () => 'UTC',
    },
    settings: { read: () => ({}), write: quiet },
    ...offline(),
    dataDir: dataDir(),
    resourcesDir,
    heavyWork,
  };
}

beforeEach(() => {
  dir = tempDir();
  mkdirSync(join(dir.path, 'home'));
  failures = 0;
});
afterEach(async () => {
  await core.stop();
  dir[Symbol.dispose]();
});

const call = <R extends RouteName>(route: R, input: RouteInput<R>) =>
  core.call(route, input, { trusted: true, label: 'test' });

async function data<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> {
  const result = await call(route, input);
  if (!result.ok) throw new Error(result.error.message);
  return result.data;
}

const saveAlias = (alias: string) =>
  data('prices.saveAlias', { provider: 'openai', alias, toProvider: 'openai', toModel: 'gpt-5' });

const aliases = async () => (await data('prices.list', {})).aliases.map(({ alias }) => alias);

/** A ledger with the alias `first` in its backup and `second` added since. Returns the backup's path. */
async function startWithBackup(heavyWork: Ports['heavyWork']): Promise<string> {
  core = createCore(ports(heavyWork));
  await core.start();
  await saveAlias('first');
  const { backup } = await data('backups.create', {});
  await saveAlias('second');
  return backup.path;
}

test('a restored ledger that cannot be opened is taken back: the one before is open again and can be written', async () => {
  const path = await startWithBackup('inline');
  failures = 1;
  expect(await call('backups.restore', { path })).toMatchObject({ ok: false, error: { code: 'BACKUP_BAD' } });
  expect(await aliases()).toEqual(['first', 'second']);
  await saveAlias('third');
  expect(await aliases()).toContain('third');
});

test('with nothing that can be opened the folder is let go, every call says why, and a new start works', async () => {
  const path = await startWithBackup('inline');
  failures = 2;
  const failure = { ok: false, error: { code: 'STORE_DAMAGED' } };
  expect(await call('backups.restore', { path })).toMatchObject(failure);
  expect(await call('prices.list', {})).toMatchObject(failure);
  lockDataDir(dataDir()).release();
  await core.start();
  expect(await aliases()).toEqual(['first', 'second']);
});

test.each(['inline', 'thread'] as const)(
  'stopping during a restore waits for it and then lets the folder go (%s)',
  async (work) => {
    const path = await startWithBackup(work);
    const restoring = call('backups.restore', { path });
    await core.stop();
    lockDataDir(dataDir()).release();
    expect(await restoring).toMatchObject({ ok: true });
    await core.start();
    expect(await aliases()).toEqual(['first']);
  },
);
