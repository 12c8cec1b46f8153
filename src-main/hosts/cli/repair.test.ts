import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeExport } from '../../testing/faults/made-up.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { runIn } from './test-terminal.ts';

let dir: TempDir;
const ledger = (): string => join(dir.path, 'data', 'ledger.db');
beforeEach(() => {
  dir = tempDir();
  mkdirSync(join(dir.path, 'home'));
  // An empty home: no test may find the logs of who runs it.
  vi.stubEnv('HOME', join(dir.path, 'home'));
  vi.stubEnv('USERPROFILE', join(dir.path, 'home'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  dir[Symbol.dispose]();
});

const llmlab = (...args: readonly string[]) =>
  runIn({ cwd: dir.path, env: { LLMLAB_DATA_DIR: join(dir.path, 'data') } }, args);

const bring = async (number: number): Promise<void> => {
  writeExport(join(dir.path, `${number}.csv`), number, 2_000);
  expect((await llmlab('import', `${number}.csv`)).code).toBe(0);
};

/** Zeroes four pages that hold records: the file begins as it should, and cannot be opened. */
function damage(): Buffer {
  const db = new Database(ledger());
  db.pragma('wal_checkpoint(TRUNCATE)');
  const leaves = db.prepare("SELECT pageno FROM dbstat WHERE name = 'records' AND pagetype = 'leaf' LIMIT 4");
  const pages = leaves.pluck().all() as number[];
  db.close();
  const bytes = readFileSync(ledger());
  for (const page of pages) bytes.fill(0, (page - 1) * 4096, page * 4096);
  writeFileSync(ledger(), bytes);
  return bytes;
}

const reported = async () => JSON.parse((await llmlab('report', '--by', 'model', '--json')).out).totals;

test('a damaged ledger is named with its way out; doctor --repair saves the rest, and an import again brings all back', async () => {
  await bring(1);
  const before = await reported();
  const bytes = damage();
  const refused = await llmlab('report');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain('llmlab doctor --repair');
  const { code, out } = await llmlab('doctor', '--repair', '--json');
  expect(code).toBe(0);
  const { repaired } = JSON.parse(out);
  expect(readFileSync(repaired.kept).equals(bytes)).toBe(true);
  const lost = repaired.tables.find(({ table }: { table: string }) => table === 'records').lost;
  expect(lost).toBeGreaterThan(0);
  expect(repaired.records).toBe(2_000 - lost);
  const again = JSON.parse((await llmlab('import', '1.csv', '--json')).out);
  expect(again.files[0]).toMatchObject({ accepted: lost, duplicate: 2_000 - lost });
  expect(await reported()).toEqual(before);
});

test('in words: what was saved and lost by table, where the damaged ledger is, and the backup to take instead', async () => {
  await bring(1);
  await llmlab('backup');
  await bring(2);
  damage();
  const { out, code } = await llmlab('doctor', '--repair');
  expect(code).toBe(0);
  expect(out).toMatch(/^Saved 3,\d{3} records into a new ledger\.$/m);
  expect(out).toMatch(/^records +3,\d{3} +\d+$/m);
  expect(out).toMatch(/kept at .*ledger-damaged-.*Z\.db\.$/m);
  expect(out).toMatch(/holds 2,000 records: llmlab restore ".*backups.*\.db"$/m);
});

test('restore puts a backup in the place of a ledger that cannot be opened', async () => {
  await bring(1);
  const before = await reported();
  const { backup } = JSON.parse((await llmlab('backup', '--json')).out);
  writeFileSync(ledger(), 'this is my diary');
  const listed = await llmlab('backups', '--json');
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.out).backups).toContainEqual(backup);
  const refused = await llmlab('doctor', '--repair');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain(backup.path);
  const restored = JSON.parse((await llmlab('restore', backup.path, '--json')).out);
  expect(restored.records).toBe(2_000);
  expect(readFileSync(restored.kept, 'utf8')).toBe('this is my diary');
  expect(await reported()).toEqual(before);
});

test('a bad backup does not replace a damaged ledger', async () => {
  await bring(1);
  const bytes = damage();
  writeFileSync(join(dir.path, 'bad.db'), Buffer.alloc(9_000, 65));
  const refused = await llmlab('restore', 'bad.db');
  expect(refused).toMatchObject({ code: 1 });
  expect(readFileSync(ledger()).equals(bytes)).toBe(true);
});

test('with nothing wrong, nothing is changed', async () => {
  await bring(1);
  expect(await llmlab('doctor', '--repair')).toMatchObject({
    code: 0,
    out: 'Nothing is wrong with the ledger, and nothing was changed.\n',
  });
});
