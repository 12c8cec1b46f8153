import type { Migration } from './migration.ts';

const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('api', 'plan', 'local')),
  provider TEXT NOT NULL,
  fee_nano_usd INTEGER,
  fee_cycle TEXT CHECK (fee_cycle IN ('month', 'year')),
  fee_start TEXT,
  fee_end TEXT,
  assumed INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  importer TEXT NOT NULL,
  label TEXT NOT NULL,
  vendor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('table', 'log')),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  evidence INTEGER NOT NULL,
  coverage TEXT NOT NULL CHECK (coverage IN ('account', 'tool')),
  usage_rank INTEGER NOT NULL,
  cut TEXT NOT NULL DEFAULT '',
  sample INTEGER NOT NULL DEFAULT 0,
  last_read_at INTEGER,
  error TEXT
) STRICT;
CREATE INDEX sources_by_account ON sources (account_id);

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'scan')),
  importer TEXT NOT NULL,
  importer_label TEXT NOT NULL,
  source_id INTEGER REFERENCES sources (id),
  file_name TEXT NOT NULL,
  path TEXT,
  sha256 TEXT,
  at INTEGER NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  unpriced INTEGER NOT NULL DEFAULT 0,
  cost_nano_usd INTEGER NOT NULL DEFAULT 0,
  first_day INTEGER,
  last_day INTEGER,
  undone_at INTEGER,
  sample INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX imports_by_sha ON imports (sha256);

CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  source_id INTEGER NOT NULL REFERENCES sources (id),
  file_id INTEGER NOT NULL,
  line INTEGER,
  at INTEGER NOT NULL,
  grain INTEGER NOT NULL,
  utc_day INTEGER NOT NULL,
  provider_id INTEGER NOT NULL,
  model_id INTEGER NOT NULL,
  model_raw_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_write_unknown INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_state INTEGER NOT NULL CHECK (cost_state BETWEEN 0 AND 2),
  cost_nano_usd INTEGER CHECK ((cost_nano_usd IS NULL) = (cost_state = 0)),
  price_version_id INTEGER NOT NULL,
  evidence INTEGER NOT NULL CHECK (evidence BETWEEN 0 AND 3),
  charge INTEGER NOT NULL,
  amount TEXT,
  currency TEXT,
  precedence INTEGER NOT NULL,
  status TEXT,
  vendor_call_id TEXT,
  price_facts TEXT,
  extras TEXT,
  row_hash INTEGER NOT NULL
) STRICT;
CREATE INDEX records_by_at ON records (at);
CREATE INDEX records_by_import ON records (import_id);
CREATE INDEX records_unpriced ON records (provider_id, model_id) WHERE cost_state = 0;

CREATE TABLE observations (
  record_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  source_id INTEGER NOT NULL REFERENCES sources (id),
  file_id INTEGER NOT NULL,
  line INTEGER,
  body TEXT,
  PRIMARY KEY (record_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observations_by_import ON observations (import_id);

CREATE TABLE refused (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  file TEXT,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT
) STRICT;
CREATE INDEX refused_by_import ON refused (import_id);

CREATE TABLE rollup_day (
  local_day INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  utc_day INTEGER NOT NULL,
  provider_id INTEGER NOT NULL,
  model_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  evidence INTEGER NOT NULL,
  counts_cost INTEGER NOT NULL DEFAULT 0,
  counts_usage INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL,
  month_records INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_write_unknown INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_nano_usd INTEGER NOT NULL,
  unpriced_requests INTEGER NOT NULL,
  unpriced_records INTEGER NOT NULL,
  PRIMARY KEY (local_day, source_id, utc_day, provider_id, model_id, project_id, evidence)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_day_by_source ON rollup_day (source_id, utc_day);

CREATE TABLE rollup_hour (
  local_day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  utc_day INTEGER NOT NULL,
  counts_cost INTEGER NOT NULL DEFAULT 0,
  counts_usage INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  cost_nano_usd INTEGER NOT NULL,
  PRIMARY KEY (local_day, hour, source_id, utc_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_hour_by_source ON rollup_hour (source_id, utc_day);

CREATE TABLE cursors (
  importer TEXT NOT NULL,
  path TEXT NOT NULL,
  cursor TEXT NOT NULL,
  PRIMARY KEY (importer, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE mappings (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  header TEXT NOT NULL,
  mapping TEXT NOT NULL
) STRICT;

CREATE TABLE price_overrides (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (provider, model, valid_from)
) STRICT;

CREATE TABLE price_aliases (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  alias TEXT NOT NULL,
  to_provider TEXT NOT NULL,
  to_model TEXT NOT NULL,
  UNIQUE (provider, alias)
) STRICT;
`;

/** Ledger, imports with undo, rollups, log cursors, saved mappings and the user's prices. */
export const ledger: Migration = {
  name: '0001-ledger',
  up(db) {
    db.exec(tables);
    // The empty name is id 0: "none stated".
    db.exec("INSERT INTO names (id, text) VALUES (0, '')");
  },
};
