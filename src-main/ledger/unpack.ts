import type { StoredFacet } from '../store/facets.ts';
import type { Names } from '../store/names.ts';
import type { RecordRow } from '../store/records.ts';
import type { FacetFacts } from './facet.ts';
import { packedFields as field, type PackedRows, packedWidth } from './packed.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Unpacked {
  /** As many as `count` are of these rows; the objects are used again by the next call. */
  readonly rows: readonly RecordRow[];
  readonly count: number;
  facetOf(row: number): StoredFacet;
}

export interface UnpackOptions {
  readonly importId: number;
  readonly names: Names;
  readonly facetOf: (facts: FacetFacts) => StoredFacet;
}

function emptyRow(importId: number): Mutable<RecordRow> {
  return {
    ...{ key_a: 0, key_b: 0, import_id: importId, facet_id: 0, file_id: 0, line: 0, at: 0, session_id: 0 },
    ...{ requests: 0, input: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0, cache_write_unknown: 0 },
    ...{ output: 0, reasoning: 0, cost_nano_usd: 0, amount: null, precedence: 0, vendor_call_id: null },
    extras: null,
  };
}

/** Makes rows of what another thread packed of one file, batch by batch in their order. */
export function createUnpacker({
  importId,
  names,
  facetOf,
}: UnpackOptions): (packed: PackedRows) => Unpacked {
  const rows: Mutable<RecordRow>[] = [];
  const facets: StoredFacet[] = [];
  let numbers: Float64Array = new Float64Array(0);
  let text = '';
  let textAt = 0;

  const number = (at: number): number => numbers[at] ?? 0;

  const nextText = (length: number): string | null => {
    if (length < 0) return null;
    const from = textAt;
    textAt += length;
    return text.slice(from, textAt);
  };

  const fill = (row: Mutable<RecordRow>, at: number): void => {
    const cost = number(at + field.cost);
    row.key_a = number(at + field.keyA);
    row.key_b = number(at + field.keyB);
    row.facet_id = facets[number(at + field.facet)]?.id ?? 0;
    row.line = number(at + field.line);
    row.at = number(at + field.at);
    row.requests = number(at + field.requests);
    row.input = number(at + field.input);
    row.cache_read = number(at + field.cacheRead);
    row.cache_write_5m = number(at + field.cacheWrite5m);
    row.cache_write_1h = number(at + field.cacheWrite1h);
    row.cache_write_unknown = number(at + field.cacheWriteUnknown);
    row.output = number(at + field.output);
    row.reasoning = number(at + field.reasoning);
    row.cost_nano_usd = Number.isNaN(cost) ? null : cost;
    row.precedence = number(at + field.precedence);
    row.amount = nextText(number(at + field.amount));
    row.vendor_call_id = nextText(number(at + field.call));
    row.extras = nextText(number(at + field.extras));
    row.session_id = names.idOf(nextText(number(at + field.session)));
  };

  return (packed) => {
    ({ numbers, text } = packed);
    textAt = 0;
    for (const facts of packed.facets) facets.push(facetOf(facts));
    for (let i = 0; i < packed.count; i++) {
      const row = rows[i] ?? emptyRow(importId);
      rows[i] = row;
      fill(row, i * packedWidth);
    }
    return {
      rows,
      count: packed.count,
      facetOf: (row) => facets[packed.numbers[row * packedWidth + field.facet] ?? 0] as StoredFacet,
    };
  };
}
