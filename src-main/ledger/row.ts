import type { Evidence, ImportedRecord } from '../platform/record.ts';
import type { PriceBook } from '../pricing/index.ts';
import type { FacetRow, Facets, StoredFacet } from '../store/facets.ts';
import type { Names } from '../store/names.ts';
import type { RecordRow } from '../store/records.ts';
import { charges, costStates, grains, jsonOrNull } from './content.ts';
import type { CostOf } from './cost.ts';
import { evidenceIndex } from './evidence.ts';
import { createFacetFinder, type FacetFacts } from './facet.ts';

/** What a row has besides its content. */
export type RowOwner = Pick<RecordRow, 'key_a' | 'key_b' | 'import_id' | 'file_id' | 'line'> & {
  readonly source_id: number;
};

export interface MadeRow {
  readonly row: RecordRow;
  readonly facet: StoredFacet;
}

export interface RowMakerOptions {
  readonly names: Names;
  readonly facets: Facets;
  readonly prices: PriceBook;
  readonly costOf: CostOf;
}

/** `evidence` is that of the importer, for a record that states none itself. */
export type RowMaker = (record: ImportedRecord, own: RowOwner, evidence: Evidence) => MadeRow;

/** Makes stored rows of records: names as ids, the model understood, the cost settled. */
export function createRowMaker(options: RowMakerOptions): RowMaker {
  const { names, costOf } = options;
  const facetOf = createFacetFinder(createFacetMaker(options));
  return (content, own, evidence) => {
    const cost = costOf(content);
    const facet = facetOf(content, { sourceId: own.source_id, evidence: content.evidence ?? evidence, cost });
    const { tokens } = content;
    const row = {
      key_a: own.key_a,
      key_b: own.key_b,
      import_id: own.import_id,
      facet_id: facet.id,
      file_id: own.file_id,
      line: own.line,
      at: content.at,
      session_id: names.idOf(content.session),
      requests: content.requests,
      input: tokens.input,
      cache_read: tokens.cacheRead,
      cache_write_5m: tokens.cacheWrite5m,
      cache_write_1h: tokens.cacheWrite1h,
      cache_write_unknown: tokens.cacheWriteUnknown,
      output: tokens.output,
      reasoning: tokens.reasoning,
      cost_nano_usd: cost.state === 'unpriced' ? null : cost.nanoUsd,
      amount: content.amount?.value ?? null,
      precedence: content.precedence ?? 0,
      vendor_call_id: content.vendorCallId ?? null,
      extras: jsonOrNull(content.extras),
    };
    return { row, facet };
  };
}

/** Stores facets: their names as ids, the model understood. */
export function createFacetMaker({ names, facets, prices }: Omit<RowMakerOptions, 'costOf'>) {
  const rowOf = (facts: FacetFacts): FacetRow => ({
    source_id: facts.sourceId,
    provider_id: names.idOf(facts.provider),
    model_id:
      facts.model === null ? 0 : names.idOf(prices.resolve(facts.provider, facts.model, facts.at).canonical),
    model_raw_id: names.idOf(facts.model),
    project_id: names.idOf(facts.project),
    grain: grains.indexOf(facts.grain),
    cost_state: costStates.indexOf(facts.costState),
    price_version_id: names.idOf(facts.priceVersion),
    evidence: evidenceIndex(facts.evidence),
    charge: charges.indexOf(facts.charge),
    currency: facts.currency,
    status: facts.status,
    price_facts: facts.priceFacts,
  });
  return (facts: FacetFacts): StoredFacet => facets.of(rowOf(facts));
}
