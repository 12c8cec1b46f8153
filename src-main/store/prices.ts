import type { ReadDb, WriteDb } from './database.ts';

export interface OverrideRow {
  readonly id: number;
  readonly provider: string;
  readonly model: string;
  readonly valid_from: string;
  /** JSON of the rates. */
  readonly body: string;
}

export interface AliasRow {
  readonly id: number;
  readonly provider: string;
  readonly alias: string;
  readonly to_provider: string;
  readonly to_model: string;
}

export function listOverrides(db: ReadDb): readonly OverrideRow[] {
  return db
    .prepare('SELECT * FROM price_overrides ORDER BY provider, model, valid_from')
    .all() as OverrideRow[];
}

export function listAliases(db: ReadDb): readonly AliasRow[] {
  return db.prepare('SELECT * FROM price_aliases ORDER BY provider, alias').all() as AliasRow[];
}

export function saveOverride(db: WriteDb, row: Omit<OverrideRow, 'id'> & { id: number | null }): number {
  const saved = db
    .prepare(
      `INSERT INTO price_overrides (id, provider, model, valid_from, body) VALUES (@id, @provider, @model, @valid_from, @body)
       ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, model = excluded.model, valid_from = excluded.valid_from, body = excluded.body
       ON CONFLICT (provider, model, valid_from) DO UPDATE SET body = excluded.body RETURNING id`,
    )
    .get(row) as { id: number };
  return saved.id;
}

export function saveAlias(db: WriteDb, row: Omit<AliasRow, 'id'> & { id: number | null }): number {
  const saved = db
    .prepare(
      `INSERT INTO price_aliases (id, provider, alias, to_provider, to_model) VALUES (@id, @provider, @alias, @to_provider, @to_model)
       ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, alias = excluded.alias, to_provider = excluded.to_provider, to_model = excluded.to_model
       ON CONFLICT (provider, alias) DO UPDATE SET to_provider = excluded.to_provider, to_model = excluded.to_model RETURNING id`,
    )
    .get(row) as { id: number };
  return saved.id;
}

export function removePrice(db: WriteDb, table: 'price_overrides' | 'price_aliases', id: number): boolean {
  return db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id).changes > 0;
}
