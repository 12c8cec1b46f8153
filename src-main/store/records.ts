import { crc32 } from 'node:zlib';
import type { ReadDb, WriteDb } from './database.ts';

/** A ledger row as stored; texts that repeat are ids of the names table. */
export interface RecordRow {
  readonly key: Buffer;
  readonly import_id: number;
  readonly source_id: number;
  /** Path of the log file; 0 for an imported file, which its import names. */
  readonly file_id: number;
  readonly line: number | null;
  readonly at: number;
  readonly grain: number;
  readonly utc_day: number;
  readonly provider_id: number;
  readonly model_id: number;
  readonly model_raw_id: number;
  readonly project_id: number;
  readonly session_id: number;
  readonly requests: number;
  readonly input: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_write_unknown: number;
  readonly output: number;
  readonly reasoning: number;
  /** 0 unpriced, 1 free, 2 priced. */
  readonly cost_state: number;
  readonly cost_nano_usd: number | null;
  readonly price_version_id: number;
  readonly evidence: number;
  readonly charge: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly precedence: number;
  readonly status: string | null;
  readonly vendor_call_id: string | null;
  readonly price_facts: string | null;
  readonly extras: string | null;
}

export type StoredRecord = RecordRow & { readonly id: number; readonly row_hash: number };

const columns = [
  'key',
  'import_id',
  'source_id',
  'file_id',
  'line',
  'at',
  'grain',
  'utc_day',
  'provider_id',
  'model_id',
  'model_raw_id',
  'project_id',
  'session_id',
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'output',
  'reasoning',
  'cost_state',
  'cost_nano_usd',
  'price_version_id',
  'evidence',
  'charge',
  'amount',
  'currency',
  'precedence',
  'status',
  'vendor_call_id',
  'price_facts',
  'extras',
] as const satisfies readonly (keyof RecordRow)[];

/** CRC-32 of every column but the row id: finds any single flipped bit and any short burst. */
export function rowHash(row: RecordRow): number {
  let text = row.key.toString('latin1');
  for (let i = 1; i < columns.length; i++)
    text += `\u001f${row[columns[i] as (typeof columns)[number]] ?? '\u0000'}`;
  return crc32(text);
}

export interface RecordTable {
  byKey(key: Buffer): StoredRecord | undefined;
  byId(id: number): StoredRecord | undefined;
  /** One row a statement: with this many columns, statements of many rows are slower (measured). */
  insert(row: RecordRow): void;
  update(id: number, row: RecordRow): void;
  remove(id: number): void;
  /** Records whose owner is this import. */
  ofImport(importId: number): readonly number[];
}

export function recordTable(db: WriteDb): RecordTable {
  const byKey = db.prepare('SELECT * FROM records WHERE key = ?');
  const byId = db.prepare('SELECT * FROM records WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO records (${columns.join(', ')}, row_hash) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
  );
  const update = db.prepare(
    `UPDATE records SET ${columns.map((c) => `${c} = ?`).join(', ')}, row_hash = ? WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM records WHERE id = ?');
  const ofImport = db.prepare('SELECT id FROM records WHERE import_id = ? ORDER BY id').pluck();
  const values = (row: RecordRow): unknown[] => [...columns.map((column) => row[column]), rowHash(row)];
  return {
    byKey: (key) => byKey.get(key) as StoredRecord | undefined,
    byId: (id) => byId.get(id) as StoredRecord | undefined,
    insert: (row) => void insert.run(values(row)),
    update: (id, row) => void update.run(...values(row), id),
    remove: (id) => void remove.run(id),
    ofImport: (importId) => ofImport.all(importId) as number[],
  };
}

/** Ids of rows whose content no longer agrees with the hash written with them. */
export function damagedRecords(db: ReadDb): { records: number; damaged: readonly number[] } {
  const damaged: number[] = [];
  let records = 0;
  for (const row of db.prepare('SELECT * FROM records').iterate() as IterableIterator<StoredRecord>) {
    records++;
    if (rowHash(row) !== row.row_hash) damaged.push(row.id);
  }
  return { records, damaged };
}
