import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { inTransaction, keepJournal, moveJournal, openDatabase, type WriteDb } from './database.ts';

const page = 4096;

function fill(db: WriteDb, pages: number): void {
  inTransaction(db, () => {
    const insert = db.prepare('INSERT INTO t VALUES (randomblob(3500))');
    for (let i = 0; i < pages; i++) insert.run();
  });
}

test('a long journal waits until it is moved, is read from where it is, and outlives a process that ends before', () => {
  using dir = tempDir();
  const path = join(dir.path, 'x.db');
  const db = openDatabase(path, 'write');
  db.exec('CREATE TABLE t (b BLOB)');
  keepJournal(db);
  fill(db, 3_000);
  const before = statSync(path).size;
  expect(before).toBeLessThan(100 * page);
  // Another connection sees it, as would the next start after a crash.
  const reader = openDatabase(path, 'read');
  expect(reader.prepare('SELECT count(*) FROM t').pluck().get()).toBe(3_000);
  moveJournal(db);
  expect(statSync(path).size).toBeGreaterThan(3_000 * page);
  expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
  reader.close();
  db.close();
});

test('a short journal is left alone: tasks that write a few rows every few seconds cost no further writes', () => {
  using dir = tempDir();
  const path = join(dir.path, 'x.db');
  const db = openDatabase(path, 'write');
  db.exec('CREATE TABLE t (b BLOB)');
  db.pragma('wal_checkpoint(TRUNCATE)');
  keepJournal(db);
  const before = statSync(path).size;
  for (let task = 0; task < 5; task++) {
    fill(db, 50);
    moveJournal(db);
  }
  expect(statSync(path).size).toBe(before);
  for (let task = 0; task < 20; task++) {
    fill(db, 50);
    moveJournal(db);
  }
  expect(statSync(path).size).toBeGreaterThan(1_000 * page);
  db.close();
});

test('a journal that cannot be moved now is no failure of the task that wrote it', () => {
  using dir = tempDir();
  const db = openDatabase(join(dir.path, 'x.db'), 'write');
  db.close();
  expect(() => moveJournal(db)).not.toThrow();
});
