import type { ReadDb, WriteDb } from './database.ts';
import { damagedFacets } from './facets.ts';
import { createRecordInsert, type InsertRecords } from './record-insert.ts';
import { type RecordRow, recordColumns, recordHash } from './record-row.ts';
import { hashOf } from './row-hash.ts';

export type { RecordRow } from './record-row.ts';

/** An identity: two whole numbers, together at least 80 bits of a hash (ledger/identity.ts). */
export interface Key {
  readonly a: number;
  readonly b: number;
}

/** A record with what its facet says: a row of the view record_rows. */
export interface StoredRecord extends RecordRow {
  readonly id: number;
  readonly source_id: number;
  readonly grain: number;
  readonly utc_day: number;
  readonly provider_id: number;
  readonly model_id: number;
  readonly model_raw_id: number;
  readonly project_id: number;
  /** 0 unpriced, 1 free, 2 priced. */
  readonly cost_state: number;
  readonly price_version_id: number;
  readonly evidence: number;
  readonly charge: number;
  readonly currency: string | null;
  readonly status: string | null;
  readonly price_facts: string | null;
  readonly row_hash: number;
}

const keysAtOnce = 100;

export interface RecordTable {
  byKey(key: Key): StoredRecord | undefined;
  byId(id: number): StoredRecord | undefined;
  /** Which of these first numbers of identities some stored record has. */
  find(keys: readonly number[]): ReadonlySet<number>;
  /** Inserts the first `count` rows, except those whose identity is known, and answers at which places those stand. */
  readonly insert: InsertRecords;
  update(id: number, row: RecordRow): void;
  remove(id: number): void;
  /** The id the next record will be above. */
  lastId(): number;
}

export function recordTable(db: WriteDb): RecordTable {
  const byKey = db.prepare('SELECT * FROM record_rows WHERE key_a = ? AND key_b = ?');
  const byId = db.prepare('SELECT * FROM record_rows WHERE id = ?');
  const update = db.prepare(
    `UPDATE records SET ${recordColumns.map((c) => `${c} = ?`).join(', ')}, row_hash = ? WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM records WHERE id = ?');
  const lastId = db.prepare('SELECT coalesce(max(id), 0) FROM records').pluck();
  const findMany = db
    .prepare(`SELECT key_a FROM records WHERE key_a IN (${Array(keysAtOnce).fill('?').join(', ')})`)
    .pluck();
  return {
    byKey: ({ a, b }) => byKey.get(a, b) as StoredRecord | undefined,
    byId: (id) => byId.get(id) as StoredRecord | undefined,
    find(keys) {
      const found = new Set<number>();
      for (let from = 0; from < keys.length; from += keysAtOnce) {
        const some = keys.slice(from, from + keysAtOnce);
        // A shorter list is filled up with its own first key.
        while (some.length < keysAtOnce) some.push(some[0] ?? 0);
        for (const key of findMany.all(some) as number[]) found.add(key);
      }
      return found;
    },
    insert: createRecordInsert(db),
    update: (id, row) => void update.run(...recordColumns.map((column) => row[column]), recordHash(row), id),
    remove: (id) => void remove.run(id),
    lastId: () => lastId.get() as number,
  };
}

/** How many records there are, and the ids of those whose content no longer agrees with the hash written with it. */
export function damagedRecords(db: ReadDb): { records: number; damaged: readonly number[] } {
  const damaged: number[] = [];
  const facets = new Set(damagedFacets(db));
  const known = new Set(db.prepare('SELECT id FROM facets').pluck().all() as number[]);
  let records = 0;
  for (const row of db.prepare('SELECT * FROM records').iterate() as IterableIterator<StoredRecord>) {
    records++;
    const isSound =
      hashOf(recordColumns.map((column) => row[column])) === row.row_hash &&
      known.has(row.facet_id) &&
      !facets.has(row.facet_id);
    if (!isSound) damaged.push(row.id);
  }
  return { records, damaged };
}
