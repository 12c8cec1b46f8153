import type { VendorModel } from '../platform/provider.ts';
import type { ReadDb, WriteDb } from './database.ts';

export interface StoredModel {
  readonly connectionId: number;
  readonly model: VendorModel;
  /** When the vendor was asked, UTC ms. */
  readonly asOf: number;
}

/** Puts a connection's models in the place of those it had. Runs in the caller's transaction. */
export function replaceModels(
  db: WriteDb,
  connectionId: number,
  models: readonly VendorModel[],
  asOf: number,
): void {
  db.prepare('DELETE FROM vendor_models WHERE connection_id = ?').run(connectionId);
  const insert = db.prepare(
    'INSERT OR REPLACE INTO vendor_models (connection_id, model, body, as_of) VALUES (?, ?, ?, ?)',
  );
  for (const model of models) insert.run(connectionId, model.id, JSON.stringify(model), asOf);
}

interface ModelRow {
  readonly connection_id: number;
  readonly body: string;
  readonly as_of: number;
}

/** Models as last read, of one connection or all, by their ids. */
export function listModels(db: ReadDb, connectionId?: number): readonly StoredModel[] {
  const rows = db
    .prepare(
      `SELECT connection_id, body, as_of FROM vendor_models WHERE @id IS NULL OR connection_id = @id
       ORDER BY model, connection_id`,
    )
    .all({ id: connectionId ?? null }) as readonly ModelRow[];
  return rows.map((row) => ({
    connectionId: row.connection_id,
    // Written by replaceModels only.
    model: JSON.parse(row.body) as VendorModel,
    asOf: row.as_of,
  }));
}

/** How many models each connection has, by its id. */
export function countModels(db: ReadDb): ReadonlyMap<number, number> {
  const rows = db
    .prepare('SELECT connection_id, count(*) FROM vendor_models GROUP BY connection_id')
    .raw()
    .all() as (readonly [number, number])[];
  return new Map(rows);
}
