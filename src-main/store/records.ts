import type { ReadDb, WriteDb } from './database.ts';
import { damagedFacets } from './facets.ts';
import { hashOf } from './row-hash.ts';

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

type Values = (number | string | null)[];

/** Writes the row's columns in order, and a hash of them, from `at` on. Written out: it runs for every row of every import. */
function putValues(into: Values, at: number, r: RecordRow): void {
  into[at] = r.key_a;
  into[at + 1] = r.key_b;
  into[at + 2] = r.import_id;
  into[at + 3] = r.facet_id;
  into[at + 4] = r.file_id;
  into[at + 5] = r.line;
  into[at + 6] = r.at;
  into[at + 7] = r.session_id;
  into[at + 8] = r.requests;
  into[at + 9] = r.input;
  into[at + 10] = r.cache_read;
  into[at + 11] = r.cache_write_5m;
  into[at + 12] = r.cache_write_1h;
  into[at + 13] = r.cache_write_unknown;
  into[at + 14] = r.output;
  into[at + 15] = r.reasoning;
  into[at + 16] = r.cost_nano_usd;
  into[at + 17] = r.amount;
  into[at + 18] = r.precedence;
  into[at + 19] = r.vendor_call_id;
  into[at + 20] = r.extras;
  into[at + 21] = hashOf(into, at, at + 21);
}

/** Columns with the hash. */
const width = columns.length + 1;

function valuesOf(row: RecordRow): Values {
  const values: Values = [];
  putValues(values, 0, row);
  return values;
}

/** Rows of one statement: with 22 columns, more make it no faster (measured). */
const rowsAtOnce = 20;
const keysAtOnce = 100;

export interface RecordTable {
  byKey(key: Key): StoredRecord | undefined;
  byId(id: number): StoredRecord | undefined;
  /** Which of these first numbers of identities some stored record has. */
  find(keys: readonly number[]): ReadonlySet<number>;
  insert(rows: readonly RecordRow[]): void;
  update(id: number, row: RecordRow): void;
  remove(id: number): void;
  /** The id the next record will be above. */
  lastId(): number;
}

export function recordTable(db: WriteDb): RecordTable {
  const byKey = db.prepare('SELECT * FROM record_rows WHERE key_a = ? AND key_b = ?');
  const byId = db.prepare('SELECT * FROM record_rows WHERE id = ?');
  const into = `INSERT INTO records (${columns.join(', ')}, row_hash) VALUES `;
  const marks = `(${[...columns, 'row_hash'].map(() => '?').join(', ')})`;
  const insertOne = db.prepare(into + marks);
  const insertMany = db.prepare(into + Array(rowsAtOnce).fill(marks).join(', '));
  const many: Values = Array<null>(rowsAtOnce * width).fill(null);
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
    insert(rows) {
      const whole = rows.length - (rows.length % rowsAtOnce);
      for (let from = 0; from < whole; from += rowsAtOnce) {
        for (let i = 0; i < rowsAtOnce; i++) putValues(many, i * width, rows[from + i] as RecordRow);
        insertMany.run(many);
      }
      for (let i = whole; i < rows.length; i++) insertOne.run(valuesOf(rows[i] as RecordRow));
    },
    update: (id, row) => void update.run(...valuesOf(row), id),
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
      valuesOf(row).at(-1) === row.row_hash && known.has(row.facet_id) && !facets.has(row.facet_id);
    if (!isSound) damaged.push(row.id);
  }
  return { records, damaged };
}
