import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ledgerSum } from '../store/backup.ts';
import { openLedger } from '../store/open.ts';
import { resourcesDir } from '../testing/core.ts';
import { writeExport } from '../testing/faults/made-up.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { runTask } from './run-task.ts';

/** A ledger that may not grow stands in for a full disk where no disk can be had for a test. */
test('a file that does not fit is refused as a whole, and goes in once there is room', async () => {
  using dir = tempDir();
  const path = join(dir.path, 'activity.csv');
  const amount = writeExport(path, 1, 5_000);
  const db = openLedger(dir.path, { now: () => 0 });
  const facts = {
    dataDir: dir.path,
    resourcesDir,
    environment: { platform: 'linux', home: dir.path, env: {} },
  } as const;
  const commit = () =>
    runTask(db, facts, {
      task: 'commitFile',
      input: { path },
      settings: { zone: 'UTC', rates: [], logFolders: {} },
      now: () => Date.UTC(2026, 10, 20),
      progress: () => undefined,
      stop: () => false,
    });
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 40}`);
  await expect(commit()).rejects.toMatchObject({ code: 'STORE_FULL' });
  expect(ledgerSum(db)).toEqual({ records: 0, costNanoUsd: 0 });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.pragma('max_page_count = 1000000');
  await commit();
  expect(ledgerSum(db)).toEqual(amount);
  db.close();
});
