import type { ReadDb, WriteDb } from './database.ts';

export interface ImportRow {
  readonly id: number;
  readonly kind: 'file' | 'scan' | 'sync' | 'calls';
  readonly importer: string;
  readonly importer_label: string;
  readonly source_id: number | null;
  readonly file_name: string;
  readonly path: string | null;
  readonly sha256: string | null;
  readonly at: number;
  readonly accepted: number;
  readonly updated: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly skipped: number;
  readonly unpriced: number;
  readonly cost_nano_usd: number;
  readonly first_day: number | null;
  readonly last_day: number | null;
  readonly undone_at: number | null;
  readonly sample: number;
  /** Every record this import brought has an id from `first_record` to `last_record`. */
  readonly first_record: number;
  readonly last_record: number;
}

export type NewImport = Pick<
  ImportRow,
  'kind' | 'importer' | 'importer_label' | 'source_id' | 'file_name' | 'path' | 'sha256' | 'at' | 'sample'
>;

export function insertImport(db: WriteDb, row: NewImport): number {
  const result = db
    .prepare(
      `INSERT INTO imports (kind, importer, importer_label, source_id, file_name, path, sha256, at, sample, first_record)
       VALUES (@kind, @importer, @importer_label, @source_id, @file_name, @path, @sha256, @at, @sample,
         (SELECT coalesce(max(id), 0) + 1 FROM records))`,
    )
    .run(row);
  return Number(result.lastInsertRowid);
}

/** Before more is added to a standing import: ids that were freed since it began are below its own, and given anew. */
export function reopenImport(db: WriteDb, id: number): void {
  db.prepare(
    `UPDATE imports SET first_record = min(first_record, (SELECT coalesce(max(id), 0) + 1 FROM records))
     WHERE id = ?`,
  ).run(id);
}

export type ImportTotals = Pick<
  ImportRow,
  | 'accepted'
  | 'updated'
  | 'duplicate'
  | 'refused'
  | 'skipped'
  | 'unpriced'
  | 'cost_nano_usd'
  | 'first_day'
  | 'last_day'
>;

export function finishImport(db: WriteDb, id: number, totals: ImportTotals): void {
  db.prepare(
    `UPDATE imports SET accepted = @accepted, updated = @updated, duplicate = @duplicate, refused = @refused,
       skipped = @skipped, unpriced = @unpriced, cost_nano_usd = @cost_nano_usd, first_day = @first_day,
       last_day = @last_day, last_record = (SELECT coalesce(max(id), 0) FROM records) WHERE id = @id`,
  ).run({ ...totals, id });
}

/** Takes back an import that turned out to bring nothing. */
export function dropImport(db: WriteDb, id: number): void {
  db.prepare('DELETE FROM observations WHERE import_id = ?').run(id);
  db.prepare('DELETE FROM refused WHERE import_id = ?').run(id);
  db.prepare('DELETE FROM imports WHERE id = ?').run(id);
}

export function markUndone(db: WriteDb, id: number, at: number): void {
  db.prepare('UPDATE imports SET undone_at = ? WHERE id = ?').run(at, id);
}

export function importById(db: ReadDb, id: number): ImportRow | undefined {
  return db.prepare('SELECT * FROM imports WHERE id = ?').get(id) as ImportRow | undefined;
}

export function listImports(db: ReadDb): readonly ImportRow[] {
  return db.prepare('SELECT * FROM imports ORDER BY id DESC').all() as ImportRow[];
}

/** Imports of this very content that still stand. */
export function importsOfContent(db: ReadDb, sha256: string): readonly ImportRow[] {
  return db
    .prepare('SELECT * FROM imports WHERE sha256 = ? AND undone_at IS NULL')
    .all(sha256) as ImportRow[];
}

export interface RefusedRow {
  readonly file: string | null;
  readonly line: number;
  readonly reason: string;
  readonly raw: string | null;
}

/** Longest part of a refused row that is kept to be looked at. */
export const refusedRawLimit = 4096;

export function createRefusals(db: WriteDb): (importId: number, row: RefusedRow) => void {
  const insert = db.prepare(
    'INSERT INTO refused (import_id, file, line, reason, raw) VALUES (?, ?, ?, ?, ?)',
  );
  return (importId, row) =>
    void insert.run(importId, row.file, row.line, row.reason, row.raw?.slice(0, refusedRawLimit) ?? null);
}

/** How many rows that say this were refused of a source by imports that still stand. */
export function createRefusedCounter(
  db: ReadDb,
): (sourceId: number, row: Pick<RefusedRow, 'reason' | 'raw'>) => number {
  const count = db
    .prepare(
      `SELECT count(*) FROM refused r JOIN imports i ON i.id = r.import_id
       WHERE i.source_id = ? AND i.undone_at IS NULL AND r.reason = ? AND r.raw IS ?`,
    )
    .pluck();
  return (sourceId, { reason, raw }) =>
    count.get(sourceId, reason, raw?.slice(0, refusedRawLimit) ?? null) as number;
}

export function refusedOf(
  db: ReadDb,
  importId: number,
  offset: number,
  limit: number,
): { rows: readonly RefusedRow[]; total: number } {
  const rows = db
    .prepare('SELECT file, line, reason, raw FROM refused WHERE import_id = ? ORDER BY id LIMIT ? OFFSET ?')
    .all(importId, limit, offset) as RefusedRow[];
  const total = db
    .prepare('SELECT count(*) FROM refused WHERE import_id = ?')
    .pluck()
    .get(importId) as number;
  return { rows, total };
}

/** Money and unpriced rows of the standing imports as their records say now: after prices changed. */
export function refreshImportSums(db: WriteDb): void {
  db.exec(`UPDATE imports SET cost_nano_usd = coalesce(sums.cost, 0), unpriced = coalesce(sums.unpriced, 0)
    FROM (SELECT i.id, sum(r.cost_nano_usd) AS cost, sum(r.id IS NOT NULL AND r.cost_nano_usd IS NULL) AS unpriced
          FROM imports i LEFT JOIN records r ON r.import_id = i.id GROUP BY i.id) AS sums
    WHERE sums.id = imports.id AND undone_at IS NULL`);
}
