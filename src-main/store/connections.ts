import type { ReadDb, WriteDb } from './database.ts';

/** A vendor the user has credentials for. Its secrets are in the vault, under `connection:ID`. */
export interface ConnectionRow {
  readonly id: number;
  readonly provider: string;
  /** Unique, whatever the case. */
  readonly name: string;
  readonly account_id: number;
  /** The user's own base; null for the provider's. */
  readonly base_url: string | null;
  /** 1 where the user said that the base is on their own machine or network. */
  readonly is_local: number;
  /** JSON of the fields that are no secrets, by name. */
  readonly fields: string;
  readonly requests_per_minute: number | null;
  readonly tokens_per_minute: number | null;
  readonly paused: number;
  /** UTC ms. */
  readonly created_at: number;
  readonly tested_at: number | null;
  /** JSON of what the last test found. */
  readonly checks: string | null;
}

/** What the user gave besides secrets, by field. */
export function plainFields({ fields }: Pick<ConnectionRow, 'fields'>): Readonly<Record<string, string>> {
  // Only texts are written there.
  return JSON.parse(fields) as Record<string, string>;
}

/** In the order they were added. */
export function listConnections(db: ReadDb): readonly ConnectionRow[] {
  return db.prepare('SELECT * FROM connections ORDER BY id').all() as ConnectionRow[];
}

export function connectionById(db: ReadDb, id: number): ConnectionRow | undefined {
  return db.prepare('SELECT * FROM connections WHERE id = ?').get(id) as ConnectionRow | undefined;
}

export function connectionByName(db: ReadDb, name: string): ConnectionRow | undefined {
  return db.prepare('SELECT * FROM connections WHERE name = ?').get(name) as ConnectionRow | undefined;
}

export type NewConnection = Omit<ConnectionRow, 'id' | 'paused' | 'tested_at' | 'checks'>;

export function insertConnection(db: WriteDb, row: NewConnection): number {
  const result = db
    .prepare(
      `INSERT INTO connections (provider, name, account_id, base_url, is_local, fields, requests_per_minute,
         tokens_per_minute, created_at)
       VALUES (@provider, @name, @account_id, @base_url, @is_local, @fields, @requests_per_minute,
         @tokens_per_minute, @created_at)`,
    )
    .run(row);
  return Number(result.lastInsertRowid);
}

export type ConnectionChange = Omit<NewConnection, 'provider' | 'created_at'> & { readonly id: number };

export function updateConnection(db: WriteDb, row: ConnectionChange): void {
  db.prepare(
    `UPDATE connections SET name = @name, account_id = @account_id, base_url = @base_url, is_local = @is_local,
       fields = @fields, requests_per_minute = @requests_per_minute, tokens_per_minute = @tokens_per_minute
     WHERE id = @id`,
  ).run(row);
}

/** Its sync states, balances and models go with it; what it brought into the ledger stays. */
export function deleteConnection(db: WriteDb, id: number): void {
  db.prepare('DELETE FROM connections WHERE id = ?').run(id);
}

export function pauseConnection(db: WriteDb, id: number, paused: boolean): void {
  db.prepare('UPDATE connections SET paused = ? WHERE id = ?').run(Number(paused), id);
}

export function markTested(db: WriteDb, id: number, at: number, checks: string): void {
  db.prepare('UPDATE connections SET tested_at = ?, checks = ? WHERE id = ?').run(at, checks, id);
}

/** Connections of one vendor that report to an account. */
export function connectionsOf(db: ReadDb, accountId: number, provider?: string): readonly ConnectionRow[] {
  return db
    .prepare(
      'SELECT * FROM connections WHERE account_id = @accountId AND (@provider IS NULL OR provider = @provider) ORDER BY id',
    )
    .all({ accountId, provider: provider ?? null }) as ConnectionRow[];
}

export function moveConnection(db: WriteDb, id: number, accountId: number): void {
  db.prepare('UPDATE connections SET account_id = ? WHERE id = ?').run(accountId, id);
}
