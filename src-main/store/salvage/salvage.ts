import Database from 'better-sqlite3';
import { AppError } from '../../platform/error.ts';
import { inTransaction, type ReadDb, type WriteDb } from '../database.ts';
import { refreshImportSums } from '../imports.ts';
import { migrations } from '../migrations/index.ts';
import { damagedRecords } from '../records.ts';
import type { Value } from './cells.ts';
import { openPages, type Pages } from './pages.ts';
import {
  dropDamagedFacets,
  hasFacets,
  missing,
  type Parent,
  type Rebuilt,
  standIn,
  takeFromBackup,
  takeFromIndex,
} from './parents.ts';
import { copyTable, findRemains, isSum, type Remains, type TableSum } from './read-all.ts';

export interface Salvage {
  /** Saved and lost rows per table. */
  readonly tables: readonly TableSum[];
  /** Records left out because they are not what was written. */
  readonly damagedRecords: number;
  /** Records left out because what says their source, model and evidence is gone. */
  readonly withoutFacet: number;
  /** Rows other rows point at that were found in an index or a backup, or have a stand-in. */
  readonly rebuilt: Readonly<Rebuilt>;
}

export interface SalvageOptions {
  readonly from: string;
  readonly to: string;
  readonly now: number;
  /** Runs `use` on the newest sound backup of this schema; answers null where there is none. */
  withBackup<T>(version: number, use: (backup: ReadDb) => T): T | null;
}

/** The schema a damaged file says it has; throws for one that is none of ours. */
function versionOf(pages: Pages): number {
  const version = pages.read(1)?.readUInt32BE(60) ?? 0;
  if (version > migrations.length)
    throw new AppError(
      'STORE_NEWER',
      `This ledger was written by a newer LLMLab (schema ${version}, this version knows ${migrations.length}). It was not touched; repair it with that version.`,
    );
  if (version < 1)
    throw new AppError('STORE_DAMAGED', 'The file is no ledger of LLMLab. It was not touched.');
  return version;
}

/** An empty ledger of that schema. Until it is whole nobody else sees it, so nothing has to be durable yet. */
function emptyLedger(path: string, version: number): WriteDb {
  const db: WriteDb = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  // Keys come in no order: with a small cache each would cost a read and a write of its page.
  db.pragma('cache_size = -262144');
  for (const step of migrations.slice(0, version)) step.up(db);
  db.exec('DELETE FROM names');
  db.pragma(`user_version = ${version}`);
  return db;
}

function copyRows(pages: Pages, remains: Remains, db: WriteDb): void {
  const fromLoose: Value[] = [];
  for (const shape of remains.shapes) {
    if (isSum(shape.table)) continue;
    const tree = remains.trees.get(shape.table)?.pages ?? [];
    const loose = remains.loose.get(shape.table) ?? [];
    const ids = copyTable(pages, db, shape, { tree, loose });
    if (shape.table === 'records') for (const id of ids) fromLoose.push(id);
  }
  dropTakenBack(db, fromLoose);
  db.exec("INSERT OR IGNORE INTO names (id, text) VALUES (0, '')");
}

/** A page nothing leads to may be one that was given up: what it holds of an import that was undone stays undone. */
function dropTakenBack(db: WriteDb, ids: readonly Value[]): void {
  const drop = db.prepare(
    'DELETE FROM records WHERE id = ? AND import_id IN (SELECT id FROM imports WHERE undone_at IS NOT NULL)',
  );
  for (const id of ids) drop.run(id);
}

/** Finds what records point at; facets first, as they say the rest. */
function findParents(pages: Pages, remains: Remains, db: WriteDb, options: SalvageOptions): Rebuilt {
  const rebuilt: Rebuilt = { facets: 0, names: 0, accounts: 0, sources: 0, imports: 0 };
  const withFacets = hasFacets(db);
  if (withFacets) {
    dropDamagedFacets(db);
    rebuilt.facets += takeFromIndex(pages, remains, db, 'facets');
  }
  rebuilt.names += takeFromIndex(pages, remains, db, 'names');
  const version = Number(db.pragma('user_version', { simple: true }));
  const parents: readonly Parent[] = [
    ...(withFacets ? (['facets'] as const) : []),
    ...(['names', 'sources', 'accounts', 'imports'] as const),
  ];
  if (parents.some((parent) => missing(db, parent).length > 0))
    options.withBackup(version, (backup) => {
      for (const parent of parents) rebuilt[parent] += takeFromBackup(db, backup, parent);
    });
  return rebuilt;
}

interface Dropped {
  readonly damaged: number;
  readonly withoutFacet: number;
}

/** Drops records that cannot be what was written. Those of the first schema are checked when they are brought up to date. */
function dropBadRecords(db: WriteDb): Dropped {
  if (!hasFacets(db)) return { damaged: 0, withoutFacet: 0 };
  const withoutFacet = db
    .prepare('DELETE FROM records WHERE facet_id NOT IN (SELECT id FROM facets)')
    .run().changes;
  const { damaged } = damagedRecords(db);
  const drop = db.prepare('DELETE FROM records WHERE id = ?');
  for (const id of damaged) drop.run(id);
  return { damaged: damaged.length, withoutFacet };
}

/** Leaves out what points at rows that are gone and would be wrong without them. */
function dropOrphans(db: WriteDb): void {
  const gone = (column: string, table: string): string => `${column} NOT IN (SELECT id FROM ${table})`;
  db.exec(`DELETE FROM observations WHERE ${gone('record_id', 'records')} OR ${gone('import_id', 'imports')}
      OR ${gone('source_id', 'sources')};
    DELETE FROM refused WHERE ${gone('import_id', 'imports')};
    UPDATE imports SET source_id = NULL WHERE ${gone('source_id', 'sources')};
    DELETE FROM sources WHERE ${gone('account_id', 'accounts')};`);
  if (hasFacets(db)) db.exec(`DELETE FROM facets WHERE ${gone('source_id', 'sources')}`);
  if (!hasConnections(db)) return;
  db.exec(`DELETE FROM connections WHERE ${gone('account_id', 'accounts')};
    DELETE FROM sync_buckets WHERE ${gone('source_id', 'sources')};
    DELETE FROM witness_choices WHERE ${gone('account_id', 'accounts')} OR ${gone('source_id', 'sources')};`);
  for (const table of ['sync_states', 'balances', 'vendor_models'])
    db.exec(`DELETE FROM ${table} WHERE ${gone('connection_id', 'connections')}`);
}

function hasConnections(db: WriteDb): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'connections'").get() !== undefined;
}

/** The hash of a record does not cover its id: one that was changed must not hide the record from its import's undo. */
function widenImports(db: WriteDb): void {
  if (!hasFacets(db)) return;
  db.exec(`UPDATE imports SET first_record = min(first_record, ids.first), last_record = max(last_record, ids.last)
    FROM (SELECT import_id, min(id) AS first, max(id) AS last FROM records GROUP BY import_id) AS ids
    WHERE ids.import_id = imports.id`);
}

function countTables(remains: Remains, db: WriteDb): readonly TableSum[] {
  return remains.shapes
    .filter(({ table }) => !isSum(table))
    .map(({ table }) => {
      const saved = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
      const expected = remains.expected(table);
      return { table, saved, lost: expected === null ? null : Math.max(0, expected - saved) };
    });
}

/** Its pages are checked once the copy is closed, as those of a backup are. */
function check(db: WriteDb): void {
  const dangling = db.pragma('foreign_key_check') as unknown[];
  if (dangling.length > 0)
    throw new AppError('INTERNAL', `What was saved does not hold together: ${JSON.stringify(dangling)}`);
}

/**
 * Reads page by page what a damaged ledger still holds and writes it to a new one of the same schema, of which the sums
 * are to be counted anew (its zone is not set). The damaged file is only read. Throws STORE_DAMAGED for a file that is no
 * SQLite database, STORE_NEWER for one of a later schema.
 */
export function salvage(options: SalvageOptions): Salvage {
  using pages = openPages(options.from);
  if (pages === null)
    throw new AppError('STORE_DAMAGED', 'The file is no database any more, so nothing can be read from it.');
  const db = emptyLedger(options.to, versionOf(pages));
  try {
    return inTransaction(db, () => {
      const remains = findRemains(pages, db);
      copyRows(pages, remains, db);
      const rebuilt = findParents(pages, remains, db, options);
      const { damaged, withoutFacet } = dropBadRecords(db);
      standIn(db, rebuilt, options.now);
      dropOrphans(db);
      widenImports(db);
      db.exec("DELETE FROM meta WHERE key = 'zone'");
      const tables = countTables(remains, db);
      // What was lost may still stand in the logs: they are read from the start, and known lines add nothing.
      if (tables.some(({ table, lost }) => table === 'records' && lost !== 0)) db.exec('DELETE FROM cursors');
      refreshImportSums(db);
      check(db);
      return { tables, damagedRecords: damaged, withoutFacet, rebuilt };
    });
  } finally {
    db.close();
  }
}
