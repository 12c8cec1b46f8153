import type { ReadDb, WriteDb } from './database.ts';

/** Money at a vendor at one moment. */
export interface BalanceRow {
  readonly id: number;
  readonly connection_id: number;
  /** UTC ms. */
  readonly at: number;
  readonly currency: string;
  /** Decimal string; negative where money is owed. */
  readonly available: string;
  /** JSON of its parts, as the vendor tells them apart. */
  readonly parts: string;
}

/** Oldest first, per currency. */
export function balanceSeries(db: ReadDb, connectionId: number): readonly BalanceRow[] {
  return db
    .prepare('SELECT * FROM balances WHERE connection_id = ? ORDER BY currency, at, id')
    .all(connectionId) as BalanceRow[];
}

/** The newest of each currency. */
export function latestBalances(db: ReadDb, connectionId: number): readonly BalanceRow[] {
  return db
    .prepare(
      `SELECT * FROM balances b WHERE connection_id = ? AND id = (SELECT id FROM balances
         WHERE connection_id = b.connection_id AND currency = b.currency ORDER BY at DESC, id DESC LIMIT 1)
       ORDER BY currency`,
    )
    .all(connectionId) as BalanceRow[];
}

/**
 * Drops readings that lie after a moment: the clock that made them was ahead. Answers when the newest before them was
 * made; null where there was nothing to drop. Where all lie after it, the clock of that moment is the wrong one.
 */
export function dropBalancesAfter(db: WriteDb, connectionId: number, at: number): number | null {
  const newest = db
    .prepare('SELECT max(at) FROM balances WHERE connection_id = ? AND at <= ?')
    .pluck()
    .get(connectionId, at) as number | null;
  if (newest === null) return null;
  const { changes } = db
    .prepare('DELETE FROM balances WHERE connection_id = ? AND at > ?')
    .run(connectionId, at);
  return changes === 0 ? null : newest;
}

const dayMs = 86_400_000;

/**
 * Adds a reading. Of a stretch without change the first and the last are kept, and one a day: a fall is then known to
 * lie between the two readings around it. A reading older than the last (the clock went back) is not kept.
 */
export function addBalance(db: WriteDb, row: Omit<BalanceRow, 'id'>): void {
  const [last, before] = db
    .prepare(
      'SELECT * FROM balances WHERE connection_id = @connection_id AND currency = @currency ORDER BY at DESC, id DESC LIMIT 2',
    )
    .all(row) as BalanceRow[];
  if (last !== undefined && last.at > row.at) return;
  const says = ({ available, parts, at }: Omit<BalanceRow, 'id'>): string =>
    JSON.stringify([available, parts, Math.floor(at / dayMs)]);
  if (last !== undefined && before !== undefined && says(last) === says(row) && says(before) === says(row)) {
    db.prepare('UPDATE balances SET at = ? WHERE id = ?').run(row.at, last.id);
    return;
  }
  db.prepare(
    `INSERT INTO balances (connection_id, at, currency, available, parts)
     VALUES (@connection_id, @at, @currency, @available, @parts)`,
  ).run(row);
}
