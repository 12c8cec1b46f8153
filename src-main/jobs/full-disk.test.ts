import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ledgerSum } from '../store/backup.ts';
import { openLedger } from '../store/open.ts';
import { resourcesDir } from '../testing/core.ts';
import { writeExport } from '../testing/faults/made-up.ts';
import { tempDir } from '../testing/temp-dir.ts';
import type { TaskContext } from './context.ts';
import { runTask } from './run-task.ts';
import { scan } from './scan.ts';

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

/** Replies in Claude Code's logs: file after file, each reply of one line. */
function writeLogs(home: string, files: number, replies: number): void {
  const folder = join(home, '.claude', 'projects', 'shop');
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < files; file++) {
    const lines = Array.from({ length: replies }, (_, reply) =>
      JSON.stringify({
        ...{ type: 'assistant', isSidechain: false, sessionId: `s${file}`, requestId: `r${file}-${reply}` },
        timestamp: new Date(Date.UTC(2026, 6, 1, file, 0, reply % 60)).toISOString(),
        message: {
          ...{ id: `msg_${file}x${reply}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5' },
          usage: { input_tokens: 1, output_tokens: 2 },
        },
      }),
    );
    writeFileSync(join(folder, `${file}.jsonl`), `${lines.join('\n')}\n`);
  }
}

test('logs that do not fit are taken back as a whole, and go in once there is room', () => {
  using dir = tempDir();
  writeLogs(dir.path, 12, 1_500);
  const db = openLedger(dir.path, { now: () => 0 });
  const context: TaskContext = {
    ...{ db, dataDir: dir.path, resourcesDir, now: () => Date.UTC(2026, 10, 20) },
    environment: { platform: 'linux', home: dir.path, env: {} },
    settings: { zone: 'UTC', rates: [], logFolders: {} },
    ...{ progress: () => undefined, stop: () => false },
  };
  const pages = Number(db.pragma('page_count', { simple: true }));
  // Full while rows are stored, of the first file and of later ones.
  for (const room of [20, 150, 300, 450]) {
    db.pragma(`max_page_count = ${pages + room}`);
    expect(() => scan(context, { tools: ['claude-code'] })).toThrow(
      expect.objectContaining({ code: 'STORE_FULL' }),
    );
    expect(ledgerSum(db)).toEqual({ records: 0, costNanoUsd: 0 });
    for (const table of ['imports', 'cursors', 'rollup_day'])
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  }
  db.pragma('max_page_count = 1000000');
  expect(scan(context, { tools: ['claude-code'] })[0]).toMatchObject({ accepted: 18_000, refused: 0 });
  expect(ledgerSum(db).records).toBe(18_000);
  db.close();
});
