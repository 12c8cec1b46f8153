import type { ReadDb, WriteDb } from './database.ts';

/** One piece of work a vendor was asked for, and how it went. Nothing of what was said is kept. */
export interface RequestRow {
  /** Null for a connection that was only tried out. */
  readonly connection_id: number | null;
  readonly provider: string;
  readonly purpose: 'sync' | 'call' | 'check';
  /** When it began, UTC ms. */
  readonly at: number;
  readonly ms: number;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
}

/** How long they are kept. */
export const requestsKeptMs = 90 * 86_400_000;

/** Adds rows and drops those that are too old. */
export function addRequests(db: WriteDb, rows: readonly RequestRow[], now: number): void {
  const insert = db.prepare(
    `INSERT INTO vendor_requests (connection_id, provider, purpose, at, ms, outcome)
     VALUES (@connection_id, @provider, @purpose, @at, @ms, @outcome)`,
  );
  for (const row of rows) insert.run(row);
  db.prepare('DELETE FROM vendor_requests WHERE at < ?').run(now - requestsKeptMs);
}

/** Oldest first. */
export function requestsSince(db: ReadDb, from: number): readonly RequestRow[] {
  return db
    .prepare(
      'SELECT connection_id, provider, purpose, at, ms, outcome FROM vendor_requests WHERE at >= ? ORDER BY at, id',
    )
    .all(from) as RequestRow[];
}
