import { existsSync, renameSync } from 'node:fs';
import { AppError } from '../platform/error.ts';
import { type BackupFacts, backupsDir, type LedgerSum, listBackups, readCopy, syncFile } from './backup.ts';
import { openDatabase, type ReadDb, storeError } from './database.ts';
import { damagedFacets } from './facets.ts';
import { migrations } from './migrations/index.ts';
import { ledgerPath, playBackJournal } from './open.ts';
import { damagedRecords } from './records.ts';
import { finishRestore, recoverRestore, removeDatabase, stagedPath, stageRestore } from './restore.ts';
import { type Salvage, salvage } from './salvage/salvage.ts';

export interface Repair extends Salvage, LedgerSum {
  /** Where the damaged ledger is kept, as it was. */
  readonly kept: string;
  /** The newest sound backup: the other way out; null when there is none. */
  readonly backup: BackupFacts | null;
}

function isWhole(db: ReadDb): boolean {
  const rows = db.pragma('integrity_check') as { integrity_check: string }[];
  if (rows.some((row) => row.integrity_check !== 'ok')) return false;
  // Rows of an older schema are checked when they are brought up to date.
  if (Number(db.pragma('user_version', { simple: true })) !== migrations.length) return true;
  return damagedFacets(db).length === 0 && damagedRecords(db).damaged.length === 0;
}

/** Whether pages and rows of a ledger are all as they were written. */
function isSoundLedger(path: string): boolean {
  let db: ReadDb | undefined;
  try {
    db = openDatabase(path, 'read');
    return isWhole(db);
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** The newest backup that can still be read, with what `use` makes of it. */
function fromBackup<T>(dataDir: string, use: (db: ReadDb, facts: BackupFacts) => T | null): T | null {
  for (const facts of listBackups(dataDir)) {
    try {
      const answer = readCopy(facts.path, (db) => use(db, facts));
      if (answer !== null) return answer;
    } catch {
      // The next one may be sound.
    }
  }
  return null;
}

export function newestSoundBackup(dataDir: string): BackupFacts | null {
  return fromBackup(dataDir, (_, facts) => facts);
}

/** Adds to a refusal which backup can be restored instead. */
function namingBackups(error: unknown, dataDir: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'STORE_DAMAGED') return error;
  const backup = newestSoundBackup(dataDir);
  const instead =
    backup === null
      ? `There is no sound backup in ${backupsDir(dataDir)}. Move the file away to begin a new ledger.`
      : `The newest sound backup (${new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ')} UTC) holds ${backup.records} records: \`llmlab restore ${backup.path}\`.`;
  return new AppError('STORE_DAMAGED', `${error.message} It was not touched. ${instead}`, { cause: error });
}

function salvageBeside(dataDir: string, now: number): Salvage {
  const ledger = ledgerPath(dataDir);
  const partial = `${stagedPath(ledger)}.partial`;
  removeDatabase(partial);
  try {
    const saved = salvage({
      from: ledger,
      to: partial,
      now,
      withBackup: (version, use) =>
        fromBackup(dataDir, (db) =>
          Number(db.pragma('user_version', { simple: true })) === version ? use(db) : null,
        ),
    });
    syncFile(partial);
    renameSync(partial, stagedPath(ledger));
    return saved;
  } catch (error) {
    throw namingBackups(storeError(error), dataDir);
  } finally {
    removeDatabase(partial);
  }
}

/**
 * Replaces a damaged ledger with what its pages still hold, and keeps the damaged one beside it. Null when nothing is
 * wrong with it. The data folder must be locked and the ledger closed; the sums are counted anew by the next start.
 * Throws NOT_FOUND, STORE_NEWER, STORE_FULL, and STORE_DAMAGED for a file nothing can be read from: nothing is changed then.
 */
export function repairLedger(dataDir: string, now: number): Repair | null {
  const ledger = ledgerPath(dataDir);
  recoverRestore(ledger);
  if (!existsSync(ledger)) throw new AppError('NOT_FOUND', `There is no ledger in ${dataDir} to repair.`);
  try {
    playBackJournal(ledger);
  } catch {
    // It stays beside the damaged ledger.
  }
  if (isSoundLedger(ledger)) return null;
  const saved = salvageBeside(dataDir, now);
  const sum = readCopy(stagedPath(ledger), (_, copied) => copied);
  const kept = finishRestore(ledger, now, 'damaged');
  return { ...saved, ...sum, kept, backup: newestSoundBackup(dataDir) };
}

/** Puts a backup in the place of a ledger that cannot be opened, and keeps that one beside it. The folder must be locked. */
export function restoreOverDamaged(
  dataDir: string,
  from: string,
  now: number,
): { readonly kept: string; readonly records: number } {
  const ledger = ledgerPath(dataDir);
  const { records } = stageRestore(ledger, from);
  return { kept: finishRestore(ledger, now, 'damaged'), records };
}
