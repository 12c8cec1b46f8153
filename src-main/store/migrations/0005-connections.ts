import type { Migration } from './migration.ts';

/** Sources and imports know what vendors were asked for, besides files and logs. */
const widenedKinds = `
CREATE TABLE sources_next (
  id INTEGER PRIMARY KEY,
  importer TEXT NOT NULL,
  label TEXT NOT NULL,
  vendor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('table', 'log', 'sync', 'calls')),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  evidence INTEGER NOT NULL,
  coverage TEXT NOT NULL CHECK (coverage IN ('account', 'tool')),
  usage_rank INTEGER NOT NULL,
  cut TEXT NOT NULL DEFAULT '',
  sample INTEGER NOT NULL DEFAULT 0,
  last_read_at INTEGER,
  error TEXT
) STRICT;
INSERT INTO sources_next SELECT id, importer, label, vendor, kind, account_id, evidence, coverage, usage_rank, cut,
  sample, last_read_at, error FROM sources;
DROP TABLE sources;
ALTER TABLE sources_next RENAME TO sources;
CREATE INDEX sources_by_account ON sources (account_id);

CREATE TABLE imports_next (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'scan', 'sync', 'calls')),
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
  sample INTEGER NOT NULL DEFAULT 0,
  first_record INTEGER NOT NULL DEFAULT 0,
  last_record INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO imports_next SELECT id, kind, importer, importer_label, source_id, file_name, path, sha256, at, accepted,
  updated, duplicate, refused, skipped, unpriced, cost_nano_usd, first_day, last_day, undone_at, sample, first_record,
  last_record FROM imports;
DROP TABLE imports;
ALTER TABLE imports_next RENAME TO imports;
CREATE INDEX imports_by_sha ON imports (sha256);
`;

const tables = `
CREATE TABLE connections (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  base_url TEXT,
  is_local INTEGER NOT NULL DEFAULT 0,
  fields TEXT NOT NULL,
  requests_per_minute INTEGER,
  tokens_per_minute INTEGER,
  paused INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  tested_at INTEGER,
  checks TEXT
) STRICT;
CREATE INDEX connections_by_account ON connections (account_id);

CREATE TABLE sync_states (
  connection_id INTEGER NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  report TEXT NOT NULL,
  every_minutes INTEGER,
  next_at INTEGER,
  attempted_at INTEGER,
  succeeded_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  error TEXT,
  as_of INTEGER,
  covered_from INTEGER,
  covered_to INTEGER,
  PRIMARY KEY (connection_id, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_buckets (
  source_id INTEGER NOT NULL REFERENCES sources (id),
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_buckets_by_at ON sync_buckets (source_id, at);

CREATE TABLE balances (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  currency TEXT NOT NULL,
  available TEXT NOT NULL,
  parts TEXT NOT NULL
) STRICT;
CREATE INDEX balances_by_connection ON balances (connection_id, currency, at);

CREATE TABLE vendor_models (
  connection_id INTEGER NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  body TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  PRIMARY KEY (connection_id, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE vendor_requests (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER,
  provider TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('sync', 'call', 'check')),
  at INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX vendor_requests_by_at ON vendor_requests (at);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE witness_choices (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  month TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES sources (id),
  PRIMARY KEY (account_id, month)
) STRICT, WITHOUT ROWID;
`;

/** Vendors the user has keys for, what they were asked and answered, and what was changed by whom. */
export const connections: Migration = {
  name: '0005-connections',
  up(db) {
    db.exec(widenedKinds);
    db.exec(tables);
  },
};
