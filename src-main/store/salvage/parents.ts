import type { ReadDb, WriteDb } from '../database.ts';
import { damagedFacets, type FacetRow, facetHash } from '../facets.ts';
import { readCells } from './cells.ts';
import type { Pages } from './pages.ts';
import type { Remains } from './read-all.ts';

/** How many rows that others point at were found elsewhere, or stand in for ones that are gone. */
export interface Rebuilt {
  facets: number;
  names: number;
  accounts: number;
  sources: number;
  imports: number;
}

export type Parent = keyof Rebuilt;

/** Where the ledger that is salvaged has its texts and sources: in the records of its first schema, in their facets later. */
const rowsOf = (db: ReadDb): string => (hasFacets(db) ? 'record_rows' : 'records');

export function hasFacets(db: ReadDb): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'facets'").get() !== undefined;
}

const facetNames = ['provider_id', 'model_id', 'model_raw_id', 'project_id', 'price_version_id'] as const;
const recordNames = ['file_id', 'session_id'] as const;

function wanted(db: ReadDb, parent: Parent): string {
  const facets = hasFacets(db) ? 'facets WHERE id IN (SELECT facet_id FROM records)' : 'records';
  const queries: Readonly<Record<Parent, readonly string[]>> = {
    facets: ['facet_id AS id FROM records'],
    names: [
      ...facetNames.map((column) => `${column} AS id FROM ${facets}`),
      ...recordNames.map((column) => `${column} AS id FROM records`),
    ],
    sources: [`source_id AS id FROM ${facets}`],
    imports: ['import_id AS id FROM records'],
    accounts: ['account_id AS id FROM sources'],
  };
  return queries[parent].map((query) => `SELECT DISTINCT ${query}`).join(' UNION ');
}

/** Ids that rows point at and that are not there. */
export function missing(db: ReadDb, parent: Parent): readonly number[] {
  return db
    .prepare(`SELECT DISTINCT id FROM (${wanted(db, parent)}) WHERE id NOT IN (SELECT id FROM ${parent})`)
    .pluck()
    .all() as number[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Adds a row of which only the columns this schema has are written. False when it does not fit. */
function put(db: WriteDb, table: Parent, fields: Fields): boolean {
  const known = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  const columns = known.filter((column) => fields[column] !== undefined);
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((c) => `@${c}`).join(', ')})`,
  );
  return insert.run(fields).changes > 0;
}

/** Facets and names lie in the file twice: in their table and in an index over all their columns. */
export function takeFromIndex(
  pages: Pages,
  remains: Remains,
  db: WriteDb,
  parent: 'facets' | 'names',
): number {
  const index = parent === 'facets' ? 'facets_by_content' : 'sqlite_autoindex_names_1';
  const columns = db.prepare('SELECT name FROM pragma_index_info(?)').pluck().all(index) as string[];
  const lost = new Set(missing(db, parent));
  let taken = 0;
  for (const page of lost.size > 0 ? (remains.trees.get(index)?.pages ?? []) : []) {
    for (const { rowid, values } of readCells(pages, page).cells) {
      const id = values.at(-1);
      if (rowid !== null || values.length !== columns.length + 1 || !lost.has(id as number)) continue;
      const row = { id, ...Object.fromEntries(columns.map((column, i) => [column, values[i]])) };
      const whole = parent === 'facets' ? { ...row, hash: facetHash(row as unknown as FacetRow) } : row;
      if (put(db, parent, whole)) taken++;
    }
  }
  return taken;
}

/** Takes what is missing from a sound backup of the same schema: ids are not given twice, but for sample data. */
export function takeFromBackup(db: WriteDb, backup: ReadDb, parent: Parent): number {
  const select = backup.prepare(`SELECT * FROM ${parent} WHERE id = ?`);
  const sampleSources = new Set(
    backup.prepare('SELECT id FROM sources WHERE sample = 1').pluck().all() as number[],
  );
  const isSample = (row: Fields): boolean => row.sample === 1 || sampleSources.has(row.source_id as number);
  let taken = 0;
  for (const id of missing(db, parent)) {
    const row = select.get(id) as Fields | undefined;
    if (row !== undefined && !isSample(row) && put(db, parent, row)) taken++;
  }
  return taken;
}

/** Drops facets that are not what was written: nothing they say can be relied on. */
export function dropDamagedFacets(db: WriteDb): void {
  const drop = db.prepare('DELETE FROM facets WHERE id = ?');
  for (const id of damagedFacets(db)) drop.run(id);
}

function standInSource(db: WriteDb, id: number): Fields {
  const facts = db
    .prepare(
      `SELECT i.importer, i.importer_label, i.kind, i.sample FROM imports i
       WHERE i.source_id = @id OR i.id IN (SELECT import_id FROM ${rowsOf(db)} WHERE source_id = @id) LIMIT 1`,
    )
    .get({ id }) as Fields | undefined;
  const seen = db
    .prepare(
      `SELECT max(r.evidence) AS evidence, (SELECT text FROM names WHERE id = r.provider_id) AS vendor
       FROM ${rowsOf(db)} r WHERE r.source_id = ?`,
    )
    .get(id) as { evidence: number | null; vendor: string | null };
  const isLog = facts?.kind === 'scan';
  return {
    id,
    importer: facts?.importer ?? 'lost',
    label: `${facts?.importer_label ?? 'Source'} (rebuilt ${id})`,
    vendor: seen.vendor ?? '',
    kind: isLog ? 'log' : 'table',
    account_id: accountFor(db, id),
    evidence: seen.evidence ?? 3,
    coverage: isLog ? 'tool' : 'account',
    usage_rank: 0,
    sample: facts?.sample ?? 0,
  };
}

/** An account of its own for a source whose account is unknown: nothing is added to one the user made. */
function accountFor(db: WriteDb, sourceId: number): number {
  const id = (db.prepare('SELECT coalesce(max(id), 0) + 1 FROM accounts').pluck().get() as number) + 1_000;
  put(db, 'accounts', standInAccount(id, `of source ${sourceId}`));
  return id;
}

/** Assumed, so that the window asks who pays. */
function standInAccount(id: number, what: string): Fields {
  return { id, name: `Rebuilt account ${what}`, kind: 'api', provider: '', assumed: 1, created_at: 0 };
}

function standInImport(db: WriteDb, id: number, now: number): Fields {
  const facts = db
    .prepare(
      `SELECT s.importer, s.label, s.kind, s.sample, count(*) AS records, min(r.id) AS first, max(r.id) AS last
       FROM ${rowsOf(db)} r JOIN sources s ON s.id = r.source_id WHERE r.import_id = ?`,
    )
    .get(id) as Fields;
  return {
    id,
    kind: facts.kind === 'log' ? 'scan' : 'file',
    importer: facts.importer ?? 'lost',
    importer_label: facts.label ?? 'Rebuilt import',
    file_name: `rebuilt import ${id}`,
    at: now,
    accepted: facts.records,
    sample: facts.sample ?? 0,
    first_record: facts.first ?? 0,
    last_record: facts.last ?? 0,
  };
}

/** Puts stand-ins where something is gone for good, named as such, so that the money that points at it is kept. */
export function standIn(db: WriteDb, rebuilt: Rebuilt, now: number): void {
  const makers: Readonly<Record<Exclude<Parent, 'facets'>, (id: number) => Fields>> = {
    names: (id) => ({ id, text: `(lost name ${id})` }),
    sources: (id) => standInSource(db, id),
    accounts: (id) => standInAccount(id, String(id)),
    imports: (id) => standInImport(db, id, now),
  };
  for (const parent of ['names', 'sources', 'accounts', 'imports'] as const)
    for (const id of missing(db, parent)) if (put(db, parent, makers[parent](id))) rebuilt[parent]++;
}
