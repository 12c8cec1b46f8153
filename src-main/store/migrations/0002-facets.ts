import { crc32 } from 'node:zlib';
import type { WriteDb } from '../database.ts';
import { hashOf } from '../row-hash.ts';
import type { Migration } from './migration.ts';

const tables = `
CREATE TABLE facets (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources (id),
  provider_id INTEGER NOT NULL,
  model_id INTEGER NOT NULL,
  model_raw_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  grain INTEGER NOT NULL,
  cost_state INTEGER NOT NULL CHECK (cost_state BETWEEN 0 AND 2),
  price_version_id INTEGER NOT NULL,
  evidence INTEGER NOT NULL CHECK (evidence BETWEEN 0 AND 3),
  charge INTEGER NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  price_facts TEXT NOT NULL,
  hash INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX facets_by_content ON facets (source_id, provider_id, model_raw_id, project_id, model_id, grain,
  cost_state, price_version_id, evidence, charge, currency, status, price_facts);

ALTER TABLE records RENAME TO records_of_0001;
DROP INDEX records_by_at;
DROP INDEX records_by_import;
DROP INDEX records_unpriced;

CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  key_a INTEGER NOT NULL,
  key_b INTEGER NOT NULL,
  import_id INTEGER NOT NULL,
  facet_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  line INTEGER,
  at INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_write_unknown INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_nano_usd INTEGER,
  amount TEXT,
  precedence INTEGER NOT NULL,
  vendor_call_id TEXT,
  extras TEXT,
  row_hash INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX records_by_key ON records (key_a, key_b);
CREATE INDEX records_by_at ON records (at);
CREATE INDEX records_unpriced ON records (facet_id) WHERE cost_nano_usd IS NULL;

CREATE VIEW record_rows AS
  SELECT r.id, r.key_a, r.key_b, r.import_id, f.source_id, r.facet_id, r.file_id, r.line, r.at, f.grain,
    r.at / 86400000 AS utc_day, f.provider_id, f.model_id, f.model_raw_id, f.project_id, r.session_id, r.requests,
    r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.cache_write_unknown, r.output, r.reasoning,
    f.cost_state, r.cost_nano_usd, f.price_version_id, f.evidence, f.charge, r.amount, nullif(f.currency, '') AS currency,
    r.precedence, nullif(f.status, '') AS status, r.vendor_call_id, nullif(f.price_facts, '') AS price_facts, r.extras,
    r.row_hash
  FROM records r JOIN facets f ON f.id = r.facet_id;

ALTER TABLE imports ADD COLUMN first_record INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN last_record INTEGER NOT NULL DEFAULT 0;
`;

const facet = [
  'source_id',
  'provider_id',
  'model_id',
  'model_raw_id',
  'project_id',
  'grain',
  'cost_state',
  'price_version_id',
  'evidence',
  'charge',
];
/** Columns a record keeps as they were, in the order of the table. */
const kept = [
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
];
const hashedBefore =
  'key, import_id, source_id, file_id, line, at, grain, utc_day, provider_id, model_id, model_raw_id, project_id, ' +
  'session_id, requests, input, cache_read, cache_write_5m, cache_write_1h, cache_write_unknown, output, reasoning, ' +
  'cost_state, cost_nano_usd, price_version_id, evidence, charge, amount, currency, precedence, status, ' +
  'vendor_call_id, price_facts, extras';

/** The hash 0001 wrote with each row. */
function hashOfFirstLedger(key: Buffer, ...values: unknown[]): number {
  return crc32(
    values.reduce<string>((text, value) => `${text}\u001f${value ?? '\u0000'}`, key.toString('latin1')),
  );
}

function registerFunctions(db: WriteDb): void {
  // SQLite hands functions their values as it stores them: integers, texts and the key's bytes.
  db.function('hash_of', { varargs: true }, (...values) => hashOf(values as (number | string | null)[]));
  db.function('first_hash', { varargs: true }, (key, ...values) =>
    hashOfFirstLedger(key as Buffer, ...values),
  );
  db.function('key_a', (key, utcDay, isInDay) => {
    const bytes = key as Buffer;
    return isInDay === 1 ? (utcDay as number) * 2 ** 32 + bytes.readUInt32BE(0) : bytes.readUIntBE(0, 6);
  });
  db.function('key_b', (key) => (key as Buffer).readUIntBE(6, 6));
}

const texts = ['currency', 'status', 'price_facts'];
const textsOf = (table: string): string => texts.map((t) => `coalesce(${table}.${t}, '')`).join(', ');
const of = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column}`).join(', ');

/** Rows keep their ids; a row that was damaged before stays marked as damaged. Rows of tables are known within their day. */
const copy = `
INSERT INTO facets (${facet.join(', ')}, ${texts.join(', ')}, hash)
  SELECT *, hash_of(${facet.join(', ')}, ${texts.join(', ')})
  FROM (SELECT DISTINCT ${of('o', facet)}, ${texts.map((t) => `coalesce(o.${t}, '') AS ${t}`).join(', ')} FROM records_of_0001 o);

INSERT INTO records (id, key_a, key_b, import_id, facet_id, ${kept.join(', ')}, row_hash)
  SELECT id, key_a, key_b, import_id, facet_id, ${kept.join(', ')},
    hash_of(key_a, key_b, import_id, facet_id, ${kept.join(', ')}) + (row_hash <> first_hash(${hashedBefore}))
  FROM (
    SELECT o.*, f.id AS facet_id, key_b(o.key) AS key_b,
      key_a(o.key, o.utc_day, s.kind = 'table' AND s.importer <> 'mapped') AS key_a
    FROM records_of_0001 o
      JOIN sources s ON s.id = o.source_id
      JOIN facets f ON (${of('f', facet)}, ${of('f', texts)}) = (${of('o', facet)}, ${textsOf('o')})
    ORDER BY o.id
  );

DROP TABLE records_of_0001;
UPDATE imports SET
  first_record = coalesce((SELECT min(id) FROM records r WHERE r.import_id = imports.id), 0),
  last_record = coalesce((SELECT max(id) FROM records r WHERE r.import_id = imports.id), 0);
`;

/**
 * What records share moves into a table of its own, and identities become two whole numbers: a row is half as wide and is
 * written in a third of the time (docs/benchmarks.md). An import knows its records by the range of their ids.
 */
export const facets: Migration = {
  name: '0002-facets',
  up(db) {
    db.exec(tables);
    registerFunctions(db);
    db.exec(copy);
  },
};
