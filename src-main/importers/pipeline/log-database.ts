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
 * Runs `work` on a tool's SQLite database without leaving a trace in the tool's folder. Opening a database in
 * write-ahead mode, even read-only, makes files beside it and takes locks, so such a one is copied and the copy read.
 * Throws FILE_UNREADABLE when it is no database, is damaged, or keeps changing while it is copied.
 */
export function withDatabase<T>(path: string, work: (db: ReadonlyDatabase) => T): T {
  if (!needsCopy(path)) return use(path, work);
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-db-'));
  try {
    return use(copyWhole(path, dir), work);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Bytes 18 and 19 of the header are 2 in write-ahead mode (sqlite.org/fileformat2.html, 2026-10). */
function needsCopy(path: string): boolean {
  const header = Buffer.alloc(20);
  const fd = openForReading(path);
  try {
    readSync(fd, header, 0, header.length, 0);
  } finally {
    closeSync(fd);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3')
    throw new AppError('FILE_UNREADABLE', `"${path}" is not an SQLite database.`);
  return header[18] !== 1 || besides.some((suffix) => fileTime(path + suffix) !== '');
}

function copyWhole(path: string, dir: string): string {
  const copy = join(dir, 'copy.db');
  for (let tries = 0; tries < copyTries; tries++) {
    const before = times(path);
    for (const suffix of ['', ...besides]) {
      rmSync(copy + suffix, { force: true });
      if (fileTime(path + suffix) !== '') copyFile(path + suffix, copy + suffix);
    }
    if (times(path) === before) return copy;
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
      {
        cause,
      },
    );
  }
}

function times(path: string): string {
  return ['', ...besides].map((suffix) => fileTime(path + suffix)).join(' ');
}

function fileTime(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.size}:${stat.mtimeNs}`;
}

function use<T>(path: string, work: (db: ReadonlyDatabase) => T): T {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2_000 });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    return work(readonlyDatabase(db));
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause;
    throw new AppError(
      'FILE_UNREADABLE',
      `This database cannot be read (${cause.code}). It is tried again next time.`,
      {
        cause,
      },
    );
  } finally {
    db?.close();
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
