import type { Importer } from '../platform/importer.ts';
import type { StoredFacet } from '../store/facets.ts';
import type { RecordRow } from '../store/records.ts';
import { contentOf } from './content.ts';
import { utcDay } from './day.ts';
import type { MergeStored } from './merge-stored.ts';
import type { PackedRows } from './packed.ts';
import type { Outcome, Said } from './saying.ts';
import type { Shelf } from './shelf.ts';
import { createUnpacker } from './unpack.ts';

/** Whose rows they are: an import of a table whose rows do not add up. */
export interface PackedOrigin {
  readonly importId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  readonly claims: boolean;
}

/** Takes packed rows into the ledger and tells what each was, in their order. */
export type EnterPacked = (packed: PackedRows, settled: (at: number, outcome: Outcome) => void) => void;

export function createPackedEntry(shelf: Shelf, mergeStored: MergeStored, origin: PackedOrigin): EnterPacked {
  const { records, names, facetOf, count, nameOf } = shelf;
  const { importId } = origin;
  const unpack = createUnpacker({ importId, names, facetOf });

  /** What a row says, as a stored one would be read. */
  const saidBy = (row: RecordRow, facet: StoredFacet): Said => {
    const texts = { currency: facet.currency || null, status: facet.status || null };
    const shared = { ...facet, ...texts, price_facts: facet.price_facts || null };
    const stored = { ...shared, ...row, id: 0, utc_day: utcDay(row.at), row_hash: 0 };
    return { content: contentOf(stored, nameOf), sourceId: facet.source_id };
  };

  const merge = (row: RecordRow, facet: StoredFacet): Outcome => {
    const old = records.byKey({ a: row.key_a, b: row.key_b });
    if (old === undefined) throw new Error('a record that was not inserted is not there either');
    return mergeStored(old, { ...origin, line: row.line ?? 0 }, saidBy(row, facet));
  };

  return (packed, settled) => {
    const { rows, count: total, facetOf: facetOfRow } = unpack(packed);
    const known = records.insert(rows, total);
    let next = 0;
    for (let i = 0; i < total; i++) {
      const row = rows[i] as RecordRow;
      const facet = facetOfRow(i);
      if (known[next] === i) {
        next++;
        settled(row.at, merge(row, facet));
      } else {
        count(facet, row, 1);
        settled(row.at, 'accepted');
      }
    }
  };
}
