import { existsSync, statSync } from 'node:fs';
import { AppError } from '../platform/error.ts';
import { makeBackup } from './backup.ts';
import type { WriteDb } from './database.ts';

const opened = new WeakMap<WriteDb, string>();

function identityOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.dev}:${stats.ino}`;
}

function isInPlace(db: WriteDb): boolean {
  const now = identityOf(db.name);
  const first = opened.get(db);
  if (first === undefined) opened.set(db, now);
  return now !== 'gone' && (first ?? now) === now;
}

/**
 * Holds a writing connection to the file that has the ledger's name: what is written to a file that was deleted or moved
 * away is gone when LLMLab ends. Where it is another file, all the ledger holds is saved as a backup first, and
 * STORE_DAMAGED names it. Where only the write-ahead log was deleted, what it held is moved into the ledger.
 */
export function keepInPlace(db: WriteDb, dataDir: string, now: number): void {
  if (isInPlace(db)) {
    if (!db.inTransaction && !existsSync(`${db.name}-wal`)) db.pragma('wal_checkpoint(FULL)');
    return;
  }
  const { path } = makeBackup(db, dataDir, { why: 'manual', now });
  throw new AppError(
    'STORE_DAMAGED',
    `The ledger file was deleted or replaced while LLMLab was open. All it held was saved as a backup: ${path}. Quit LLMLab, then \`llmlab restore ${path}\`.`,
  );
}
