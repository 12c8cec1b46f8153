import { AppError } from '../platform/error.ts';
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

/**
 * The id to save under: the one asked for, else that of the row that stands for the same names (case ignored, as in
 * pricing). BAD_INPUT where another row already does.
 */
function idFor(asked: number | null, standing: number | undefined, clash: string): number | null {
  if (asked !== null && standing !== undefined) throw new AppError('BAD_INPUT', clash);
  return asked ?? standing ?? null;
}

/** Without an id, replaces what stands for the same model and date. BAD_INPUT when an id would move onto another row. */
export function saveOverride(db: WriteDb, row: Omit<OverrideRow, 'id'> & { id: number | null }): number {
  const standing = db
    .prepare(
      `SELECT id FROM price_overrides WHERE provider = @provider COLLATE NOCASE AND model = @model COLLATE NOCASE
         AND valid_from = @valid_from AND id IS NOT @id`,
    )
    .pluck()
    .get(row) as number | undefined;
  const clash = `There is already a price for ${row.model} from ${row.valid_from}; change that one.`;
  const saved = db
    .prepare(
      `INSERT INTO price_overrides (id, provider, model, valid_from, body) VALUES (@id, @provider, @model, @valid_from, @body)
       ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, model = excluded.model, valid_from = excluded.valid_from, body = excluded.body
       RETURNING id`,
    )
    .get({ ...row, id: idFor(row.id, standing, clash) }) as { id: number };
  return saved.id;
}

/** Without an id, replaces the alias of the same name. BAD_INPUT when an id would move onto another row. */
export function saveAlias(db: WriteDb, row: Omit<AliasRow, 'id'> & { id: number | null }): number {
  const standing = db
    .prepare(
      `SELECT id FROM price_aliases WHERE provider = @provider COLLATE NOCASE AND alias = @alias COLLATE NOCASE
         AND id IS NOT @id`,
    )
    .pluck()
    .get(row) as number | undefined;
  const clash = `There is already an alias for ${row.alias}; change that one.`;
  const saved = db
    .prepare(
      `INSERT INTO price_aliases (id, provider, alias, to_provider, to_model) VALUES (@id, @provider, @alias, @to_provider, @to_model)
       ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, alias = excluded.alias, to_provider = excluded.to_provider, to_model = excluded.to_model
       RETURNING id`,
    )
    .get({ ...row, id: idFor(row.id, standing, clash) }) as { id: number };
  return saved.id;
}

export function removePrice(db: WriteDb, table: 'price_overrides' | 'price_aliases', id: number): boolean {
  return db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id).changes > 0;
}
