import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBackup } from './backup.ts';
import { openDatabase } from './database.ts';
import { ledgerPath, makeDataDir, openLedger } from './open.ts';
import { finishRestore, stageRestore } from './restore.ts';

const clock = { now: () => Date.UTC(2026, 10, 20) };
let dir = '';
let ledger = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'llmlab-restore-')), 'data');
  makeDataDir(dir);
  ledger = ledgerPath(dir);
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

/** A ledger that holds one name, and is closed. */
function ledgerWith(name: string): void {
  const db = openLedger(dir, clock);
  db.prepare('INSERT INTO names (text) VALUES (?)').run(name);
  db.close();
}

function backupOf(name: string): string {
  const db = openLedger(dir, clock);
  db.prepare('INSERT INTO names (text) VALUES (?)').run(name);
  const { path } = makeBackup(db, dir, { why: 'manual', now: clock.now() });
  db.close();
  return path;
}

/** A record of which only the hash is wrong, as when someone writes another amount into the file. */
function addForgedRecord(path: string): void {
  const db = new Database(path);
  db.pragma('foreign_keys = OFF');
  const columns = db.prepare("SELECT name, type FROM pragma_table_info('records')").all() as {
    name: string;
    type: string;
  }[];
  const values = columns.map(({ name, type }) =>
    name === 'cost_state' ? 2 : type === 'BLOB' ? Buffer.from('k') : 1,
  );
  db.prepare(`INSERT INTO records VALUES (${columns.map(() => '?').join(', ')})`).run(
    values.map((value, i) => (columns[i]?.type === 'TEXT' ? 'x' : value)),
  );
  db.close();
}

const namesIn = (): unknown[] => {
  const db = openLedger(dir, clock);
  const names = db
    .prepare("SELECT text FROM names WHERE text IN ('old', 'new', 'late') ORDER BY id")
    .pluck()
    .all();
  db.close();
  return names;
};

const refusal = (work: () => unknown): { code?: string; message?: string } => {
  try {
    work();
  } catch (error) {
    return error as { code?: string; message?: string };
  }
  return {};
};

test('a listed backup that was changed afterwards is refused: its sums alone can still agree', () => {
  const path = backupOf('old');
  const db = new Database(path);
  db.exec("UPDATE names SET text = 'forged' WHERE text = 'old'");
  db.close();
  const error = refusal(() => stageRestore(ledger, path));
  expect(error.code).toBe('BACKUP_BAD');
  expect(error.message).toContain('not the file it was');
  expect(readdirSync(dir).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a listed backup with a log put beside it is refused: the main file alone still has its sum', () => {
  const path = backupOf('old');
  writeFileSync(`${path}-wal`, 'not empty');
  expect(refusal(() => stageRestore(ledger, path)).code).toBe('BACKUP_BAD');
});

test('a copy whose rows do not agree with their hashes is refused, with no facts beside it to tell', () => {
  const copy = join(dir, 'copy.db');
  copyFileSync(backupOf('old'), copy);
  stageRestore(ledger, copy);
  addForgedRecord(copy);
  const error = refusal(() => stageRestore(ledger, copy));
  expect(error.code).toBe('BACKUP_BAD');
  expect(error.message).toContain('1 record changed');
});

test('what only the write-ahead log of a copied ledger holds is restored too', () => {
  ledgerWith('old');
  const open = openDatabase(ledger, 'write');
  open.pragma('wal_autocheckpoint = 0');
  open.prepare("INSERT INTO names (text) VALUES ('late')").run();
  const copy = join(dir, 'copy.db');
  copyFileSync(ledger, copy);
  copyFileSync(`${ledger}-wal`, `${copy}-wal`);
  open.prepare("DELETE FROM names WHERE text = 'late'").run();
  open.close();
  stageRestore(ledger, copy);
  finishRestore(ledger, clock.now());
  expect(namesIn()).toEqual(['old', 'late']);
});

test('a restore that cannot be finished puts the ledger back at once', () => {
  ledgerWith('new');
  // Nothing was staged, so the second rename fails.
  expect(refusal(() => finishRestore(ledger, clock.now()))).not.toEqual({});
  expect(existsSync(ledger)).toBe(true);
  expect(namesIn()).toEqual(['new']);
});

test('two restores in the same millisecond keep both replaced ledgers', () => {
  const path = backupOf('old');
  const kept = [1, 2].map(() => {
    stageRestore(ledger, path);
    return finishRestore(ledger, clock.now());
  });
  expect(new Set(kept).size).toBe(2);
  expect(kept.every((file) => existsSync(file))).toBe(true);
});

test('a crash between the two renames: the next start finishes the restore instead of making an empty ledger', () => {
  const path = backupOf('old');
  ledgerWith('new');
  stageRestore(ledger, path);
  renameSync(ledger, `${ledger}.replaced-2026-11-20T00-00-00-000Z`);
  writeFileSync(`${ledger}-wal`, 'the log of the replaced ledger');
  expect(namesIn()).toEqual(['old']);
  expect(existsSync(`${ledger}.replaced-2026-11-20T00-00-00-000Z-wal`)).toBe(true);
});

test('a crash between the two renames with a staged copy that is damaged: the ledger replaced last comes back', () => {
  const newest = `${ledger}.replaced-2026-11-20T00-00-00-000Z`;
  ledgerWith('new');
  renameSync(ledger, join(dir, 'aside'));
  ledgerWith('old');
  renameSync(ledger, `${ledger}.replaced-2026-11-19T00-00-00-000Z`);
  renameSync(join(dir, 'aside'), newest);
  writeFileSync(`${ledger}.restoring`, Buffer.alloc(9_000, 65));
  expect(namesIn()).toEqual(['new']);
  expect(readdirSync(dir).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a restore that stopped before anything was moved leaves the ledger as it is', () => {
  const path = backupOf('old');
  ledgerWith('new');
  stageRestore(ledger, path);
  expect(namesIn()).toEqual(['old', 'new']);
  expect(existsSync(`${ledger}.restoring`)).toBe(false);
});

test('a host killed while it made a restored ledger its own: the next start takes that back and works', () => {
  ledgerWith('old');
  const db = new Database(ledger);
  // As a restored copy is, before the start that follows.
  db.pragma('journal_mode = DELETE');
  db.pragma('cache_size = 5');
  const insert = db.prepare('INSERT INTO names (text) VALUES (?)');
  db.exec('BEGIN');
  for (let i = 0; i < 5_000; i++) insert.run(`half-written ${i}`);
  const half = ['', '-journal'].map((suffix) => [suffix, readFileSync(`${ledger}${suffix}`)] as const);
  db.exec('ROLLBACK');
  db.close();
  for (const [suffix, bytes] of half) writeFileSync(`${ledger}${suffix}`, bytes);
  expect(namesIn()).toEqual(['old']);
  const back = openLedger(dir, clock);
  expect(back.prepare("SELECT count(*) FROM names WHERE text LIKE 'half%'").pluck().get()).toBe(0);
  back.close();
});

test('a journal left beside a ledger that is replaced goes with it: it must not be played back into the backup', () => {
  const path = backupOf('old');
  writeFileSync(`${ledger}-journal`, 'of the replaced one');
  stageRestore(ledger, path);
  const kept = finishRestore(ledger, clock.now());
  expect(existsSync(`${ledger}-journal`)).toBe(false);
  expect(existsSync(`${kept}-journal`)).toBe(true);
});
