import type { ReadDb, WriteDb } from './database.ts';
import { damagedFacets } from './facets.ts';
import { createRecordInsert, type InsertRecords } from './record-insert.ts';
import { hashOf, hashSeed, mixInteger, mixText, mixValue } from './row-hash.ts';

/** An identity: two whole numbers, together at least 80 bits of a hash (ledger/identity.ts). */
export interface Key {
  readonly a: number;
  readonly b: number;
}

/** A ledger row as it is written; what it shares with others is its facet. */
export interface RecordRow {
  readonly key_a: number;
  readonly key_b: number;
  readonly import_id: number;
  readonly facet_id: number;
  /** Path of the log file; 0 for an imported file, which its import names. */
  readonly file_id: number;
  readonly line: number | null;
  readonly at: number;
  readonly session_id: number;
  readonly requests: number;
  readonly input: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_write_unknown: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cost_nano_usd: number | null;
  readonly amount: string | null;
  readonly precedence: number;
  readonly vendor_call_id: string | null;
  readonly extras: string | null;
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

const columns = [
  'key_a',
  'key_b',
  'import_id',
  'facet_id',
  'file_id',
  'line',
  'at',
  'session_id',
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'output',
  'reasoning',
  'cost_nano_usd',
  'amount',
  'precedence',
  'vendor_call_id',
  'extras',
] as const satisfies readonly (keyof RecordRow)[];

/** The hash written with a row, over its columns in the order of the table. Written out: it runs for every row of every import. */
export function recordHash(r: RecordRow): number {
  let hash = hashSeed;
  hash = mixInteger(hash, r.key_a);
  hash = mixInteger(hash, r.key_b);
  hash = mixInteger(hash, r.import_id);
  hash = mixInteger(hash, r.facet_id);
  hash = mixInteger(hash, r.file_id);
  hash = mixValue(hash, r.line);
  hash = mixInteger(hash, r.at);
  hash = mixInteger(hash, r.session_id);
  hash = mixInteger(hash, r.requests);
  hash = mixInteger(hash, r.input);
  hash = mixInteger(hash, r.cache_read);
  hash = mixInteger(hash, r.cache_write_5m);
  hash = mixInteger(hash, r.cache_write_1h);
  hash = mixInteger(hash, r.cache_write_unknown);
  hash = mixInteger(hash, r.output);
  hash = mixInteger(hash, r.reasoning);
  hash = mixValue(hash, r.cost_nano_usd);
  hash = mixText(hash, r.amount);
  hash = mixInteger(hash, r.precedence);
  hash = mixText(hash, r.vendor_call_id);
  hash = mixText(hash, r.extras);
  return hash >>> 0;
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
    `UPDATE records SET ${columns.map((c) => `${c} = ?`).join(', ')}, row_hash = ? WHERE id = ?`,
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
    update: (id, row) => void update.run(...columns.map((column) => row[column]), recordHash(row), id),
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
      hashOf(columns.map((column) => row[column])) === row.row_hash &&
      known.has(row.facet_id) &&
      !facets.has(row.facet_id);
    if (!isSound) damaged.push(row.id);
  }
  return { records, damaged };
}
