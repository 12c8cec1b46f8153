import type { ReadDb, WriteDb } from './database.ts';

export interface AccountRow {
  readonly id: number;
  readonly name: string;
  readonly kind: 'api' | 'plan' | 'local';
  readonly provider: string;
  readonly fee_nano_usd: number | null;
  readonly fee_cycle: 'month' | 'year' | null;
  readonly fee_start: string | null;
  readonly fee_end: string | null;
  readonly assumed: number;
}

export function listAccounts(db: ReadDb): readonly AccountRow[] {
  return db.prepare('SELECT * FROM accounts ORDER BY name COLLATE NOCASE').all() as AccountRow[];
}

export function accountByName(db: ReadDb, name: string): AccountRow | undefined {
  return db.prepare('SELECT * FROM accounts WHERE name = ?').get(name) as AccountRow | undefined;
}

export type NewAccount = Omit<AccountRow, 'id'> & { readonly created_at: number };

export function insertAccount(db: WriteDb, row: NewAccount): number {
  const result = db
    .prepare(
      `INSERT INTO accounts (name, kind, provider, fee_nano_usd, fee_cycle, fee_start, fee_end, assumed, created_at)
       VALUES (@name, @kind, @provider, @fee_nano_usd, @fee_cycle, @fee_start, @fee_end, @assumed, @created_at)`,
    )
    .run(row);
  return Number(result.lastInsertRowid);
}

export function updateAccount(db: WriteDb, row: AccountRow): void {
  db.prepare(
    `UPDATE accounts SET name = @name, kind = @kind, provider = @provider, fee_nano_usd = @fee_nano_usd,
       fee_cycle = @fee_cycle, fee_start = @fee_start, fee_end = @fee_end, assumed = @assumed WHERE id = @id`,
  ).run(row);
}

export function removeAccount(db: WriteDb, id: number): void {
  db.prepare('DELETE FROM accounts WHERE id = ?').run(id);
}
