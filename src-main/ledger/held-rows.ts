import type { StoredFacet } from '../store/facets.ts';
import { createKeyTable } from './key-table.ts';
import type { Outcome } from './saying.ts';
import { emptyRow, type OpenRow } from './unpack.ts';

/** Told of each row when it is known what it was. */
export type Settled = (at: number, outcome: Outcome) => void;

/** Rows that are stored together. Their objects are used again once they are. */
export interface Batch {
  readonly rows: OpenRow[];
  readonly facets: StoredFacet[];
  readonly settled: Settled[];
  count: number;
}

/** Where a held row stands. */
export interface HeldPlace {
  readonly batch: Batch;
  readonly index: number;
}

/** Rows on their way into the ledger, in their order. */
export interface HeldRows {
  /** The row object to fill for the next one; it is held once it is kept. */
  next(): OpenRow;
  keep(facet: StoredFacet, settled: Settled): void;
  /** The row of this charge, where it is still held. */
  find(row: OpenRow): HeldPlace | null;
  /** Stores all that is held. */
  flush(): void;
}

export interface HeldRowsOptions {
  readonly importId: number;
  /** How many batches wait until the first is stored, and are looked through for the same charge; 0 for none. */
  readonly waiting: number;
  readonly store: (batch: Batch) => void;
}

const batchRows = 2_000;

export function createHeldRows({ importId, waiting, store }: HeldRowsOptions): HeldRows {
  const batches = Array.from(
    { length: waiting + 1 },
    (): Batch => ({ rows: [], facets: [], settled: [], count: 0 }),
  );
  const isLookedThrough = waiting > 0;
  /** Number of the batch being filled and of the first that waits, round and round. */
  let [filling, oldest] = [0, 0];

  const batchOf = (number: number): Batch => batches[number % batches.length] as Batch;
  /** Rows are numbered through: the row of a number that is held. */
  const rowOf = (number: number): OpenRow =>
    batchOf(Math.floor(number / batchRows)).rows[number % batchRows] as OpenRow;

  const keys = createKeyTable({
    most: isLookedThrough ? batches.length * batchRows : 1,
    first: () => oldest * batchRows,
    partOf: (number) => rowOf(number).key_b,
  });

  const storeOldest = (): void => {
    const batch = batchOf(oldest);
    if (batch.count > 0) store(batch);
    batch.count = 0;
    oldest++;
  };

  return {
    next() {
      if (batchOf(filling).count === batchRows) {
        if (filling - oldest === waiting) storeOldest();
        filling++;
      }
      const { rows, count } = batchOf(filling);
      const row = rows[count] ?? emptyRow(importId);
      rows[count] = row;
      return row;
    },
    keep(facet, settled) {
      const batch = batchOf(filling);
      const index = batch.count++;
      batch.facets[index] = facet;
      batch.settled[index] = settled;
      if (isLookedThrough) keys.add((batch.rows[index] as OpenRow).key_b, filling * batchRows + index);
    },
    find({ key_a, key_b }) {
      if (!isLookedThrough) return null;
      const number = keys.find(key_b, (one) => rowOf(one).key_b === key_b && rowOf(one).key_a === key_a);
      if (number < 0) return null;
      return { batch: batchOf(Math.floor(number / batchRows)), index: number % batchRows };
    },
    flush() {
      if (oldest === filling && batchOf(filling).count === 0) return;
      while (oldest <= filling) storeOldest();
      filling = oldest;
    },
  };
}
