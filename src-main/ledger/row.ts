import type { Evidence, ImportedRecord } from '../platform/record.ts';
import type { PriceBook } from '../pricing/index.ts';
import type { FacetRow, Facets, StoredFacet } from '../store/facets.ts';
import type { Names } from '../store/names.ts';
import type { RecordRow } from '../store/records.ts';
import { charges, costStates, grains, jsonOrNull } from './content.ts';
import type { Cost, CostOf } from './cost.ts';
import { evidenceIndex } from './evidence.ts';

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
  const facetOf = createFacetFinder(options);
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

interface Shared {
  readonly sourceId: number;
  readonly cost: Cost;
  readonly evidence: Evidence;
}

/** Facets by what they say, so that the thousands of records that share one look it up once. */
function createFacetFinder({ names, facets, prices }: RowMakerOptions) {
  const known = new Map<string, StoredFacet>();
  const make = (content: ImportedRecord, { sourceId, cost, evidence }: Shared, facts: string): FacetRow => ({
    source_id: sourceId,
    provider_id: names.idOf(content.provider),
    model_id:
      content.model === null
        ? 0
        : names.idOf(prices.resolve(content.provider, content.model, content.at).canonical),
    model_raw_id: names.idOf(content.model),
    project_id: names.idOf(content.project),
    grain: grains.indexOf(content.grain),
    cost_state: costStates.indexOf(cost.state),
    price_version_id: cost.state === 'unpriced' ? 0 : names.idOf(cost.version),
    evidence: evidenceIndex(evidence),
    charge: charges.indexOf(content.charge ?? 'usage'),
    currency: content.amount?.currency ?? '',
    status: content.status ?? '',
    price_facts: facts,
  });
  return (content: ImportedRecord, shared: Shared): StoredFacet => {
    const { sourceId, cost, evidence } = shared;
    const { provider, model, project, grain, charge = 'usage', status, amount, priceFacts } = content;
    const facts = jsonOrNull(priceFacts) ?? '';
    const version = cost.state === 'unpriced' ? '' : cost.version;
    // Names come from files and may hold anything: with their lengths, no two different ones make one text.
    const lengths = `${model?.length}\u001f${project?.length}\u001f${provider.length}`;
    const text = `${sourceId}\u001f${lengths}\u001f${model}\u001f${project}\u001f${provider}\u001f${grain}\u001f${cost.state}\u001f${version}\u001f${evidence}\u001f${charge}\u001f${status ?? ''}\u001f${amount?.currency ?? ''}\u001f${facts}`;
    let facet = known.get(text);
    if (facet === undefined) {
      facet = facets.of(make(content, shared, facts));
      known.set(text, facet);
    }
    return facet;
  };
}
