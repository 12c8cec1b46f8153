import Database from 'better-sqlite3';
import { AppError } from '../platform/error.ts';

/** A connection that may write. Only the one writer of a host holds it. */
export type WriteDb = Database.Database & { readonly __mode?: 'write' };
/** A connection opened read-only; WAL lets it read while the writer writes. */
export type ReadDb = Database.Database;

/** What to do about a damaged ledger; said wherever one is found. */
export const damageAdvice =
  'It was left as it is. `llmlab doctor --repair` saves what can still be read into a new ledger and keeps this one; `llmlab restore FILE` puts a backup in its place.';

export type Row = Readonly<Record<string, unknown>>;

function isSqliteError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** Turns SQLite's own errors into ones a user can act on; everything else is returned as it is. */
export function storeError(error: unknown): unknown {
  if (error instanceof AppError || !isSqliteError(error)) return error;
  const cause = { cause: error };
  if (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC')
    return new AppError(
      'STORE_FULL',
      'The disk is full. Nothing was changed; free some space and try again.',
      cause,
    );
  if (
    error.code.startsWith('SQLITE_READONLY') ||
    error.code === 'EROFS' ||
    error.code === 'EACCES' ||
    error.code === 'SQLITE_CANTOPEN'
  )
    return new AppError(
      'STORE_READ_ONLY',
      'LLMLab may not write in its data folder. Nothing was changed; check the permissions of the folder.',
      cause,
    );
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
    return new AppError('STORE_DAMAGED', `The ledger file is damaged. ${damageAdvice}`, cause);
  if (error.code.startsWith('SQLITE_BUSY'))
    return new AppError(
      'BUSY',
      'Another program is writing to the ledger. Nothing was changed; try again in a moment.',
      cause,
    );
  return error;
}

function configure(db: Database.Database, mode: 'read' | 'write'): void {
  db.pragma('busy_timeout = 5000');
  if (mode === 'write') {
    db.pragma('journal_mode = WAL');
    if (process.platform === 'darwin') db.pragma('fullfsync = ON');
  }
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  // Rows of a file are sorted by time, so an import writes where it wrote before: more made it no faster (measured).
  db.pragma(`cache_size = ${mode === 'write' ? -16384 : -32768}`);
}

/** Opens a database with the settings the ledger is safe with (better-sqlite3 reopens at synchronous=NORMAL otherwise). */
export function openDatabase(path: string, mode: 'read' | 'write'): WriteDb {
  try {
    const db = new Database(path, { readonly: mode === 'read', fileMustExist: mode === 'read' });
    configure(db, mode);
    return db;
  } catch (error) {
    throw storeError(error);
  }
}

/**
 * Leaves what commits wrote in the journal, where it is safe and readers see it, until `moveJournal` is called: an answer
 * does not wait for pages to be written a second time.
 */
export function keepJournal(db: WriteDb): void {
  db.pragma('wal_autocheckpoint = 0');
}

/** Pages in the journal from which on it is moved: SQLite's own measure. */
const journalPages = 1_000;

/** Moves a long journal into the ledger, as far as readers allow. What cannot be moved now stays safe where it is. */
export function moveJournal(db: WriteDb): void {
  try {
    const [found] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    if (found !== undefined && found.log - found.checkpointed >= journalPages)
      db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // A full disk, say: the journal holds everything, and the next task tries again.
  }
}

/** Runs `work` in one immediate transaction: all of it or none of it. Works for synchronous functions only. */
export function inTransaction<T>(db: WriteDb, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw storeError(error);
  }
}

/** Marks a transaction whose result is wanted but not its effect. */
class Discard<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('discard');
    this.result = result;
  }
}

/** Like inTransaction, but rolls back and returns what `work` found out: an exact rehearsal. */
export function rehearse<T>(db: WriteDb, work: () => T): T {
  try {
    return inTransaction(db, () => {
      throw new Discard(work());
    });
  } catch (error) {
    if (error instanceof Discard) return error.result as T;
    throw error;
  }
}

/** A part of a transaction that leaves nothing behind when it fails, while the rest goes on. */
export function savepoint<T>(db: WriteDb, work: () => T): T {
  db.exec('SAVEPOINT part');
  try {
    const result = work();
    db.exec('RELEASE part');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK TO part; RELEASE part');
    throw storeError(error);
  }
}

/** Reads an integer SQLite answered with; refuses one JavaScript cannot hold exactly instead of rounding it. */
export function exactInteger(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new AppError(
    'MONEY_OVERFLOW',
    'A total is larger than LLMLab can add up exactly (about 9 million USD). Narrow the range.',
  );
}
