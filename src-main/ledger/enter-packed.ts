import type { Importer } from '../platform/importer.ts';
import { isNamedBefore } from '../platform/merge.ts';
import type { StoredFacet } from '../store/facets.ts';
import type { RecordRow } from '../store/records.ts';
import { contentOf } from './content.ts';
import { utcDay } from './day.ts';
import { type Batch, createHeldRows, type HeldPlace, type Settled } from './held-rows.ts';
import type { MergeStored } from './merge-stored.ts';
import type { PackedRows } from './packed.ts';
import { joinSayings, type Outcome, type Said } from './saying.ts';
import type { Shelf } from './shelf.ts';
import { createUnpacker, type OpenRow } from './unpack.ts';

/** Whose rows they are: an import of rows that do not add up. */
export interface PackedOrigin {
  readonly importId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  /** As for an entry: true for a table, false for logs, whose later lines and files say much again. */
  readonly claims: boolean;
}

/** A row of a charge the ledger knows, and what it and later rows of the batch say of it. */
interface Known {
  readonly row: RecordRow;
  readonly said: Said;
}

/** Takes packed rows into the ledger and tells what each was, in their order, at the latest when they are flushed. */
export interface PackedEntry {
  /** A way in for what one thread packs, batch by batch in its order. `file` is the path of the log it stands in. */
  stream(): (packed: PackedRows, settled: Settled, file?: string) => void;
  /** Stores what waits. */
  flush(): void;
}

/**
 * Batches that wait. Under `max` lines and files say much of a reply again: the files of one project stand together, and a
 * resumed session's copies among them, so that most costs no look-up in the ledger. A table's rows are stored as they come.
 */
function batchesWaiting({ claims, importer }: PackedOrigin): number {
  if (claims) return 0;
  return importer.merge === 'max' ? 4 : 1;
}

export function createPackedEntry(shelf: Shelf, mergeStored: MergeStored, origin: PackedOrigin): PackedEntry {
  const { records, names, facetOf, count, nameOf, makeRow } = shelf;
  const { importId, importer } = origin;
  const held = createHeldRows({ importId, waiting: batchesWaiting(origin), store });
  const join = (a: Said, b: Said): Said => joinSayings(importer.merge, a, b);

  /** What a row says, as a stored one would be read. */
  function saidBy(row: RecordRow, facet: StoredFacet): Said {
    const texts = { currency: facet.currency || null, status: facet.status || null };
    const shared = { ...facet, ...texts, price_facts: facet.price_facts || null };
    const stored = { ...shared, ...row, id: 0, utc_day: utcDay(row.at), row_hash: 0 };
    return { content: contentOf(stored, nameOf), sourceId: facet.source_id };
  }

  /** What the ledger already knows: what several rows of a batch say of one charge is joined first, as that of one file. */
  function merge({ row, said }: Known): Outcome {
    const old = records.byKey({ a: row.key_a, b: row.key_b });
    if (old === undefined) throw new Error('a record that was not inserted is not there either');
    const file = row.file_id === 0 ? undefined : nameOf(row.file_id);
    return mergeStored(old, { ...origin, line: row.line ?? 0, file }, said);
  }

  function knownOf({ rows, facets }: Batch, places: readonly number[]): Map<number, Known> {
    const byKey = new Map<string, number>();
    const known = new Map<number, Known>();
    for (const place of places) {
      const row = rows[place] as RecordRow;
      const said = saidBy(row, facets[place] as StoredFacet);
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
  }

  function store(batch: Batch): void {
    const { rows, facets, settled } = batch;
    const places = records.insert(rows, batch.count);
    const known = knownOf(batch, places);
    let next = 0;
    for (let i = 0; i < batch.count; i++) {
      const row = rows[i] as RecordRow;
      if (places[next] !== i) {
        count(facets[i] as StoredFacet, row, 1);
        settled[i]?.(row.at, 'accepted');
        continue;
      }
      next++;
      const one = known.get(i);
      settled[i]?.(row.at, one === undefined ? 'duplicate' : merge(one));
    }
  }

  /** What is said again of a row that is not stored yet. */
  function joinHeld({ batch, index }: HeldPlace, row: OpenRow, facet: StoredFacet): void {
    const first = batch.rows[index] as OpenRow;
    const firstFacet = batch.facets[index] as StoredFacet;
    if (importer.merge === 'max' && firstFacet === facet && isCopy(first, row)) {
      const [one, other] = [first.session_id, row.session_id].map((id) => nameOf(id) || null);
      if (one !== other && !isNamedBefore(one ?? null, other ?? null)) first.session_id = row.session_id;
      return;
    }
    const { content, sourceId } = join(saidBy(first, firstFacet), saidBy(row, facet));
    const made = makeRow(content, { ...first, source_id: sourceId }, importer.evidence);
    Object.assign(first, made.row);
    batch.facets[index] = made.facet;
  }

  return {
    stream() {
      const unpack = createUnpacker({ names, facetOf });
      return (packed, settled, file) => {
        const fileId = names.idOf(file);
        unpack.begin(packed);
        for (let i = 0; i < packed.count; i++) {
          const row = held.next();
          const facet = unpack.next(row);
          row.file_id = fileId;
          const place = held.find(row);
          if (place === null) held.keep(facet, settled);
          else {
            joinHeld(place, row, facet);
            settled(row.at, 'duplicate');
          }
        }
        if (origin.claims) held.flush();
      };
    },
    flush: held.flush,
  };
}

/** Whether two rows of one facet differ in their session at most, as a resumed session's copy does from its original. */
function isCopy(a: RecordRow, b: RecordRow): boolean {
  return (
    a.at === b.at &&
    a.requests === b.requests &&
    a.input === b.input &&
    a.output === b.output &&
    a.cache_read === b.cache_read &&
    a.cache_write_5m === b.cache_write_5m &&
    a.cache_write_1h === b.cache_write_1h &&
    a.cache_write_unknown === b.cache_write_unknown &&
    a.reasoning === b.reasoning &&
    a.precedence === b.precedence &&
    a.amount === b.amount &&
    a.vendor_call_id === b.vendor_call_id &&
    a.extras === b.extras
  );
}
