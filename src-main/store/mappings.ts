import type { ReadDb, WriteDb } from './database.ts';

export interface MappingRow {
  readonly id: number;
  readonly fingerprint: string;
  /** JSON array of header names. */
  readonly header: string;
  /** JSON of the mapping. */
  readonly mapping: string;
}

export function listMappings(db: ReadDb): readonly MappingRow[] {
  return db.prepare('SELECT * FROM mappings ORDER BY id').all() as MappingRow[];
}

export function mappingFor(db: ReadDb, fingerprint: string): MappingRow | undefined {
  return db.prepare('SELECT * FROM mappings WHERE fingerprint = ?').get(fingerprint) as
    | MappingRow
    | undefined;
}

export function saveMapping(db: WriteDb, row: Omit<MappingRow, 'id'>): void {
  db.prepare(
    `INSERT INTO mappings (fingerprint, header, mapping) VALUES (@fingerprint, @header, @mapping)
     ON CONFLICT (fingerprint) DO UPDATE SET header = excluded.header, mapping = excluded.mapping`,
  ).run(row);
}

export function removeMapping(db: WriteDb, id: number): boolean {
  return db.prepare('DELETE FROM mappings WHERE id = ?').run(id).changes > 0;
}
