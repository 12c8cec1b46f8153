import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../platform/error.ts';
import { storeError } from './database.ts';

export interface StoreLock {
  release(): void;
}

/**
 * Guards one data folder against two hosts with an exclusive transaction on lock.db: the operating system frees it
 * when the process ends, however it ends.
 */
export function lockDataDir(dataDir: string): StoreLock {
  try {
    const db = new Database(join(dataDir, 'lock.db'), { timeout: 0 });
    try {
      db.pragma('journal_mode = DELETE');
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      throw error;
    }
    return { release: () => db.close() };
  } catch (error) {
    const known = storeError(error);
    if (known instanceof AppError && known.code === 'BUSY')
      throw new AppError(
        'STORE_LOCKED',
        `LLMLab is already running on ${dataDir}. Use that window, or choose another folder with --data-dir.`,
        { cause: error },
      );
    throw known;
  }
}
