import { closeSync, constants, copyFileSync, mkdtempSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../platform/error.ts';
import type { ReadonlyDatabase } from '../../platform/importer.ts';
import { openForReading } from './decode.ts';

/** Files SQLite keeps beside a database; recent rows may be in them only. */
const besides = ['-wal', '-journal'] as const;
const copyTries = 4;

/**
 * Runs `work` on a tool's SQLite database without leaving a trace in the tool's folder and without a lock the tool
 * could wait for: what is opened is a copy. Throws FILE_UNREADABLE when it is no database, is damaged, or is
 * rewritten again and again while it is copied.
 */
export function withDatabase<T>(path: string, work: (db: ReadonlyDatabase) => T): T {
  requireDatabase(path);
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-db-'));
  try {
    return use(copyWhole(path, dir), work);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function requireDatabase(path: string): void {
  if (startOf(path, 15) !== 'SQLite format 3')
    throw new AppError('FILE_UNREADABLE', `"${path}" is not an SQLite database.`);
}

function copyWhole(path: string, dir: string): string {
  const copy = join(dir, 'copy.db');
  for (let tries = 0; tries < copyTries; tries++) {
    const before = stateOf(path);
    for (const suffix of ['', ...besides]) {
      rmSync(copy + suffix, { force: true });
      if (fileTime(path + suffix) !== '') copyFile(path + suffix, copy + suffix);
    }
    if (stateOf(path) === before) return copy;
  }
  throw new AppError(
    'FILE_UNREADABLE',
    `"${path}" kept changing while it was read. It is tried again next time.`,
  );
}

function copyFile(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (cause) {
    throw new AppError(
      'FILE_UNREADABLE',
      `"${from}" could not be copied for reading. It is tried again next time.`,
      { cause },
    );
  }
}

/**
 * What must not change while a database is copied. A write-ahead log may grow: an end that is not whole is not read.
 * Its header (sqlite.org/fileformat2.html, 2026-10) is another one when the log was begun anew.
 */
function stateOf(path: string): string {
  const header = fileTime(`${path}-wal`) === '' ? '' : startOf(`${path}-wal`, 32);
  return [fileTime(path), fileTime(`${path}-journal`), header].join(' ');
}

function startOf(path: string, bytes: number): string {
  const start = Buffer.alloc(bytes);
  const fd = openForReading(path);
  try {
    return start.toString('latin1', 0, readSync(fd, start, 0, bytes, 0));
  } finally {
    closeSync(fd);
  }
}

function fileTime(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.size}:${stat.mtimeNs}`;
}

function use<T>(path: string, work: (db: ReadonlyDatabase) => T): T {
  let db: Database.Database | undefined;
  try {
    takeBack(path);
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    return work(readonlyDatabase(db));
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause;
    throw new AppError(
      'FILE_UNREADABLE',
      `This database cannot be read (${cause.code}). It is tried again next time.`,
      { cause },
    );
  } finally {
    db?.close();
  }
}

/** A journal beside a copy is that of a change the tool had not finished: SQLite takes it back where it may write. */
function takeBack(copy: string): void {
  if (fileTime(`${copy}-journal`) === '') return;
  const db = new Database(copy);
  try {
    db.pragma('schema_version');
  } finally {
    db.close();
  }
}

function readonlyDatabase(db: Database.Database): ReadonlyDatabase {
  // Views and virtual tables run code of whoever made the file.
  const table = db
    .prepare(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )
    .pluck();
  return {
    hasTable: (name) => table.get(name) === 1,
    query: (sql, ...params) =>
      db.prepare<(string | number)[], Record<string, unknown>>(sql).iterate(...params),
  };
}
