import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BackupFacts, expiredBackups, listBackups, makeBackup } from './backup.ts';
import { openDatabase } from './database.ts';
import { lockDataDir } from './lock.ts';
import { migrations } from './migrations/index.ts';
import { ledgerPath, makeDataDir, openLedger } from './open.ts';
import { finishRestore, stageRestore } from './restore.ts';

const clock = { now: () => Date.UTC(2026, 10, 20) };
let dir = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'llmlab-store-')), 'data');
  makeDataDir(dir);
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? 'none';
  }
  return 'no error';
};

test('every open is durable: better-sqlite3 would come back at synchronous=NORMAL', () => {
  openLedger(dir, clock).close();
  for (const mode of ['write', 'read'] as const) {
    const db = openDatabase(ledgerPath(dir), mode);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  }
});

test('every table is STRICT: text in a money column is refused, not stored', () => {
  const db = openLedger(dir, clock);
  const loose = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  expect(loose).toEqual([]);
  db.close();
});

test('a ledger from a newer version is refused and not touched by a byte', () => {
  const db = openLedger(dir, clock);
  db.pragma(`user_version = ${migrations.length + 1}`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const before = digest(ledgerPath(dir));
  expect(code(() => openLedger(dir, clock))).toBe('STORE_NEWER');
  expect(digest(ledgerPath(dir))).toBe(before);
});

test('a damaged ledger is told, not opened', () => {
  const db = openLedger(dir, clock);
  const insert = db.prepare('INSERT INTO names (text) VALUES (?)');
  db.transaction(() => {
    for (let i = 0; i < 5_000; i++) insert.run(`model-${i}-${'x'.repeat(50)}`);
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const fd = openSync(ledgerPath(dir), 'r+');
  writeSync(fd, Buffer.alloc(8192, 7), 0, 8192, 4096 * 20);
  closeSync(fd);
  expect(code(() => openLedger(dir, clock))).toBe('STORE_DAMAGED');
});

test('a file that is no database at all is told and kept', () => {
  writeFileSync(ledgerPath(dir), 'this is my diary');
  expect(code(() => openLedger(dir, clock))).toBe('STORE_DAMAGED');
  expect(readFileSync(ledgerPath(dir), 'utf8')).toBe('this is my diary');
});

test('two hosts on one folder: the second is refused, and free again once the first is gone', () => {
  const first = lockDataDir(dir);
  expect(code(() => lockDataDir(dir))).toBe('STORE_LOCKED');
  first.release();
  lockDataDir(dir).release();
});

// Root may write anywhere, and Windows knows no modes.
test.runIf(process.getuid?.())('a folder without permission to write says so', () => {
  chmodSync(dir, 0o500);
  expect(code(() => openLedger(dir, clock))).toBe('STORE_READ_ONLY');
  chmodSync(dir, 0o700);
});

describe('backups', () => {
  test('a backup is a whole ledger with the same rows, and restoring keeps what was there', () => {
    const db = openLedger(dir, clock);
    db.prepare("INSERT INTO names (text) VALUES ('kept')").run();
    const made = makeBackup(db, dir, { why: 'manual', now: clock.now() });
    expect(listBackups(dir)).toMatchObject([{ name: made.name, why: 'manual', sha256: digest(made.path) }]);
    db.prepare("INSERT INTO names (text) VALUES ('later')").run();
    db.close();
    stageRestore(ledgerPath(dir), made.path);
    const kept = finishRestore(ledgerPath(dir), clock.now());
    const back = openLedger(dir, clock);
    expect(back.prepare("SELECT text FROM names WHERE text IN ('kept', 'later')").pluck().all()).toEqual([
      'kept',
    ]);
    back.close();
    const replaced = new Database(kept, { readonly: true });
    expect(replaced.prepare("SELECT text FROM names WHERE text = 'later'").pluck().all()).toEqual(['later']);
    replaced.close();
  });

  test('a broken or foreign file is never restored', () => {
    openLedger(dir, clock).close();
    const before = digest(ledgerPath(dir));
    const bad = join(dir, 'bad.db');
    writeFileSync(bad, Buffer.alloc(20_000, 65));
    expect(code(() => stageRestore(ledgerPath(dir), bad))).toBe('BACKUP_BAD');
    const empty = new Database(join(dir, 'empty.db'));
    empty.exec('CREATE TABLE t (x)');
    empty.close();
    expect(code(() => stageRestore(ledgerPath(dir), join(dir, 'empty.db')))).toBe('BACKUP_BAD');
    expect(digest(ledgerPath(dir))).toBe(before);
    expect(existsSync(`${ledgerPath(dir)}.restoring`)).toBe(false);
  });

  test('rotation keeps the newest three, a week of days and a month of weeks; backups made by hand stay', () => {
    const day = 86_400_000;
    const now = Date.UTC(2026, 10, 20, 12);
    const facts = (at: number, why: BackupFacts['why'] = 'scheduled'): BackupFacts => ({
      name: `${why}-${at}`,
      path: '',
      at,
      bytes: 0,
      records: 0,
      costNanoUsd: 0,
      sha256: '',
      why,
    });
    const hourly = Array.from({ length: 24 * 60 }, (_, i) => facts(now - i * (day / 24)));
    const hand = facts(now - 300 * day, 'manual');
    const gone = new Set(expiredBackups([...hourly, hand], now).map((backup) => backup.name));
    const kept = hourly.filter((backup) => !gone.has(backup.name));
    expect(gone.has(hand.name)).toBe(false);
    expect(kept.slice(0, 3)).toEqual(hourly.slice(0, 3));
    expect(kept.length).toBeLessThanOrEqual(3 + 7 + 5);
    const days = new Set(
      kept.filter((backup) => now - backup.at < 7 * day).map((backup) => Math.floor(backup.at / day)),
    );
    expect(days.size).toBeGreaterThanOrEqual(7);
    expect(kept.some((backup) => now - backup.at > 20 * day)).toBe(true);
  });
});

test.skipIf(process.platform === 'win32')('the data folder is the owner’s alone', () => {
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test.runIf(process.platform === 'linux')('a folder that cannot be made is told at once', () => {
  expect(code(() => makeDataDir('/proc/llmlab/data'))).toBe('STORE_READ_ONLY');
});
