import type { Ports } from '../platform/ports.ts';
import { type BackupFacts, listBackups } from '../store/backup.ts';
import { lockDataDir } from '../store/lock.ts';
import { makeDataDir } from '../store/open.ts';
import { newestSoundBackup, type Repair, repairLedger, restoreOverDamaged } from '../store/repair.ts';

export type { Repair } from '../store/repair.ts';

/** What can be done about a ledger a core does not start on. Each holds the folder's lock while it works (STORE_LOCKED). */
export interface Mending {
  /** Saves what can be read into a new ledger; null when the ledger is sound. */
  repair(): Repair | null;
  /** Puts a backup in its place; the damaged ledger is kept. */
  restore(path: string): { readonly kept: string; readonly records: number };
  newestBackup(): BackupFacts | null;
  /** Newest first. */
  backups(): readonly BackupFacts[];
}

export function createMending({ dataDir, clock }: Pick<Ports, 'dataDir' | 'clock'>): Mending {
  const locked = <T>(work: () => T): T => {
    makeDataDir(dataDir);
    const lock = lockDataDir(dataDir);
    try {
      return work();
    } finally {
      lock.release();
    }
  };
  return {
    repair: () => locked(() => repairLedger(dataDir, clock.now())),
    restore: (path) => locked(() => restoreOverDamaged(dataDir, path, clock.now())),
    newestBackup: () => newestSoundBackup(dataDir),
    backups: () => listBackups(dataDir),
  };
}
