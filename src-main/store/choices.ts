import type { ReadDb, WriteDb } from './database.ts';

/** Which source the user let count for an account's UTC month. */
export interface WitnessChoice {
  readonly account_id: number;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly source_id: number;
}

/** Choices of an account, or of all. One whose source has gone to another account is none any more. */
export function listChoices(db: ReadDb, accountId?: number): readonly WitnessChoice[] {
  return db
    .prepare(
      `SELECT c.account_id, c.month, c.source_id FROM witness_choices c
       JOIN sources s ON s.id = c.source_id AND s.account_id = c.account_id
       WHERE @account IS NULL OR c.account_id = @account`,
    )
    .all({ account: accountId ?? null }) as WitnessChoice[];
}

export function saveChoice(db: WriteDb, { account_id, month, source_id }: WitnessChoice): void {
  db.prepare(
    `INSERT INTO witness_choices (account_id, month, source_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET source_id = excluded.source_id`,
  ).run(account_id, month, source_id);
}

export function dropChoice(db: WriteDb, accountId: number, month: string): void {
  db.prepare('DELETE FROM witness_choices WHERE account_id = ? AND month = ?').run(accountId, month);
}

/** Ends every choice that names a source: it moved, or it goes. */
export function dropChoicesOf(db: WriteDb, sourceId: number): void {
  db.prepare('DELETE FROM witness_choices WHERE source_id = ?').run(sourceId);
}
