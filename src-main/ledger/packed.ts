import type { Evidence, ImportedRecord } from '../platform/record.ts';
import type { Key } from '../store/records.ts';
import { jsonOrNull } from './content.ts';
import type { CostOf } from './cost.ts';
import { createFacetFinder, type FacetFacts } from './facet.ts';

/**
 * Records on their way from the thread that reads a file to the one that writes the ledger, ready to be stored but for
 * what only the ledger knows: numbers in an array that both threads see or that is moved, texts in one string, facets each told once.
 */
export interface PackedRows {
  readonly count: number;
  /** Of each row the numbers of `packedFields`, in their order. */
  readonly numbers: Float64Array;
  /** The texts of all rows, one after the other. */
  readonly text: string;
  /** Facets that no earlier rows of the same packer have; a row names them by their place among all. */
  readonly facets: readonly FacetFacts[];
}

/**
 * What a row has in numbers. Of a text it is the length, -1 where there is none, and `sameText` where it is that of the
 * row before; of a cost not known, NaN.
 */
export const packedFields = {
  keyA: 0,
  keyB: 1,
  facet: 2,
  line: 3,
  at: 4,
  requests: 5,
  input: 6,
  cacheRead: 7,
  cacheWrite5m: 8,
  cacheWrite1h: 9,
  cacheWriteUnknown: 10,
  output: 11,
  reasoning: 12,
  cost: 13,
  precedence: 14,
  amount: 15,
  call: 16,
  extras: 17,
  session: 18,
} as const;
export const sameText = -2;
export const packedWidth = Object.keys(packedFields).length;

/** Where a record stands and who it is. */
export interface PackedPlace {
  readonly key: Key;
  readonly sourceId: number;
  readonly line: number;
}

export interface Packer {
  readonly count: number;
  /** Characters of text so far. */
  readonly characters: number;
  add(record: ImportedRecord, place: PackedPlace): void;
  /** What was added since the last call; further rows go into `next`. */
  cut(next: Float64Array): PackedRows;
}

export interface PackerOptions {
  readonly numbers: Float64Array;
  readonly costOf: CostOf;
  /** That of the importer, for a record that states none itself. */
  readonly evidence: Evidence;
}

/** Packs records, of one file or several, into arrays that hold as many rows as fit. */
export function createPacker(options: PackerOptions): Packer {
  let { numbers } = options;
  let count = 0;
  let text = '';
  let facets: FacetFacts[] = [];
  let facetsBefore = 0;
  const facetOf = createFacetFinder((facts) => facetsBefore + facets.push(facts) - 1);

  let session: string | null = null;
  /** Most rows are of the session of the row before. */
  const lengthOfSession = (one: string | null): number => {
    if (count > 1 && one === session) return sameText;
    session = one;
    return lengthOf(one);
  };

  let extras: ImportedRecord['extras'];
  /** Many formats have one object for all records of a session. */
  const lengthOfExtras = (one: ImportedRecord['extras']): number => {
    if (count > 1 && one === extras) return sameText;
    extras = one;
    return lengthOf(jsonOrNull(one));
  };

  const lengthOf = (one: string | null): number => {
    if (one === null) return -1;
    text += one;
    return one.length;
  };

  return {
    get count() {
      return count;
    },
    get characters() {
      return text.length;
    },
    add(record, { key, sourceId, line }) {
      const cost = options.costOf(record);
      const { tokens } = record;
      const evidence = record.evidence ?? options.evidence;
      let at = count++ * packedWidth;
      numbers[at++] = key.a;
      numbers[at++] = key.b;
      numbers[at++] = facetOf(record, { sourceId, evidence, cost });
      numbers[at++] = line;
      numbers[at++] = record.at;
      numbers[at++] = record.requests;
      numbers[at++] = tokens.input;
      numbers[at++] = tokens.cacheRead;
      numbers[at++] = tokens.cacheWrite5m;
      numbers[at++] = tokens.cacheWrite1h;
      numbers[at++] = tokens.cacheWriteUnknown;
      numbers[at++] = tokens.output;
      numbers[at++] = tokens.reasoning;
      numbers[at++] = cost.state === 'unpriced' ? Number.NaN : cost.nanoUsd;
      numbers[at++] = record.precedence ?? 0;
      numbers[at++] = lengthOf(record.amount?.value ?? null);
      numbers[at++] = lengthOf(record.vendorCallId ?? null);
      numbers[at++] = lengthOfExtras(record.extras);
      numbers[at] = lengthOfSession(record.session ?? null);
    },
    cut(next) {
      const packed = { count, numbers, text, facets };
      numbers = next;
      count = 0;
      text = '';
      facetsBefore += facets.length;
      facets = [];
      return packed;
    },
  };
}
