import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import { listBackups } from '../store/backup.ts';
import { openDatabase } from '../store/database.ts';
import { ledgerPath } from '../store/open.ts';
import { resourcesDir } from '../testing/core.ts';
import { hostPorts } from '../testing/faults/host-ports.ts';
import { type LedgerState, problemsOf, readState } from '../testing/faults/ledger-state.ts';
import { logLines, writeExport } from '../testing/faults/made-up.ts';
import { canMount, smallDisk } from '../testing/faults/small-disk.ts';
import { type TempDir, tempDir } from '../testing/temp-dir.ts';
import { type Core, createCore } from './index.ts';

let dir: TempDir;
let core: Core;
beforeEach(() => {
  dir = tempDir();
});
afterEach(async () => {
  await core.stop();
  dir[Symbol.dispose]();
});

const place = (dataDir: string) => ({
  dataDir,
  home: join(dir.path, 'home'),
  resourcesDir,
  heavyWork: 'inline' as const,
});

async function start(dataDir: string): Promise<void> {
  core = createCore(hostPorts(place(dataDir)));
  await core.start();
}

const call = <R extends RouteName>(route: R, input: RouteInput<R>) =>
  core.call(route, input, { trusted: true, label: 'test' });

async function data<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> {
  const result = await call(route, input);
  if (!result.ok) throw new Error(result.error.message);
  return result.data;
}

/** An export of so many rows, with a number of its own. */
function exported(number: number, rows: number): string {
  const path = join(dir.path, `${number}.csv`);
  writeExport(path, number, rows);
  return path;
}

function writeLog(lines: number): void {
  const folder = join(dir.path, 'home', '.claude', 'projects', 'p');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.jsonl'), logLines(0, lines));
}

function stateOf(dataDir: string): LedgerState {
  const db = openDatabase(ledgerPath(dataDir), 'read');
  const state = readState(db);
  db.close();
  return state;
}

/** Every file of a folder with what it holds: for "not touched by a byte". */
function contentOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** All that writes, on a ledger with one import, a backup, and more to read. */
const writing: readonly { what: string; run: (dataDir: string) => ReturnType<typeof call> }[] = [
  { what: 'import', run: () => call('imports.commit', { file: { path: exported(2, 6_000) } }) },
  { what: 'scan', run: () => call('scan.run', {}) },
  { what: 'undo', run: () => call('imports.undo', { importId: 1 }) },
  {
    what: 'reprice',
    run: () =>
      call('prices.saveOverride', {
        ...{ provider: 'openai', model: 'gpt-5-mini', from: '2020-01-01' },
        ...{ input: '1', output: '2' },
      }),
  },
  { what: 'backup', run: () => call('backups.create', {}) },
  {
    what: 'restore',
    run: (dataDir) => call('backups.restore', { path: listBackups(dataDir)[0]?.path ?? '' }),
  },
];

async function begin(dataDir: string): Promise<LedgerState> {
  writeLog(6_000);
  await start(dataDir);
  await data('imports.commit', { file: { path: exported(1, 1_500) } });
  await data('backups.create', {});
  return stateOf(dataDir);
}

const hasDisk = canMount();

describe.runIf(hasDisk)('a disk of its own', () => {
  test.each(writing)('full, $what: told, and nothing is lost or half done', async ({ what, run }) => {
    using disk = smallDisk(8);
    const dataDir = join(disk.path, 'data');
    const before = await begin(dataDir);
    disk.fill(64 * 1024);
    const result = await run(dataDir);
    // A change of a few bytes fits into the log as it is.
    if (!result.ok || what !== 'reprice')
      expect(result).toMatchObject({ ok: false, error: { code: 'STORE_FULL' } });
    if (!result.ok) expect(stateOf(dataDir)).toEqual(before);
    expect(await data('app.info', {})).toMatchObject({ records: 1_500 });
    disk.empty();
    expect(await run(dataDir)).toMatchObject({ ok: true });
    await core.stop();
    expect(problemsOf(dataDir, ledgerPath(dataDir), new Set())).toEqual([]);
  });

  test('full at the start: what was there is there again', async () => {
    using disk = smallDisk(8);
    const dataDir = join(disk.path, 'data');
    const before = await begin(dataDir);
    await core.stop();
    disk.fill(0);
    const started = await start(dataDir).then(
      () => null,
      (error: unknown) => error,
    );
    if (started !== null)
      expect(started).toMatchObject({ code: expect.stringMatching(/^STORE_(FULL|READ_ONLY)$/) });
    await core.stop();
    disk.empty();
    await start(dataDir);
    expect(stateOf(dataDir)).toEqual(before);
  });

  test('read-only: the start is refused with a reason, and nothing is touched', async () => {
    using disk = smallDisk(8);
    const dataDir = join(disk.path, 'data');
    await begin(dataDir);
    await core.stop();
    const before = contentOf(dataDir);
    disk.setReadOnly(true);
    await expect(start(dataDir)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    expect(contentOf(dataDir)).toEqual(before);
    disk.setReadOnly(false);
    await start(dataDir);
  });

  test.each(writing)('gone read-only while open, $what: told, and nothing is lost', async ({ run }) => {
    using disk = smallDisk(8);
    const dataDir = join(disk.path, 'data');
    const before = await begin(dataDir);
    disk.setReadOnly(true);
    const result = await run(dataDir);
    if (!result.ok) expect(result.error.code).toMatch(/^STORE_|^BACKUP_BAD/);
    disk.setReadOnly(false);
    if (!result.ok) expect(stateOf(dataDir)).toEqual(before);
    await core.stop();
    await start(dataDir);
    expect(problemsOf(dataDir, ledgerPath(dataDir), new Set())).toEqual([]);
  });
});

test.skipIf(hasDisk)(
  'a full disk and a read-only one: only tested as root on Linux, which can mount one',
  () => undefined,
);

/** Permissions bind everyone but root, who takes another name for as long as it lasts. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test.skipIf(process.platform === 'win32')(
  'a data folder one may read and not write: refused with a reason, not touched',
  async () => {
    const dataDir = join(dir.path, 'data');
    await begin(dataDir);
    await core.stop();
    const before = contentOf(dataDir);
    chmodSync(dir.path, 0o755);
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o555);
    chmodSync(dataDir, 0o555);
    const refused = asOrdinaryUser(() => start(dataDir));
    await expect(refused).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    chmodSync(dataDir, 0o755);
    expect(contentOf(dataDir)).toEqual(before);
  },
);

test('a second host on one data folder is refused at once and writes nothing', async () => {
  const dataDir = join(dir.path, 'data');
  await begin(dataDir);
  const before = contentOf(dataDir);
  const began = performance.now();
  await expect(createCore(hostPorts(place(dataDir))).start()).rejects.toMatchObject({
    code: 'STORE_LOCKED',
    message: expect.stringContaining('already running'),
  });
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(contentOf(dataDir)).toEqual(before);
  expect(await call('imports.undo', { importId: 1 })).toMatchObject({ ok: true });
});

describe.skipIf(process.platform === 'win32')('files deleted while LLMLab is open', () => {
  test.each(['the ledger', 'the whole folder'])(
    '%s: all it held is saved as a backup that can be restored',
    async (what) => {
      const dataDir = join(dir.path, 'data');
      const before = await begin(dataDir);
      rmSync(what === 'the ledger' ? ledgerPath(dataDir) : dataDir, { recursive: true });
      const result = await call('imports.commit', { file: { path: exported(2, 10) } });
      expect(result).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
      const [saved] = listBackups(dataDir);
      expect(result.ok ? '' : result.error.message).toContain(saved?.path);
      await core.stop();
      await start(dataDir);
      await data('backups.restore', { path: saved?.path ?? '' });
      expect(stateOf(dataDir)).toEqual(before);
    },
  );

  test('the write-ahead log: what it held is in the ledger before anything is answered', async () => {
    const dataDir = join(dir.path, 'data');
    await begin(dataDir);
    rmSync(`${ledgerPath(dataDir)}-wal`);
    await data('imports.commit', { file: { path: exported(2, 100) } });
    using copy = tempDir();
    // As the machine would find it after a power cut: the file alone.
    copyFileSync(ledgerPath(dataDir), ledgerPath(copy.path));
    expect(stateOf(copy.path).files['2.csv']?.records).toBe(100);
  });
});
