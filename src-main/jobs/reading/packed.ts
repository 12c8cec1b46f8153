import type { ImportedRecord, Tokens } from '../../platform/record.ts';
import type { Piece, Taken } from './piece.ts';

/**
 * A piece as it crosses threads. Records of one session differ in little, so what they share is written once; counters
 * cross as they are and the rest as JSON, which is faster than cloning objects.
 */
export interface PackedPiece {
  readonly json: string;
  /** `packedWidth` for each of those taken: see `put`. Moved to the other thread, not copied. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

/** What records share: all but their identity, time and counters. */
export type Shared = Omit<ImportedRecord, 'key' | 'at' | 'tokens' | 'vendorCallId'>;

interface Texts {
  readonly shared: readonly Shared[];
  readonly keys: readonly string[];
  /** Those that are no single record with a key, in order. */
  readonly others: readonly Taken[];
  readonly duplicate: number;
  readonly skipped: number;
}

/** Numbers of each row. */
export const packedWidth = 12;
/** Stands for what is shared where one of the others is meant. */
const other = -1;
/** How a record's call id is written: left out, null, the same as the key, or a text of its own among the keys. */
const calls = { none: 0, null: 1, key: 2, own: 3 } as const;

function callOf({ key, vendorCallId }: ImportedRecord): number {
  if (vendorCallId === undefined) return calls.none;
  if (vendorCallId === null) return calls.null;
  return vendorCallId === key ? calls.key : calls.own;
}

/** The record of an outcome that is one with a key and nothing else. */
function recordIn({ outcome, raw }: Taken): (ImportedRecord & { readonly key: string }) | null {
  if (outcome.kind !== 'record' || raw !== null || outcome.record.key === undefined) return null;
  return outcome.record as ImportedRecord & { readonly key: string };
}

export function packPiece({ taken, duplicate, skipped }: Piece): PackedPiece {
  const numbers = new Float64Array(taken.length * packedWidth);
  const keys: string[] = [];
  const others: Taken[] = [];
  const { sharedOf, all } = openShared();
  for (const [index, one] of taken.entries()) {
    const record = recordIn(one);
    const at = index * packedWidth;
    if (record === null) {
      others.push(one);
      numbers[at] = other;
      continue;
    }
    put(numbers, at, one, record, sharedOf(record));
    keys.push(record.key);
    if (numbers[at + 4] === calls.own) keys.push(record.vendorCallId ?? '');
  }
  const texts: Texts = { shared: all, keys, others, duplicate, skipped };
  return { json: JSON.stringify(texts), numbers };
}

function put(into: Float64Array, at: number, taken: Taken, record: ImportedRecord, shared: number): void {
  const { tokens } = record;
  into[at] = shared;
  into[at + 1] = taken.line;
  into[at + 2] = taken.repeats;
  into[at + 3] = record.at;
  into[at + 4] = callOf(record);
  into[at + 5] = tokens.input;
  into[at + 6] = tokens.cacheRead;
  into[at + 7] = tokens.cacheWrite5m;
  into[at + 8] = tokens.cacheWrite1h;
  into[at + 9] = tokens.cacheWriteUnknown;
  into[at + 10] = tokens.output;
  into[at + 11] = tokens.reasoning;
}

/** How many of the latest are compared by what they hold before they are looked up by their text. */
const recentShared = 4;

function openShared() {
  const all: Shared[] = [];
  const byText = new Map<string, number>();
  const recent: { readonly record: ImportedRecord; readonly index: number }[] = [];
  let oldest = 0;

  function look(record: ImportedRecord): number {
    const { key: _, at: __, tokens: ___, vendorCallId: ____, ...shared } = record;
    const text = JSON.stringify(shared);
    const known = byText.get(text);
    if (known !== undefined) return known;
    byText.set(text, all.length);
    return all.push(shared) - 1;
  }

  return {
    all,
    sharedOf(record: ImportedRecord): number {
      for (const { record: like, index } of recent) if (shareAll(like, record)) return index;
      const index = look(record);
      recent[oldest] = { record, index };
      oldest = (oldest + 1) % recentShared;
      return index;
    },
  };
}

/** Whether two records are surely alike in all that is shared. Objects count as alike only where they are the same one. */
function shareAll(a: ImportedRecord, b: ImportedRecord): boolean {
  return (
    a.extras === b.extras &&
    a.status === b.status &&
    a.model === b.model &&
    a.session === b.session &&
    a.project === b.project &&
    a.provider === b.provider &&
    a.priceFacts === b.priceFacts &&
    a.precedence === b.precedence &&
    a.requests === b.requests &&
    a.grain === b.grain &&
    a.amount === b.amount &&
    a.charge === b.charge &&
    a.evidence === b.evidence &&
    a.cut === b.cut &&
    a.coveredByPlan === b.coveredByPlan
  );
}

/** A row of a packed piece: one record with a key, or another outcome. */
export interface PackedRow {
  readonly line: number;
  readonly repeats: number;
  /** Null for a record with a key, which is told by the rest. */
  readonly other: Taken | null;
  readonly key: string;
  readonly shared: Shared;
  readonly vendorCallId: string | null | undefined;
}

const noneShared = {} as Shared;

/**
 * Goes through a packed piece row by row. The row and the numbers that go with it, `packedWidth` of them from `at` on, are those
 * of the moment.
 */
export function readPacked(
  { json, numbers }: PackedPiece,
  take: (row: PackedRow, numbers: Float64Array, at: number) => void,
): { readonly duplicate: number; readonly skipped: number } {
  // Written by packPiece.
  const { shared, keys, others, duplicate, skipped } = JSON.parse(json) as Texts;
  const row = { line: 0, repeats: 0, other: null as Taken | null, key: '', shared: noneShared };
  let [nextKey, nextOther] = [0, 0];
  for (let at = 0; at < numbers.length; at += packedWidth) {
    const index = numbers[at] ?? other;
    if (index === other) {
      const one = others[nextOther++] as Taken;
      take(
        { ...row, line: one.line, repeats: one.repeats, other: one, vendorCallId: undefined },
        numbers,
        at,
      );
      continue;
    }
    const key = keys[nextKey++] ?? '';
    const call = numbers[at + 4];
    const vendorCallId =
      call === calls.own
        ? keys[nextKey++]
        : call === calls.key
          ? key
          : call === calls.null
            ? null
            : undefined;
    const [line, repeats] = [numbers[at + 1] ?? 0, numbers[at + 2] ?? 0];
    take({ line, repeats, other: null, key, shared: shared[index] ?? noneShared, vendorCallId }, numbers, at);
  }
  return { duplicate, skipped };
}

/** The record of a row. */
export function recordOfRow(
  { key, shared, vendorCallId }: Pick<PackedRow, 'key' | 'shared' | 'vendorCallId'>,
  numbers: Float64Array,
  at: number,
): ImportedRecord {
  const own = { key, at: numbers[at + 3] ?? 0, tokens: tokensAt(numbers, at + 5) };
  return vendorCallId === undefined ? { ...shared, ...own } : { ...shared, ...own, vendorCallId };
}

function tokensAt(numbers: Float64Array, at: number): Tokens {
  return {
    input: numbers[at] ?? 0,
    cacheRead: numbers[at + 1] ?? 0,
    cacheWrite5m: numbers[at + 2] ?? 0,
    cacheWrite1h: numbers[at + 3] ?? 0,
    cacheWriteUnknown: numbers[at + 4] ?? 0,
    output: numbers[at + 5] ?? 0,
    reasoning: numbers[at + 6] ?? 0,
  };
}

/** What `packPiece` was given, as JSON would give it back. */
export function unpackPiece(piece: PackedPiece): Piece {
  const taken: Taken[] = [];
  const counts = readPacked(piece, (row, numbers, at) => {
    const { line, repeats } = row;
    const record = row.other === null ? recordOfRow(row, numbers, at) : null;
    if (record === null) taken.push(row.other as Taken);
    else taken.push({ line, outcome: { kind: 'record', record }, raw: null, repeats });
  });
  return { taken, ...counts };
}
