import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../platform/error.ts';
import type { Clock } from '../platform/ports.ts';
import { makeBackup } from './backup.ts';
import {
  damageAdvice,
  inTransaction,
  openDatabase,
  type ReadDb,
  storeError,
  type WriteDb,
} from './database.ts';
import { migrations } from './migrations/index.ts';
import { recoverRestore } from './restore.ts';

export function ledgerPath(dataDir: string): string {
  return join(dataDir, 'ledger.db');
}

function schemaVersion(db: ReadDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Takes back what was under way when LLMLab ended while a ledger was not in WAL mode yet: a new one, or one just restored.
 * A connection that may only read cannot, and would take the folder for read-only.
 */
export function playBackJournal(path: string): void {
  if (existsSync(path) && existsSync(`${path}-journal`)) openDatabase(path, 'write').close();
}

/** Throws STORE_NEWER or STORE_DAMAGED before anything is written to a file this version must not touch. */
function inspect(path: string): void {
  const db = openDatabase(path, 'read');
  try {
    const version = schemaVersion(db);
    if (version > migrations.length)
      throw new AppError(
        'STORE_NEWER',
        `This ledger was written by a newer LLMLab (schema ${version}, this version knows ${migrations.length}). It was not touched; update LLMLab, or choose another folder with --data-dir.`,
      );
    const problems = quickCheck(db);
    if (problems.length > 0)
      throw new AppError('STORE_DAMAGED', `The ledger file is damaged (${problems[0]}). ${damageAdvice}`);
  } catch (error) {
    throw storeError(error);
  } finally {
    db.close();
  }
}

/** Throws STORE_DAMAGED or STORE_NEWER unless the ledger is sound and of a version this one knows. Writes nothing. */
export function checkLedger(path: string): void {
  inspect(path);
}

/**
 * A ledger that can be read while its check is still running: of this version and in WAL mode, so that nothing has to be
 * written to open it. Null where openLedger has to come first.
 */
export function openUnchecked(dataDir: string): ReadDb | null {
  const path = ledgerPath(dataDir);
  makeDataDir(dataDir);
  recoverRestore(path);
  return openAsItIs(path);
}

/** The same for whoever must not write at all, because the folder is another host's. */
export function openAsItIs(path: string): ReadDb | null {
  if (!existsSync(path)) return null;
  let db: ReadDb | undefined;
  try {
    db = openDatabase(path, 'read');
    const isReady =
      schemaVersion(db) === migrations.length && db.pragma('journal_mode', { simple: true }) === 'wal';
    if (isReady) return db;
  } catch {
    // Whatever is wrong with it, openLedger says it.
  }
  db?.close();
  return null;
}

/** What SQLite's quick_check finds wrong; empty when sound. */
export function quickCheck(db: ReadDb): readonly string[] {
  try {
    const rows = db.pragma('quick_check') as { quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Brings the schema up to date, one transaction per step, after a verified copy of what was there. */
export function migrate(db: WriteDb, dataDir: string, clock: Clock): void {
  const from = schemaVersion(db);
  if (from === migrations.length) return;
  if (from > 0) makeBackup(db, dataDir, { why: 'migration', now: clock.now() });
  // A table that others refer to can only be rebuilt while references are not enforced; they are checked in its place.
  db.pragma('foreign_keys = OFF');
  try {
    for (const [index, step] of migrations.entries()) {
      if (index < from) continue;
      inTransaction(db, () => {
        step.up(db);
        checkReferences(db, step.name);
        db.pragma(`user_version = ${index + 1}`);
      });
    }
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

function checkReferences(db: ReadDb, step: string): void {
  const broken = db.pragma('foreign_key_check') as readonly { table: string }[];
  if (broken.length > 0)
    throw new AppError(
      'STORE_DAMAGED',
      `${step} would leave rows of ${broken[0]?.table} without what they refer to. ${damageAdvice}`,
    );
}

/** One folder at a time: below a file system that takes none (/proc) Node's recursive mkdir never comes back. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** Makes the data folder, for its owner only. */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw new AppError(
      'STORE_READ_ONLY',
      `The data folder ${dataDir} cannot be used: it cannot be made there. Choose another with --data-dir.`,
      { cause },
    );
  }
}

/** SQLite opens what it may only read without a word; a write that is taken back at once tells. Throws STORE_READ_ONLY. */
function tryToWrite(db: WriteDb): void {
  db.exec('BEGIN');
  try {
    db.pragma(`user_version = ${schemaVersion(db)}`);
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Opens the ledger of a data folder for writing: checked, migrated, ready. */
export function openLedger(dataDir: string, clock: Clock): WriteDb {
  makeDataDir(dataDir);
  const path = ledgerPath(dataDir);
  recoverRestore(path);
  playBackJournal(path);
  if (existsSync(path)) inspect(path);
  const db = openDatabase(path, 'write');
  try {
    tryToWrite(db);
    migrate(db, dataDir, clock);
    return db;
  } catch (error) {
    db.close();
    throw storeError(error);
  }
}
