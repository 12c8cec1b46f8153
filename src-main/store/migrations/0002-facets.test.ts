import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { identityOf, keyOf } from '../../ledger/identity.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import { inTransaction, openDatabase } from '../database.ts';
import { migrate, openLedger } from '../open.ts';
import { damagedRecords, recordTable } from '../records.ts';
import { ledger } from './0001-ledger.ts';

const clock = { now: () => Date.UTC(2026, 10, 21) };
const day = 20_635;

/** A row as the first schema held it, with its hash; `bend` says it was damaged afterwards. */
function firstRow(row: Record<string, unknown>, isBent = false): Record<string, unknown> {
  const whole = {
    ...{ import_id: 1, source_id: 1, file_id: 0, line: 2, at: day * 86_400_000 + 5, grain: 0, utc_day: day },
    ...{
      provider_id: 1,
      model_id: 2,
      model_raw_id: 3,
      project_id: 0,
      session_id: 0,
      requests: 1,
      input: 100,
    },
    ...{
      cache_read: 20,
      cache_write_5m: 1,
      cache_write_1h: 2,
      cache_write_unknown: 3,
      output: 40,
      reasoning: 5,
    },
    ...{ cost_state: 2, cost_nano_usd: 123_456_789, price_version_id: 4, evidence: 0, charge: 0 },
    ...{ amount: '0.123456789', currency: 'USD', precedence: 7, status: null, vendor_call_id: 'gen-1' },
    ...{ price_facts: '{"serviceTier":"flex"}', extras: '{"a":1}' },
    ...row,
  };
  const order = [
    ...['import_id', 'source_id', 'file_id', 'line', 'at', 'grain', 'utc_day', 'provider_id', 'model_id'],
    ...['model_raw_id', 'project_id', 'session_id', 'requests', 'input', 'cache_read', 'cache_write_5m'],
    ...['cache_write_1h', 'cache_write_unknown', 'output', 'reasoning', 'cost_state', 'cost_nano_usd'],
    ...['price_version_id', 'evidence', 'charge', 'amount', 'currency', 'precedence', 'status'],
    ...['vendor_call_id', 'price_facts', 'extras'],
  ];
  const values: Record<string, unknown> = whole;
  const key = values.key as Buffer;
  const text = order.reduce((sum, name) => `${sum}\u001f${values[name] ?? '\u0000'}`, key.toString('latin1'));
  return { ...whole, row_hash: (crc32(text) ^ Number(isBent)) >>> 0 };
}

function firstLedger(dir: string): string {
  const path = join(dir, 'ledger.db');
  const db = new Database(path);
  ledger.up(db);
  db.pragma('user_version = 1');
  db.exec(`INSERT INTO names (id, text) VALUES (1, 'openrouter'), (2, 'gpt-5'), (3, 'openai/gpt-5'), (4, 'stated');
    INSERT INTO accounts VALUES (1, 'OpenRouter API', 'api', 'openrouter', NULL, NULL, NULL, NULL, 0, 0);
    INSERT INTO sources VALUES (1, 'openrouter-activity', 'a', 'openrouter', 'table', 1, 0, 'account', 0, '', 0, 0, NULL),
      (2, 'mapped', 'b', 'openrouter', 'table', 1, 0, 'account', 0, '', 0, 0, NULL),
      (3, 'claude-code', 'c', 'anthropic', 'log', 1, 2, 'tool', 0, '', 0, 0, NULL);
    INSERT INTO imports (id, kind, importer, importer_label, file_name, at) VALUES (1, 'file', 'x', 'x', 'f', 0),
      (2, 'file', 'x', 'x', 'g', 0);`);
  const rows = [
    firstRow({ id: 1, key: bytesOf('s#1', 'gen-1') }),
    firstRow({
      id: 2,
      key: bytesOf('s#2', 'row'),
      source_id: 2,
      import_id: 2,
      cost_state: 0,
      cost_nano_usd: null,
    }),
    firstRow(
      { id: 5, key: bytesOf('claude-code', 'msg_1'), source_id: 3, line: null, vendor_call_id: null },
      true,
    ),
  ];
  for (const row of rows) {
    const names = Object.keys(row);
    db.prepare(`INSERT INTO records (${names}) VALUES (${names.map((name) => `@${name}`)})`).run(row);
  }
  db.close();
  return path;
}

/** 128 bits of the hash, as the first schema kept an identity. */
function bytesOf(scope: string, text: string): Buffer {
  const { a, b } = keyOf(identityOf(scope, text));
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(a, 0, 6);
  bytes.writeUIntBE(b, 6, 6);
  return bytes;
}

test('every row keeps its id, its identity and all it says; damage stays damage', () => {
  using dir = tempDir();
  const before = new Database(firstLedger(dir.path));
  const said = before.prepare('SELECT * FROM records ORDER BY id').all() as Record<string, unknown>[];
  before.close();
  const db = openLedger(dir.path, clock);
  const rows = db.prepare('SELECT * FROM record_rows ORDER BY id').all() as Record<string, unknown>[];
  expect(rows).toHaveLength(3);
  for (const [i, row] of rows.entries()) {
    const { key: _, row_hash: __, ...rest } = said[i] ?? {};
    expect(row).toMatchObject(rest);
  }
  // A table's row is known within its day, so that its re-import finds it; a mapped or logged one anywhere.
  const table = recordTable(db);
  expect(table.byKey(keyOf(identityOf('s#1', 'gen-1', day)))?.id).toBe(1);
  expect(table.byKey(keyOf(identityOf('s#2', 'row')))?.id).toBe(2);
  expect(table.byKey(keyOf(identityOf('claude-code', 'msg_1')))?.id).toBe(5);
  expect(damagedRecords(db)).toEqual({ records: 3, damaged: [5] });
  expect(db.prepare('SELECT first_record, last_record FROM imports ORDER BY id').raw().all()).toEqual([
    [1, 5],
    [2, 2],
  ]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('a ledger that cannot be brought up to date stays as it was', () => {
  using dir = tempDir();
  const path = firstLedger(dir.path);
  const db = openDatabase(path, 'write');
  // A record whose source is gone has no place in the new tables: nothing may be dropped with it in silence.
  db.pragma('foreign_keys = OFF');
  db.exec('DELETE FROM sources WHERE id = 3');
  db.pragma('foreign_keys = ON');
  expect(() => inTransaction(db, () => migrate(db, dir.path, clock))).toThrow();
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  expect(db.prepare('SELECT count(*) FROM records').pluck().get()).toBe(3);
  db.close();
});
