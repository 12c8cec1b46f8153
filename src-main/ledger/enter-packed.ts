import type { Importer } from '../platform/importer.ts';
import type { StoredFacet } from '../store/facets.ts';
import type { RecordRow } from '../store/records.ts';
import { contentOf } from './content.ts';
import { utcDay } from './day.ts';
import type { MergeStored } from './merge-stored.ts';
import type { PackedRows } from './packed.ts';
import { joinSayings, type Outcome, type Said } from './saying.ts';
import type { Shelf } from './shelf.ts';
import { createUnpacker, type Unpacked } from './unpack.ts';

/** Whose rows they are: an import of a table whose rows do not add up. */
export interface PackedOrigin {
  readonly importId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  readonly claims: boolean;
}

/** A row of a charge the ledger knows, and what it and later rows of the batch say of it. */
interface Known {
  readonly row: RecordRow;
  readonly said: Said;
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

  /** What the ledger already knows: what several rows of a batch say of one charge is joined first, as that of one file. */
  const merge = ({ row, said }: Known): Outcome => {
    const old = records.byKey({ a: row.key_a, b: row.key_b });
    if (old === undefined) throw new Error('a record that was not inserted is not there either');
    return mergeStored(old, { ...origin, line: row.line ?? 0 }, said);
  };

  const knownOf = (
    { rows, facetOf: facetOfRow }: Unpacked,
    places: readonly number[],
  ): Map<number, Known> => {
    const byKey = new Map<string, number>();
    const known = new Map<number, Known>();
    for (const place of places) {
      const row = rows[place] as RecordRow;
      const said = saidBy(row, facetOfRow(place));
      const key = `${row.key_a}|${row.key_b}`;
      const first = byKey.get(key) ?? place;
      const earlier = known.get(first);
      byKey.set(key, first);
      known.set(
        first,
        earlier === undefined ? { row, said } : { ...earlier, said: join(earlier.said, said) },
      );
    }
    return known;
  };
  const join = (a: Said, b: Said): Said => joinSayings(origin.importer.merge, a, b);

  return (packed, settled) => {
    const unpacked = unpack(packed);
    const { rows, count: total, facetOf: facetOfRow } = unpacked;
    const places = records.insert(rows, total);
    const known = knownOf(unpacked, places);
    let next = 0;
    for (let i = 0; i < total; i++) {
      const row = rows[i] as RecordRow;
      if (places[next] !== i) {
        count(facetOfRow(i), row, 1);
        settled(row.at, 'accepted');
        continue;
      }
      next++;
      const one = known.get(i);
      settled(row.at, one === undefined ? 'duplicate' : merge(one));
    }
  };
}
