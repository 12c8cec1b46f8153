import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerPath, openLedger } from '../store/open.ts';
import { resourcesDir } from '../testing/core.ts';
import { type TempDir, tempDir } from '../testing/temp-dir.ts';
import { threadWriter, type Writer } from './writer.ts';

let dir: TempDir;
/** Every worker thread the writer starts, newest last. */
let workers: Worker[] = [];
const remember = (worker: Worker): void => void workers.push(worker);
beforeEach(() => {
  dir = tempDir();
  workers = [];
  process.on('worker', remember);
});
afterEach(() => {
  process.off('worker', remember);
  dir[Symbol.dispose]();
});

const startWriter = (ledger: string): Writer =>
  threadWriter({
    ledger,
    dataDir: dir.path,
    resourcesDir,
    environment: { platform: 'linux', home: dir.path, env: {} },
  });

const readyWriter = (): Writer => {
  openLedger(dir.path, { now: () => 0 }).close();
  return startWriter(ledgerPath(dir.path));
};

const options = {
  settings: { zone: 'UTC', rates: [], logFolders: {} },
  progress: () => undefined,
  cancel: new SharedArrayBuffer(4),
};

const backUp = (writer: Writer): Promise<unknown> => writer.run('backUp', { why: 'manual' }, options);

/** A task that ends its worker: the flag becomes one of three bytes, which it reads outside of everything it catches. */
const crash = (writer: Writer): Promise<unknown> => {
  const deadly = {
    ...options,
    started() {
      deadly.cancel = new SharedArrayBuffer(3);
    },
  };
  return writer.run('backUp', { why: 'manual' }, deadly);
};

test('a worker that dies in a task fails that task only: the next one gets a worker of its own', async () => {
  const writer = readyWriter();
  await expect(crash(writer)).rejects.toMatchObject({ name: 'AppError', code: 'INTERNAL' });
  expect(await backUp(writer)).toMatchObject({ why: 'manual' });
  expect(workers).toHaveLength(2);
  await writer.close();
});

test('a worker that died between tasks is replaced, and closing one that is gone comes back', async () => {
  const writer = readyWriter();
  await backUp(writer);
  await workers.at(-1)?.terminate();
  expect(await backUp(writer)).toMatchObject({ why: 'manual' });
  await workers.at(-1)?.terminate();
  await writer.close();
  expect(workers).toHaveLength(2);
});

test('workers that keep dying are not started for ever: tasks are refused at once', async () => {
  const writer = readyWriter();
  for (let i = 0; i < 4; i++) await expect(crash(writer)).rejects.toThrow('before the task was finished');
  for (let i = 0; i < 3; i++) await expect(backUp(writer)).rejects.toThrow('keeps stopping');
  expect(workers).toHaveLength(4);
  await writer.close();
});

test('a ledger the worker cannot open is told by every task, with its own code', async () => {
  const folder = join(dir.path, 'folder.db');
  mkdirSync(folder);
  const writer = startWriter(folder);
  for (let i = 0; i < 2; i++) await expect(backUp(writer)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  await writer.close();
  expect(workers).toHaveLength(1);
});

test('a worker is started by the first task, and none once the writer is closed', async () => {
  const unused = readyWriter();
  await unused.close();
  await expect(backUp(unused)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(workers).toHaveLength(0);
  const writer = readyWriter();
  const [first, second] = [backUp(writer), backUp(writer)];
  const closed = writer.close();
  const third = backUp(writer);
  expect(await Promise.all([first, second, third])).toHaveLength(3);
  await closed;
  await expect(backUp(writer)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(workers).toHaveLength(1);
});
