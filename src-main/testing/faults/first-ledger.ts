import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { ledger } from '../../store/migrations/0001-ledger.ts';
import type { Amount } from './made-up.ts';

const columns = [
  ...['import_id', 'source_id', 'file_id', 'line', 'at', 'grain', 'utc_day', 'provider_id', 'model_id'],
  ...['model_raw_id', 'project_id', 'session_id', 'requests', 'input', 'cache_read', 'cache_write_5m'],
  ...['cache_write_1h', 'cache_write_unknown', 'output', 'reasoning', 'cost_state', 'cost_nano_usd'],
  ...['price_version_id', 'evidence', 'charge', 'amount', 'currency', 'precedence', 'status'],
  ...['vendor_call_id', 'price_facts', 'extras'],
];

function rowOf(i: number): readonly (number | string | null)[] {
  const at = Date.UTC(2026, 5, 1) + i * 600_000;
  return [
    ...[1, 1, 0, i + 2, at, 0, Math.floor(at / 86_400_000), 1, 2, 2, 0, 0, 1, 100 + i, 0, 0, 0, 0, 40, 0, 2],
    ...[
      (i + 1) * 1_000,
      3,
      0,
      0,
      `0.${String(i + 1).padStart(6, '0')}`,
      'USD',
      0,
      null,
      `gen-${i}`,
      null,
      null,
    ],
  ];
}

/** Makes a ledger as the first schema held it, with `rows` records. */
export function makeFirstLedger(path: string, rows: number): Amount {
  const db = new Database(path);
  ledger.up(db);
  db.pragma('user_version = 1');
  db.pragma('journal_mode = WAL');
  db.exec(`INSERT INTO names (id, text) VALUES (1, 'openrouter'), (2, 'gpt-5'), (3, 'stated');
    INSERT INTO accounts VALUES (1, 'OpenRouter API', 'api', 'openrouter', NULL, NULL, NULL, NULL, 0, 0);
    INSERT INTO sources VALUES (1, 'openrouter-activity', 'a', 'openrouter', 'table', 1, 0, 'account', 0, '', 0, 0, NULL);
    INSERT INTO imports (id, kind, importer, importer_label, source_id, file_name, at, accepted)
      VALUES (1, 'file', 'openrouter-activity', 'x', 1, 'first.csv', 0, ${rows});`);
  const insert = db.prepare(
    `INSERT INTO records (key, ${columns.join(', ')}, row_hash) VALUES (?, ${columns.map(() => '?').join(', ')}, ?)`,
  );
  let costNanoUsd = 0;
  db.transaction(() => {
    for (let i = 0; i < rows; i++) {
      const key = Buffer.alloc(16);
      key.writeUInt32BE(i + 1, 0);
      key.writeUInt32BE(i + 1, 8);
      const row = rowOf(i);
      const text = row.reduce<string>(
        (sum, value) => `${sum}\u001f${value ?? '\u0000'}`,
        key.toString('latin1'),
      );
      insert.run(key, ...row, crc32(text));
      costNanoUsd += (i + 1) * 1_000;
    }
  })();
  db.close();
  return { records: rows, costNanoUsd };
}
