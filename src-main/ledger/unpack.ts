import type { StoredFacet } from '../store/facets.ts';
import type { Names } from '../store/names.ts';
import type { RecordRow } from '../store/records.ts';
import type { FacetFacts } from './facet.ts';
import { packedFields as field, type PackedRows, packedWidth, sameText } from './packed.ts';

/** A row that is filled anew for each record: making an object for each would keep the garbage collector busy. */
export type OpenRow = { -readonly [K in keyof RecordRow]: RecordRow[K] };

export function emptyRow(importId: number): OpenRow {
  return {
    ...{ key_a: 0, key_b: 0, import_id: importId, facet_id: 0, file_id: 0, line: 0, at: 0, session_id: 0 },
    ...{ requests: 0, input: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0, cache_write_unknown: 0 },
    ...{ output: 0, reasoning: 0, cost_nano_usd: 0, amount: null, precedence: 0, vendor_call_id: null },
    extras: null,
  };
}

/** Takes rows out of what one thread packed, batch by batch in its order. */
export interface Unpacker {
  begin(batch: PackedRows): void;
  /** Fills a row with the next of the batch, but for the import and the file it is of, and answers with its facet. */
  next(row: OpenRow): StoredFacet;
}

export interface UnpackOptions {
  readonly names: Names;
  readonly facetOf: (facts: FacetFacts) => StoredFacet;
}

export function createUnpacker({ names, facetOf }: UnpackOptions): Unpacker {
  const facets: StoredFacet[] = [];
  let numbers: Float64Array = new Float64Array(0);
  let text = '';
  let [at, textAt, sessionId] = [0, 0, 0];
  let extras: string | null = null;

  const number = (place: number): number => numbers[place] ?? 0;

  const nextText = (length: number): string | null => {
    if (length < 0) return null;
    const from = textAt;
    textAt += length;
    return text.slice(from, textAt);
  };

  return {
    begin(batch) {
      ({ numbers, text } = batch);
      [at, textAt] = [0, 0];
      for (const facts of batch.facets) facets.push(facetOf(facts));
    },
    next(row) {
      const cost = number(at + field.cost);
      // Told with this batch or an earlier one.
      const facet = facets[number(at + field.facet)] as StoredFacet;
      row.key_a = number(at + field.keyA);
      row.key_b = number(at + field.keyB);
      row.facet_id = facet.id;
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
      const extrasLength = number(at + field.extras);
      if (extrasLength !== sameText) extras = nextText(extrasLength);
      row.extras = extras;
      const session = number(at + field.session);
      if (session !== sameText) sessionId = names.idOf(nextText(session));
      row.session_id = sessionId;
      at += packedWidth;
      return facet;
    },
  };
}
