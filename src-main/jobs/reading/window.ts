import type { Importer, RowOutcome } from '../../platform/importer.ts';
import { mergeRecords } from '../../platform/merge.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import {
  type PackedPiece,
  type PackedRow,
  packedWidth,
  readPacked,
  recordOfRow,
  type Shared,
  unpackPiece,
} from './packed.ts';
import { haveOneOrigin, type Taken } from './piece.ts';

/** Where what files held goes on to. */
export interface WindowSink {
  take(file: number, taken: Taken): void;
  /** A saying of this time was merged into one that was taken before it. */
  merged(at: number): void;
}

/** Holds what files said for a while, so that what a later file says of the same reply costs no look-up in the ledger. */
export interface Window {
  add(file: number, piece: PackedPiece): { readonly duplicate: number; readonly skipped: number };
  /** Lets go of all that is held. Call once, last. */
  end(): void;
}

/**
 * How many rows are held: the files of one project stand together, and a resumed session's copies among them. They are
 * held as columns, because as objects that live so long they would keep the garbage collector busy.
 */
const heldRows = 16_384;
const letGoAtOnce = 2_048;

export function createWindow(rule: Importer['merge'], sink: WindowSink): Window {
  if (rule === 'max') return mergingWindow(sink);
  return {
    add(file, packed) {
      const { taken, ...counts } = unpackPiece(packed);
      for (const one of taken) sink.take(file, one);
      return counts;
    },
    end: () => undefined,
  };
}

function mergingWindow(sink: WindowSink): Window {
  const byKey = new Map<string, number>();
  const columns = openColumns();
  /** Rows ever taken in and let go; a row's place is its number, round and round. */
  let [taken, gone] = [0, 0];

  function letGo(count: number): void {
    for (const upTo = Math.min(taken, gone + count); gone < upTo; gone++) {
      const place = gone % heldRows;
      const { key } = columns.rowAt(place);
      if (byKey.get(key) === gone) byKey.delete(key);
      sink.take(columns.fileAt(place), columns.takenAt(place));
    }
  }

  function add(file: number, row: PackedRow, numbers: Float64Array, at: number): void {
    const known = row.other === null ? byKey.get(row.key) : undefined;
    if (known !== undefined) {
      const place = known % heldRows;
      const [first, later] = [columns.recordAt(place), recordOfRow(row, numbers, at)];
      if (haveOneOrigin(first, later)) {
        columns.merge(place, mergeRecords('max', first, later), 1 + row.repeats);
        sink.merged(later.at);
        return;
      }
    }
    if (taken - gone === heldRows) letGo(letGoAtOnce);
    columns.put(taken % heldRows, file, row, numbers.subarray(at, at + packedWidth));
    if (row.other === null) byKey.set(row.key, taken);
    taken++;
  }

  return {
    add: (file, packed) => readPacked(packed, (row, numbers, at) => add(file, row, numbers, at)),
    end: () => letGo(heldRows),
  };
}

/** The rows held, column by column. */
function openColumns() {
  const numbers = new Float64Array(heldRows * packedWidth);
  const files = new Int32Array(heldRows);
  const repeats = new Int32Array(heldRows);
  const keys = Array<string>(heldRows).fill('');
  const calls = Array<string | null | undefined>(heldRows).fill(undefined);
  const shared = Array<Shared | null>(heldRows).fill(null);
  /** Outcomes that are no record with a key. */
  const others = Array<Taken | null>(heldRows).fill(null);
  /** Records that are merged of several. */
  const merged = Array<ImportedRecord | null>(heldRows).fill(null);

  function rowAt(place: number): Pick<PackedRow, 'key' | 'shared' | 'vendorCallId'> {
    // Put there before it is asked for.
    return { key: keys[place] ?? '', shared: shared[place] as Shared, vendorCallId: calls[place] };
  }

  function recordAt(place: number): ImportedRecord {
    return merged[place] ?? recordOfRow(rowAt(place), numbers, place * packedWidth);
  }

  return {
    rowAt,
    recordAt,
    fileAt: (place: number): number => files[place] ?? 0,
    put(place: number, file: number, row: PackedRow, own: Float64Array): void {
      numbers.set(own, place * packedWidth);
      files[place] = file;
      repeats[place] = row.repeats;
      keys[place] = row.key;
      calls[place] = row.vendorCallId;
      shared[place] = row.shared;
      others[place] = row.other;
      merged[place] = null;
    },
    merge(place: number, record: ImportedRecord, more: number): void {
      merged[place] = record;
      repeats[place] = (repeats[place] ?? 0) + more;
    },
    takenAt(place: number): Taken {
      const other = others[place] ?? null;
      if (other !== null) return other;
      const outcome: RowOutcome = { kind: 'record', record: recordAt(place) };
      const line = numbers[place * packedWidth + 1] ?? 0;
      return { line, outcome, raw: null, repeats: repeats[place] ?? 0 };
    },
  };
}
