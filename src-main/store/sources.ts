import { dropChoicesOf } from './choices.ts';
import type { ReadDb, WriteDb } from './database.ts';

export interface SourceRow {
  readonly id: number;
  readonly importer: string;
  readonly label: string;
  readonly vendor: string;
  readonly kind: 'table' | 'log' | 'sync' | 'calls';
  readonly account_id: number;
  readonly evidence: number;
  readonly coverage: 'account' | 'tool';
  readonly usage_rank: number;
  /** How the export was cut; '' for the only way there is. */
  readonly cut: string;
  readonly sample: number;
  readonly last_read_at: number | null;
  readonly error: string | null;
}

export function listSources(db: ReadDb): readonly SourceRow[] {
  return db.prepare('SELECT * FROM sources ORDER BY label, id').all() as SourceRow[];
}

export function sourceById(db: ReadDb, id: number): SourceRow | undefined {
  return db.prepare('SELECT * FROM sources WHERE id = ?').get(id) as SourceRow | undefined;
}

export interface SourceQuery {
  readonly importer: string;
  readonly sample: boolean;
  readonly vendor?: string;
  readonly accountId?: number;
  readonly cut?: string;
  /** Index of the evidence level: mapped files of one vendor may be bills or somebody's own figures. */
  readonly evidence?: number;
}

/** The first source of an importer; only of one vendor, account or cut where those are named. */
export function findSource(db: ReadDb, query: SourceQuery): SourceRow | undefined {
  return findSources(db, query)[0];
}

/** The sources of an importer, oldest first; only of one vendor, account or cut where those are named. */
export function findSources(
  db: ReadDb,
  { importer, sample, vendor, accountId, cut, evidence }: SourceQuery,
): readonly SourceRow[] {
  return db
    .prepare(
      `SELECT * FROM sources WHERE importer = @importer AND sample = @sample
         AND (@vendor IS NULL OR vendor = @vendor)
         AND (@account IS NULL OR account_id = @account) AND (@cut IS NULL OR cut = @cut)
         AND (@evidence IS NULL OR evidence = @evidence) ORDER BY id`,
    )
    .all({
      importer,
      sample: Number(sample),
      vendor: vendor ?? null,
      account: accountId ?? null,
      cut: cut ?? null,
      evidence: evidence ?? null,
    }) as SourceRow[];
}

export function insertSource(db: WriteDb, row: Omit<SourceRow, 'id' | 'last_read_at' | 'error'>): number {
  const result = db
    .prepare(
      `INSERT INTO sources (importer, label, vendor, kind, account_id, evidence, coverage, usage_rank, cut, sample)
       VALUES (@importer, @label, @vendor, @kind, @account_id, @evidence, @coverage, @usage_rank, @cut, @sample)`,
    )
    .run(row);
  return Number(result.lastInsertRowid);
}

/** Moves a source; where the user let it count for a month of its old account, it does so no longer. */
export function moveSource(db: WriteDb, id: number, accountId: number): void {
  dropChoicesOf(db, id);
  db.prepare('UPDATE sources SET account_id = ? WHERE id = ?').run(accountId, id);
}

/** Notes when a source was read and what went wrong, if anything. */
export function markRead(db: WriteDb, id: number, at: number, error: string | null): void {
  db.prepare('UPDATE sources SET last_read_at = ?, error = ? WHERE id = ?').run(at, error, id);
}

/** Notes that a tool's logs were read, and what could not be: all its sources are as of now. */
export function markToolRead(db: WriteDb, importer: string, at: number, error: string | null): void {
  db.prepare('UPDATE sources SET last_read_at = ?, error = ? WHERE importer = ? AND sample = 0').run(
    at,
    error,
    importer,
  );
}

/** Notes what keeps an account's source of an importer from being read; null once it is read again. */
export function markTrouble(db: WriteDb, importer: string, accountId: number, error: string | null): void {
  db.prepare('UPDATE sources SET error = ? WHERE importer = ? AND account_id = ? AND sample = 0').run(
    error,
    importer,
    accountId,
  );
}
