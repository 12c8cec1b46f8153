import { AppError } from '../platform/error.ts';
import { damageAdvice, type ReadDb, type WriteDb } from './database.ts';
import { hashOf } from './row-hash.ts';

/** What many records share: whose they are, of which model and project, how they were priced. Texts are ids of names. */
export interface FacetRow {
  readonly source_id: number;
  readonly provider_id: number;
  readonly model_id: number;
  readonly model_raw_id: number;
  readonly project_id: number;
  readonly grain: number;
  /** 0 unpriced, 1 free, 2 priced. */
  readonly cost_state: number;
  readonly price_version_id: number;
  readonly evidence: number;
  readonly charge: number;
  /** Currency of the amount; '' where none is stated. */
  readonly currency: string;
  readonly status: string;
  readonly price_facts: string;
}

export type StoredFacet = FacetRow & { readonly id: number };

const columns = [
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
  'currency',
  'status',
  'price_facts',
] as const satisfies readonly (keyof FacetRow)[];

export function facetHash(row: FacetRow): number {
  return hashOf(columns.map((column) => row[column]));
}

export interface Facets {
  /** The stored facet that equals this one; made where there is none. */
  of(row: FacetRow): StoredFacet;
  byId(id: number): StoredFacet;
}

export function createFacets(db: WriteDb): Facets {
  const find = db
    .prepare(`SELECT id FROM facets WHERE ${columns.map((c) => `${c} = ?`).join(' AND ')}`)
    .pluck();
  const insert = db.prepare(
    `INSERT INTO facets (${columns.join(', ')}, hash) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
  );
  const select = db.prepare(`SELECT id, ${columns.join(', ')} FROM facets WHERE id = ?`);
  const known = new Map<number, StoredFacet>();
  return {
    of(row) {
      const values = columns.map((column) => row[column]);
      const id =
        (find.get(...values) as number | undefined) ??
        Number(insert.run(...values, facetHash(row)).lastInsertRowid);
      const facet = known.get(id) ?? { ...row, id };
      known.set(id, facet);
      return facet;
    },
    byId(id) {
      const facet = known.get(id) ?? (select.get(id) as StoredFacet | undefined);
      if (facet === undefined)
        throw new AppError('STORE_DAMAGED', `Part of a record is missing in the ledger. ${damageAdvice}`);
      known.set(id, facet);
      return facet;
    },
  };
}

/** Ids of facets whose content no longer agrees with the hash written with them. */
export function damagedFacets(db: ReadDb): readonly number[] {
  const rows = db.prepare('SELECT * FROM facets').all() as (StoredFacet & { hash: number })[];
  return rows.filter((row) => facetHash(row) !== row.hash).map((row) => row.id);
}
