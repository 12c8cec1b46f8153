import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../platform/error.ts';
import { exactInteger, openDatabase, type ReadDb, storeError, type WriteDb } from './database.ts';
import { migrations } from './migrations/index.ts';

export type BackupReason = 'scheduled' | 'manual' | 'migration' | 'restore';

export interface BackupFacts {
  readonly name: string;
  readonly path: string;
  readonly at: number;
  readonly bytes: number;
  readonly records: number;
  readonly costNanoUsd: number;
  readonly sha256: string;
  readonly why: BackupReason;
}

/** Count and money of a ledger: what a copy must agree on with its original. */
export interface LedgerSum {
  readonly records: number;
  readonly costNanoUsd: number;
}

export function ledgerSum(db: ReadDb): LedgerSum {
  const row = db
    .prepare('SELECT count(*) AS records, coalesce(sum(cost_nano_usd), 0) AS cost FROM records')
    .get() as {
    records: unknown;
    cost: unknown;
  };
  return { records: exactInteger(row.records), costNanoUsd: exactInteger(row.cost) };
}

export function backupsDir(dataDir: string): string {
  return join(dataDir, 'backups');
}

export function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const fd = openSync(path, 'r');
  try {
    const block = Buffer.allocUnsafe(1 << 20);
    for (let n = readSync(fd, block); n > 0; n = readSync(fd, block)) hash.update(block.subarray(0, n));
    return hash.digest('hex');
  } finally {
    closeSync(fd);
  }
}

export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Whether an error says what a user needs to know about a copy; everything else means: cannot be read. */
function isTelling(error: unknown): error is AppError {
  return error instanceof AppError && ['BACKUP_BAD', 'STORE_NEWER', 'STORE_FULL'].includes(error.code);
}

/** Opens a copy on its own, checks its structure and hands it to `work`; throws BACKUP_BAD when it is not whole. */
export function readCopy<T>(path: string, work: (db: ReadDb, sum: LedgerSum) => T): T {
  let db: ReadDb | undefined;
  try {
    db = openDatabase(path, 'read');
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > migrations.length)
      throw new AppError(
        'STORE_NEWER',
        'This backup was made by a newer LLMLab. Nothing was changed; update LLMLab first.',
      );
    if (version === 0)
      throw new AppError('BACKUP_BAD', 'This file is not an LLMLab ledger. Nothing was changed.');
    const rows = db.pragma('integrity_check') as { integrity_check: string }[];
    if (rows.some((row) => row.integrity_check !== 'ok'))
      throw new AppError('BACKUP_BAD', `The copy ${basename(path)} is damaged. Nothing was changed.`);
    return work(db, ledgerSum(db));
  } catch (error) {
    const known = storeError(error);
    if (isTelling(known)) throw known;
    throw new AppError(
      'BACKUP_BAD',
      `${basename(path)} cannot be read as an LLMLab ledger. Nothing was changed.`,
      { cause: error },
    );
  } finally {
    db?.close();
  }
}

/** Copies that were never finished: their maker was killed. One folder has one writer, so nobody is at work on them. */
function removeUnfinished(dir: string): void {
  for (const name of readdirSync(dir))
    if (name.includes('.db.partial')) rmSync(join(dir, name), { force: true });
}

/** Copies the ledger with VACUUM INTO, opens the copy, checks it and compares its sum; only then it counts as a backup. */
export function makeBackup(
  db: WriteDb,
  dataDir: string,
  options: { why: BackupReason; now: number },
): BackupFacts {
  const dir = backupsDir(dataDir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stamp = new Date(options.now).toISOString().replace(/[:.]/g, '-');
  const name = `ledger-${stamp}-${options.why}.db`;
  const path = join(dir, name);
  const partial = `${path}.partial`;
  removeUnfinished(dir);
  try {
    // A database without the ledger's tables yet has nothing to compare.
    const before = ledgerSum(db);
    db.prepare('VACUUM INTO ?').run(partial);
    syncFile(partial);
    const copy = readCopy(partial, (_, sum) => sum);
    if (copy.records !== before.records || copy.costNanoUsd !== before.costNanoUsd)
      throw new AppError(
        'BACKUP_BAD',
        'The copy does not agree with the ledger and was thrown away. The ledger is unchanged; try again.',
      );
    const facts = { at: options.now, ...copy, sha256: sha256Of(partial), why: options.why };
    // The facts first: a copy that has its name without them would never be listed, and never be removed.
    writeFileSync(`${path}.json`, JSON.stringify(facts), { mode: 0o600 });
    renameSync(partial, path);
    return { ...facts, name, path, bytes: statSync(path).size };
  } catch (error) {
    removeUnfinished(dir);
    throw storeError(error);
  }
}

/** What was written down about a backup when it was made; null when there is nothing readable beside it. */
export function readFacts(path: string): Omit<BackupFacts, 'name' | 'path' | 'bytes'> | null {
  try {
    const facts = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as BackupFacts;
    return typeof facts.sha256 === 'string' && typeof facts.at === 'number' ? facts : null;
  } catch {
    return null;
  }
}

/** Backups that were verified when made, newest first. A file whose facts are missing is not listed. */
export function listBackups(dataDir: string): readonly BackupFacts[] {
  const dir = backupsDir(dataDir);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.db'))
    .flatMap((name) => {
      const path = join(dir, name);
      const facts = readFacts(path);
      return facts === null ? [] : [{ ...facts, name, path, bytes: statSync(path).size }];
    })
    .sort((a, b) => b.at - a.at || b.name.localeCompare(a.name));
}

const dayMs = 86_400_000;

/** Which scheduled backups to keep: the newest 3 of the last day, one a day for 7 days, one a week for 4 weeks. Others made by hand stay. */
export function expiredBackups(backups: readonly BackupFacts[], now: number): readonly BackupFacts[] {
  const scheduled = backups.filter((backup) => backup.why === 'scheduled').sort((a, b) => b.at - a.at);
  const kept = new Set<string>();
  const slots = new Set<string>();
  for (const [index, backup] of scheduled.entries()) {
    const age = now - backup.at;
    const daySlot = `d${Math.floor(backup.at / dayMs)}`;
    const weekSlot = `w${Math.floor(backup.at / (7 * dayMs))}`;
    const isFreshest = index < 3;
    const isDaily = age < 7 * dayMs && !slots.has(daySlot);
    const isWeekly = age < 28 * dayMs && !slots.has(weekSlot);
    if (isFreshest || isDaily || isWeekly) kept.add(backup.name);
    slots.add(daySlot).add(weekSlot);
  }
  return scheduled.filter((backup) => !kept.has(backup.name));
}

export function removeBackup(backup: BackupFacts): void {
  rmSync(backup.path, { force: true });
  rmSync(`${backup.path}.json`, { force: true });
}
