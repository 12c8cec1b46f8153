import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase, type ReadDb } from '../store/database.ts';
import { damagedFacets } from '../store/facets.ts';
import { ledgerPath } from '../store/open.ts';
import { damagedRecords } from '../store/records.ts';
import { startTestCore } from '../testing/core.ts';
import { logLines, seeded, writeExport } from '../testing/faults/made-up.ts';

const pageSize = 4096;

/** Where a row's own bytes lie in the file: from its header to its last value. */
interface Payload {
  readonly from: number;
  readonly size: number;
}

function varint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  for (let at = from; ; at++) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: at + 1 };
  }
}

/** Payloads of the rows of a table's pages; long rows that go on elsewhere are left out. */
function payloadsOn(file: Buffer, page: number): readonly Payload[] {
  const start = (page - 1) * pageSize;
  if (file[start] !== 13) return [];
  return Array.from({ length: file.readUInt16BE(start + 3) }, (_, i) => {
    const size = varint(file, start + file.readUInt16BE(start + 8 + 2 * i));
    return { from: varint(file, size.next).next, size: size.value };
  }).filter(({ size }) => size < pageSize - 35);
}

/** Payloads of the records and facets of a ledger, found by how many columns their rows have. */
function ledgerPayloads(file: Buffer, columns: ReadonlySet<number>): readonly Payload[] {
  const pages = Array.from({ length: file.length / pageSize - 1 }, (_, i) => i + 2);
  return pages
    .flatMap((page) => payloadsOn(file, page))
    .filter(({ from }) => {
      const head = varint(file, from);
      let [count, at] = [0, head.next];
      for (; at < from + head.value; count++) at = varint(file, at).next;
      return columns.has(count);
    });
}

const everything = (db: ReadDb): string =>
  JSON.stringify(['records', 'facets'].map((table) => db.prepare(`SELECT * FROM ${table}`).raw().all()));

/** Whether the check of every record finds fault with a ledger, SQLite cannot read it, or it says just what it said. */
function isFoundOrHarmless(path: string, sound: string): boolean {
  const db = openDatabase(path, 'read');
  try {
    if (damagedRecords(db).damaged.length > 0 || damagedFacets(db).length > 0) return true;
    // One bit of a row can change with no value changed: the id is stored a second time, and never read from there.
    return everything(db) === sound;
  } catch {
    return true;
  } finally {
    db.close();
  }
}

test('300 bits flipped one by one in records and facets: each is found by the check of every record', async () => {
  await using t = await startTestCore();
  const path = join(t.dir, 'activity.csv');
  writeExport(path, 1, 600);
  await t.call('imports.commit', { file: { path } });
  const log = join(t.home, '.claude', 'projects', 'p');
  mkdirSync(log, { recursive: true });
  writeFileSync(join(log, 'a.jsonl'), logLines(0, 600));
  await t.call('scan.run', {});
  await t.core.stop();
  const ledger = ledgerPath(t.dataDir);
  const db = new Database(ledger);
  // Read as they lie in the file, with no log beside it.
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  const columnsOf = (table: string) =>
    db.prepare('SELECT count(*) FROM pragma_table_info(?)').pluck().get(table) as number;
  const columns = new Set([columnsOf('records'), columnsOf('facets')]);
  const sound = everything(db);
  db.close();
  const file = readFileSync(ledger);
  const payloads = ledgerPayloads(file, columns);
  expect(payloads.length).toBeGreaterThanOrEqual(1_200);
  const random = seeded(20_261_120);
  const fd = openSync(ledger, 'r+');
  const missed: number[] = [];
  for (let flip = 0; flip < 300; flip++) {
    const { from, size } = payloads[Math.floor(random() * payloads.length)] ?? { from: 0, size: 0 };
    const at = from + Math.floor(random() * size);
    const byte = file[at] ?? 0;
    writeSync(fd, Buffer.of(byte ^ (1 << Math.floor(random() * 8))), 0, 1, at);
    if (!isFoundOrHarmless(ledger, sound)) missed.push(at);
    writeSync(fd, Buffer.of(byte), 0, 1, at);
  }
  closeSync(fd);
  expect(missed).toEqual([]);
});
