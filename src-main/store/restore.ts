import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../platform/error.ts';
import { type LedgerSum, readCopy, readFacts, sha256Of, syncFile } from './backup.ts';
import { type ReadDb, storeError } from './database.ts';
import { migrations } from './migrations/index.ts';
import { damagedRecords } from './records.ts';

/** A database and what SQLite keeps beside it: a journal left there would be played back into the next file of that name. */
const suffixes = ['', '-wal', '-shm', '-journal'] as const;

/** A checked copy that waits to take the ledger's place. It has this name only once it is whole. */
export function stagedPath(ledger: string): string {
  return `${ledger}.restoring`;
}

function bad(from: string, what: string): AppError {
  return new AppError('BACKUP_BAD', `${basename(from)} ${what}. Nothing was changed.`);
}

/** Compares a listed backup with what was written down when it was made; a file without facts has only itself. */
function checkFacts(from: string): void {
  const facts = readFacts(from);
  if (facts === null) return;
  const wal = `${from}-wal`;
  const hasLaterChanges = existsSync(wal) && statSync(wal).size > 0;
  if (hasLaterChanges || sha256Of(from) !== facts.sha256)
    throw bad(from, 'is not the file it was when the backup was made');
}

/** Throws BACKUP_BAD when a row is not what was written. Older schemas have other columns, so their hashes say nothing. */
function checkRows(db: ReadDb, from: string): void {
  if (Number(db.pragma('user_version', { simple: true })) !== migrations.length) return;
  const { damaged } = damagedRecords(db);
  if (damaged.length > 0)
    throw bad(
      from,
      `has ${damaged.length} ${damaged.length === 1 ? 'record' : 'records'} changed from outside`,
    );
}

export function removeDatabase(path: string): void {
  for (const suffix of suffixes) rmSync(`${path}${suffix}`, { force: true });
}

/** Moves a database with its log; a part already there stays, so that a move cut short can be finished. */
function moveDatabase(from: string, to: string): void {
  for (const suffix of suffixes)
    if (existsSync(`${from}${suffix}`) && !existsSync(`${to}${suffix}`))
      renameSync(`${from}${suffix}`, `${to}${suffix}`);
}

/**
 * Checks a backup and copies it beside the ledger, with what its write-ahead log holds. The ledger may be open and
 * is not changed. Throws BACKUP_BAD, STORE_NEWER or STORE_FULL and leaves nothing behind.
 */
export function stageRestore(ledger: string, from: string): LedgerSum {
  const partial = `${stagedPath(ledger)}.partial`;
  removeDatabase(partial);
  try {
    checkFacts(from);
    const sum = readCopy(from, (db, original) => {
      db.prepare('VACUUM INTO ?').run(partial);
      return original;
    });
    syncFile(partial);
    readCopy(partial, (db, copied) => {
      if (copied.records !== sum.records || copied.costNanoUsd !== sum.costNanoUsd)
        throw bad(from, 'could not be copied whole');
      checkRows(db, from);
    });
    renameSync(partial, stagedPath(ledger));
    return sum;
  } catch (error) {
    throw storeError(error);
  } finally {
    removeDatabase(partial);
  }
}

/** Why a ledger was put aside: its name says so. */
export type KeptAs = 'replaced' | 'damaged';

function keptPath(ledger: string, as: KeptAs, at: number): string {
  const time = new Date(at).toISOString().replace(/[:.]/g, '-');
  return as === 'replaced'
    ? `${ledger}.replaced-${time}`
    : `${ledger.replace(/\.db$/, '')}-damaged-${time}.db`;
}

/** Where a replaced ledger is kept: its name holds the time, the next free millisecond of it. */
function freeName(ledger: string, as: KeptAs, now: number): string {
  const kept = keptPath(ledger, as, now);
  return suffixes.some((suffix) => existsSync(`${kept}${suffix}`)) ? freeName(ledger, as, now + 1) : kept;
}

/**
 * Puts the staged copy in the ledger's place; the ledger must be closed. Returns where the replaced ledger is kept.
 * When that fails the ledger is back where it was.
 */
export function finishRestore(ledger: string, now: number, as: KeptAs = 'replaced'): string {
  const kept = freeName(ledger, as, now);
  try {
    moveDatabase(ledger, kept);
    renameSync(stagedPath(ledger), ledger);
    return kept;
  } catch (error) {
    if (!existsSync(ledger)) moveDatabase(kept, ledger);
    throw storeError(error);
  }
}

/** Takes a finished restore back: the kept ledger takes its place again. The ledger must be closed. */
export function undoRestore(ledger: string, kept: string): void {
  if (!existsSync(kept)) return;
  removeDatabase(ledger);
  moveDatabase(kept, ledger);
}

const keptName = /^(?:ledger\.db\.replaced-|ledger-damaged-)([\dT-]+Z)(?:\.db)?$/;

/** The ledger that was put aside last; their names hold the time. */
function lastReplaced(ledger: string): string | undefined {
  const timeOf = (name: string): string => keptName.exec(name)?.[1] ?? '';
  const name = readdirSync(dirname(ledger))
    .filter((entry) => timeOf(entry) !== '')
    .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .at(-1);
  return name === undefined ? undefined : join(dirname(ledger), name);
}

function isSound(path: string): boolean {
  try {
    return readCopy(path, () => true);
  } catch {
    return false;
  }
}

/**
 * Puts right what a restore cut short left behind: with no ledger in its place, the checked copy goes there, or else
 * the ledger that was replaced last. Without it the next start would make an empty ledger.
 */
export function recoverRestore(ledger: string): void {
  const staged = stagedPath(ledger);
  if (!existsSync(ledger)) {
    const replaced = lastReplaced(ledger);
    if (existsSync(staged) && isSound(staged)) {
      // The log of the ledger that was being replaced must not be read as the copy's own.
      if (replaced !== undefined) moveDatabase(ledger, replaced);
      for (const suffix of suffixes.slice(1)) rmSync(`${ledger}${suffix}`, { force: true });
      renameSync(staged, ledger);
    } else if (replaced !== undefined) moveDatabase(replaced, ledger);
  }
  removeDatabase(staged);
  removeDatabase(`${staged}.partial`);
}
