import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../testing/core.ts';
import { logLines, seeded, writeExport } from '../../testing/faults/made-up.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { type LedgerSum, ledgerSum, listBackups } from '../backup.ts';
import { openDatabase } from '../database.ts';
import { ledgerPath } from '../open.ts';
import { damagedRecords } from '../records.ts';
import { repairLedger } from '../repair.ts';
import { readCells } from './cells.ts';
import { openPages } from './pages.ts';

const pageSize = 4096;
const now = Date.UTC(2026, 10, 21);

/** A ledger of two imported files, a scanned log, an alias and a moved source, closed and in one file. */
async function makeLedger(
  rows: number,
  withBackup: boolean,
): Promise<{ ledger: Buffer; backups: string | null }> {
  const t = await startTestCore();
  try {
    for (const number of [1, 2]) {
      const path = join(t.dir, `activity-${number}.csv`);
      writeExport(path, number, rows);
      await t.call('imports.commit', { file: { path }, account: `Account ${number}` });
    }
    const log = join(t.home, '.claude', 'projects', 'p', 'a.jsonl');
    mkdirSync(join(log, '..'), { recursive: true });
    writeFileSync(log, logLines(0, rows));
    await t.call('scan.run', {});
    await t.call('prices.saveAlias', {
      provider: 'openai',
      alias: 'mine',
      toProvider: 'openai',
      toModel: 'gpt-5',
    });
    if (withBackup) await t.call('backups.create', {});
    return await closed(t, withBackup);
  } finally {
    await t[Symbol.asyncDispose]();
  }
}

async function closed(t: TestCore, withBackup: boolean): Promise<{ ledger: Buffer; backups: string | null }> {
  await t.core.stop();
  const db = new Database(ledgerPath(t.dataDir));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const ledger = readFileSync(ledgerPath(t.dataDir));
  if (!withBackup) return { ledger, backups: null };
  const [newest] = listBackups(t.dataDir);
  if (newest === undefined) throw new Error('no backup was made');
  const kept = tempDir();
  copyFileSync(newest.path, join(kept.path, newest.name));
  copyFileSync(`${newest.path}.json`, join(kept.path, `${newest.name}.json`));
  return { ledger, backups: join(kept.path, newest.name) };
}

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A data folder with this ledger in it. */
function folderWith(ledger: Buffer, backup: string | null = null): TempDir {
  const dir = tempDir();
  writeFileSync(ledgerPath(dir.path), ledger);
  if (backup !== null) {
    mkdirSync(join(dir.path, 'backups'));
    const name = backup.split('/').at(-1) ?? '';
    for (const suffix of ['', '.json'])
      copyFileSync(`${backup}${suffix}`, join(dir.path, 'backups', `${name}${suffix}`));
  }
  return dir;
}

/** The ledger with some of its pages zeroed, the first never. */
function zeroed(
  ledger: Buffer,
  share: number,
  seed: number,
): { damaged: Buffer; pages: ReadonlySet<number> } {
  const random = seeded(seed);
  const damaged = Buffer.from(ledger);
  const pages = new Set<number>();
  for (let page = 2; page <= ledger.length / pageSize; page++) {
    if (random() >= share) continue;
    pages.add(page);
    damaged.fill(0, (page - 1) * pageSize, page * pageSize);
  }
  return { damaged, pages };
}

interface Rows {
  /** Ids of records by the page they lie on. */
  readonly records: ReadonlyMap<number, number>;
}

/** Where each record lies, read from the sound ledger. */
function layoutOf(ledger: Buffer): Rows {
  using dir = folderWith(ledger);
  const path = ledgerPath(dir.path);
  const records = new Map<number, number>();
  using pages = openPages(path);
  const columns = 23;
  for (let page = 2; pages !== null && page <= pages.count; page++)
    for (const { rowid, values } of readCells(pages, page).cells)
      if (rowid !== null && values.length === columns) records.set(rowid, page);
  return { records };
}

/** Opens a repaired ledger and holds it to all it must be. */
function checked(dataDir: string): { sum: LedgerSum; ids: ReadonlySet<number> } {
  const db = openDatabase(ledgerPath(dataDir), 'read');
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(damagedRecords(db).damaged).toEqual([]);
  const ids = new Set(db.prepare('SELECT id FROM records').pluck().all() as number[]);
  const sum = ledgerSum(db);
  db.close();
  return { sum, ids };
}

const small = await makeLedger(400, false);
const large = await makeLedger(4_000, true);

test('a sound ledger is left alone', () => {
  using dir = folderWith(small.ledger);
  const before = digest(ledgerPath(dir.path));
  expect(repairLedger(dir.path, now)).toBeNull();
  expect(digest(ledgerPath(dir.path))).toBe(before);
});

test('one page gone: all other records are saved to the cent, the damaged file is kept to the byte', () => {
  const { records } = layoutOf(small.ledger);
  const page = records.get(600) ?? 0;
  using dir = folderWith(small.ledger);
  const damaged = Buffer.from(small.ledger);
  damaged.fill(0, (page - 1) * pageSize, page * pageSize);
  writeFileSync(ledgerPath(dir.path), damaged);
  const gone = [...records].filter(([, at]) => at === page).map(([id]) => id);
  const repair = repairLedger(dir.path, now);
  const { sum, ids } = checked(dir.path);
  expect(ids.size).toBe(1_200 - gone.length);
  expect(gone.some((id) => ids.has(id))).toBe(false);
  expect(repair).toMatchObject({
    records: ids.size,
    costNanoUsd: sum.costNanoUsd,
    damagedRecords: 0,
    withoutFacet: 0,
  });
  expect(repair?.tables.find(({ table }) => table === 'records')).toEqual({
    table: 'records',
    saved: ids.size,
    lost: gone.length,
  });
  expect(repair?.kept).toMatch(/ledger-damaged-2026-11-21T00-00-00-000Z\.db$/);
  expect(readFileSync(repair?.kept ?? '').equals(damaged)).toBe(true);
});

test('30 % of the pages zeroed: with a backup for what records point at, every record on a page that is left is saved', () => {
  const { records } = layoutOf(large.ledger);
  for (const seed of [1, 2, 3, 4]) {
    using dir = folderWith(large.ledger, large.backups);
    const { damaged, pages } = zeroed(large.ledger, 0.3, seed);
    writeFileSync(ledgerPath(dir.path), damaged);
    const intact = [...records].filter(([, page]) => !pages.has(page)).map(([id]) => id);
    const repair = repairLedger(dir.path, now);
    const { ids } = checked(dir.path);
    expect(intact.filter((id) => !ids.has(id)).length / intact.length).toBeLessThan(0.01);
    expect(ids.size).toBeLessThanOrEqual(intact.length);
    expect(readFileSync(repair?.kept ?? '').equals(damaged)).toBe(true);
    expect(repair?.backup?.records).toBe(12_000);
  }
});

test('with no backup every record is saved but those whose facet is gone, and these are counted', () => {
  const { records } = layoutOf(large.ledger);
  for (const seed of [5, 6, 7]) {
    using dir = folderWith(large.ledger);
    const { damaged, pages } = zeroed(large.ledger, 0.3, seed);
    writeFileSync(ledgerPath(dir.path), damaged);
    const intact = [...records].filter(([, page]) => !pages.has(page));
    const repair = repairLedger(dir.path, now);
    const { ids } = checked(dir.path);
    expect(ids.size + (repair?.withoutFacet ?? 0)).toBe(intact.length);
    expect(repair?.backup).toBeNull();
  }
});

interface Keyed {
  readonly id: number;
  readonly key_a: number;
  readonly key_b: number;
}

/** What a record says: all but its id, which its hash does not cover. */
const sayingOf = ({ id: _, ...said }: Keyed): string => JSON.stringify(said);

test('an id that was changed does not hide a record from the undo of its import', async () => {
  await using t = await startTestCore();
  const path = join(t.dir, 'activity.csv');
  writeExport(path, 1, 300);
  const { files } = await t.call('imports.commit', { file: { path } });
  await t.core.stop();
  const db = new Database(ledgerPath(t.dataDir));
  db.exec('UPDATE records SET id = 900000 WHERE id = 7');
  db.exec('UPDATE records SET input = input + 1 WHERE id = 8');
  db.close();
  expect(repairLedger(t.dataDir, now)).toMatchObject({ records: 299, damagedRecords: 1 });
  await t.restart();
  expect(await t.call('imports.undo', { importId: files[0]?.importId ?? 0 })).toMatchObject({ removed: 299 });
  expect((await t.call('app.info', {})).records).toBe(0);
});

test('bytes of a page overwritten: no record is saved that is not what was written', () => {
  const sound = new Map<number, string>();
  using original = folderWith(small.ledger);
  const before = openDatabase(ledgerPath(original.path), 'read');
  for (const row of before.prepare('SELECT * FROM record_rows').all() as Keyed[])
    sound.set(row.key_b, sayingOf(row));
  before.close();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 60 }),
      (flips) => {
        using dir = folderWith(small.ledger);
        const damaged = Buffer.from(small.ledger);
        for (const [at, mask] of flips) {
          const place = pageSize + (at % (damaged.length - pageSize));
          damaged[place] = (damaged[place] ?? 0) ^ mask;
        }
        writeFileSync(ledgerPath(dir.path), damaged);
        if (repairLedger(dir.path, now) === null) return;
        checked(dir.path);
        const db = openDatabase(ledgerPath(dir.path), 'read');
        for (const row of db.prepare('SELECT * FROM record_rows').all() as Keyed[])
          expect(sayingOf(row)).toBe(sound.get(row.key_b));
        db.close();
      },
    ),
    { numRuns: 40 },
  );
});

/** The page a table begins on. */
function rootOf(ledger: Buffer, table: string): number {
  using dir = folderWith(ledger);
  const db = openDatabase(ledgerPath(dir.path), 'read');
  const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  db.close();
  return root;
}

test('the page that leads to all records gone: they are found without it', () => {
  using dir = folderWith(large.ledger);
  const damaged = Buffer.from(large.ledger);
  const root = rootOf(large.ledger, 'records');
  damaged.fill(0, (root - 1) * pageSize, root * pageSize);
  writeFileSync(ledgerPath(dir.path), damaged);
  expect(repairLedger(dir.path, now)).toMatchObject({ records: 12_000, damagedRecords: 0, withoutFacet: 0 });
  checked(dir.path);
});

test('an import that was taken back stays so, with the list of unused pages gone as well', async () => {
  await using t = await startTestCore();
  const path = join(t.dir, 'activity.csv');
  writeExport(path, 1, 2_000);
  const { files } = await t.call('imports.commit', { file: { path } });
  await t.call('imports.undo', { importId: files[0]?.importId ?? 0 });
  writeExport(path, 2, 50);
  await t.call('imports.commit', { file: { path } });
  const { ledger } = await closed(t, false);
  expect(ledger.readUInt32BE(36)).toBeGreaterThan(20);
  ledger.fill(0, 32, 40);
  const root = rootOf(ledger, 'refused');
  ledger.fill(0, (root - 1) * pageSize, root * pageSize);
  writeFileSync(ledgerPath(t.dataDir), ledger);
  expect(repairLedger(t.dataDir, now)?.records).toBe(50);
});

test('sources and accounts gone for good have stand-ins that say so, and no money is lost with them', () => {
  using dir = folderWith(small.ledger);
  const damaged = Buffer.from(small.ledger);
  for (const table of ['sources', 'accounts', 'imports', 'names', 'sqlite_autoindex_names_1']) {
    const root = rootOf(small.ledger, table);
    damaged.fill(0, (root - 1) * pageSize, root * pageSize);
  }
  writeFileSync(ledgerPath(dir.path), damaged);
  const repair = repairLedger(dir.path, now);
  expect(repair).toMatchObject({ records: 1_200, rebuilt: { sources: 3, imports: 3 } });
  const { sum } = checked(dir.path);
  using sound = folderWith(small.ledger);
  expect(sum).toEqual(checked(sound.path).sum);
  const db = openDatabase(ledgerPath(dir.path), 'read');
  expect(db.prepare("SELECT count(*) FROM names WHERE text LIKE '(lost name %'").pluck().get()).toBe(
    repair?.rebuilt.names,
  );
  expect(db.prepare('SELECT DISTINCT assumed FROM accounts').pluck().all()).toEqual([1]);
  db.close();
});

test('what only the write-ahead log holds is saved too, and the log is kept with the damaged ledger', () => {
  using dir = folderWith(small.ledger);
  const path = ledgerPath(dir.path);
  const open = openDatabase(path, 'write');
  open.pragma('wal_autocheckpoint = 0');
  open.exec(
    "INSERT INTO accounts (name, kind, provider, assumed, created_at) VALUES ('Late', 'api', 'x', 0, 0)",
  );
  using copy = tempDir();
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${ledgerPath(copy.path)}${suffix}`);
  open.close();
  const damaged = readFileSync(ledgerPath(copy.path));
  const page = layoutOf(small.ledger).records.get(600) ?? 0;
  damaged.fill(0, (page - 1) * pageSize, page * pageSize);
  writeFileSync(ledgerPath(copy.path), damaged);
  const repair = repairLedger(copy.path, now);
  const db = openDatabase(ledgerPath(copy.path), 'read');
  expect(db.prepare("SELECT count(*) FROM accounts WHERE name = 'Late'").pluck().get()).toBe(1);
  db.close();
  expect(existsSync(`${repair?.kept}-wal`)).toBe(true);
});

test('a file that is no database is refused, not touched, and the backup to restore is named', () => {
  using dir = folderWith(large.ledger, large.backups);
  writeFileSync(ledgerPath(dir.path), 'this is my diary');
  expect(() => repairLedger(dir.path, now)).toThrow(/12000 records.*llmlab restore/);
  expect(readFileSync(ledgerPath(dir.path), 'utf8')).toBe('this is my diary');
});

test('after a repair the log is read again from its start: what was lost of it comes back, and nothing twice', async () => {
  await using t = await startTestCore();
  const log = join(t.home, '.claude', 'projects', 'p', 'a.jsonl');
  mkdirSync(join(log, '..'), { recursive: true });
  writeFileSync(log, logLines(0, 2_000));
  await t.call('scan.run', {});
  await t.core.stop();
  const db = new Database(ledgerPath(t.dataDir));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const ledger = readFileSync(ledgerPath(t.dataDir));
  const page = layoutOf(ledger).records.get(1_000) ?? 0;
  ledger.fill(0, (page - 1) * pageSize, page * pageSize);
  writeFileSync(ledgerPath(t.dataDir), ledger);
  expect(repairLedger(t.dataDir, now)?.records).toBeLessThan(2_000);
  await t.restart();
  await t.call('scan.run', {});
  expect((await t.call('app.info', {})).records).toBe(2_000);
  expect((await t.call('ledger.verify', {})).damaged).toEqual([]);
});
