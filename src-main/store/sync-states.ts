import type { ReadDb, WriteDb } from './database.ts';

/** How one report of one connection stands. All times are UTC ms of the wall clock. */
export interface SyncStateRow {
  readonly connection_id: number;
  /** Id of a cost report, `models` or `balance`. */
  readonly report: string;
  /** The user's interval; null for the usual one. */
  readonly every_minutes: number | null;
  readonly next_at: number | null;
  readonly attempted_at: number | null;
  readonly succeeded_at: number | null;
  /** In a row, up to now. */
  readonly failures: number;
  readonly error_code: string | null;
  readonly error: string | null;
  /** Everything up to this moment is in the ledger. */
  readonly as_of: number | null;
  /** The days that were read, as one half-open span without gaps; null before the first. */
  readonly covered_from: number | null;
  readonly covered_to: number | null;
}

/** A state that was never stored reads as one in which nothing happened yet. */
export function syncState(db: ReadDb, connectionId: number, report: string): SyncStateRow {
  const row = db
    .prepare('SELECT * FROM sync_states WHERE connection_id = ? AND report = ?')
    .get(connectionId, report) as SyncStateRow | undefined;
  return row ?? freshState(connectionId, report);
}

function freshState(connectionId: number, report: string): SyncStateRow {
  return {
    connection_id: connectionId,
    report,
    every_minutes: null,
    next_at: null,
    attempted_at: null,
    succeeded_at: null,
    failures: 0,
    error_code: null,
    error: null,
    as_of: null,
    covered_from: null,
    covered_to: null,
  };
}

export function putSyncState(db: WriteDb, row: SyncStateRow): void {
  db.prepare(
    `INSERT OR REPLACE INTO sync_states (connection_id, report, every_minutes, next_at, attempted_at, succeeded_at,
       failures, error_code, error, as_of, covered_from, covered_to)
     VALUES (@connection_id, @report, @every_minutes, @next_at, @attempted_at, @succeeded_at, @failures, @error_code,
       @error, @as_of, @covered_from, @covered_to)`,
  ).run(row);
}

/** Makes every report of a connection due: its credentials or its address changed. */
export function makeDue(db: WriteDb, connectionId: number): void {
  db.prepare(
    'UPDATE sync_states SET next_at = NULL, failures = 0, error_code = NULL, error = NULL WHERE connection_id = ?',
  ).run(connectionId);
}

/** Forgets what was read of a report, so that the next reading starts over. */
export function forgetCoverage(db: WriteDb, connectionId: number, report: string): void {
  db.prepare(
    'UPDATE sync_states SET covered_from = NULL, covered_to = NULL, as_of = NULL WHERE connection_id = ? AND report = ?',
  ).run(connectionId, report);
}

/** Forgets it of every report of a connection: it reads another project, team or server from now on. */
export function forgetAllCoverage(db: WriteDb, connectionId: number): void {
  db.prepare(
    'UPDATE sync_states SET covered_from = NULL, covered_to = NULL, as_of = NULL WHERE connection_id = ?',
  ).run(connectionId);
}

/** A bucket a source stated, and when it begins (UTC ms). */
export interface BucketRow {
  readonly key: string;
  readonly at: number;
}

/** The buckets of a source that begin in a half-open span. */
export function bucketsIn(db: ReadDb, sourceId: number, from: number, to: number): readonly BucketRow[] {
  return db
    .prepare('SELECT key, at FROM sync_buckets WHERE source_id = ? AND at >= ? AND at < ? ORDER BY at, key')
    .all(sourceId, from, to) as BucketRow[];
}

export function putBuckets(db: WriteDb, sourceId: number, buckets: readonly BucketRow[]): void {
  const put = db.prepare('INSERT OR REPLACE INTO sync_buckets (source_id, key, at) VALUES (?, ?, ?)');
  for (const { key, at } of buckets) put.run(sourceId, key, at);
}
