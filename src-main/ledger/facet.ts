import type { Evidence, ImportedRecord } from '../platform/record.ts';
import { jsonOrNull } from './content.ts';
import type { Cost } from './cost.ts';

/** What a record shares with others, in texts: a facet before its names are numbers. Plain JSON. */
export interface FacetFacts
  extends Pick<ImportedRecord, 'provider' | 'model' | 'grain'>,
    Required<Pick<ImportedRecord, 'charge'>> {
  readonly sourceId: number;
  /** '' where there is none, as in the four below. */
  readonly project: string;
  readonly status: string;
  readonly currency: string;
  readonly priceFacts: string;
  readonly priceVersion: string;
  readonly evidence: Evidence;
  readonly costState: Cost['state'];
  /** When the first record that has it was: what its model is called can depend on it. */
  readonly at: number;
}

/** What a facet has besides what the record says. */
export interface FacetContext {
  readonly sourceId: number;
  readonly evidence: Evidence;
  readonly cost: Cost;
}

function factsOf(content: ImportedRecord, { sourceId, cost, evidence }: FacetContext): FacetFacts {
  return {
    sourceId,
    provider: content.provider,
    model: content.model,
    project: content.project ?? '',
    grain: content.grain,
    charge: content.charge ?? 'usage',
    status: content.status ?? '',
    currency: content.amount?.currency ?? '',
    priceFacts: jsonOrNull(content.priceFacts) ?? '',
    priceVersion: cost.state === 'unpriced' ? '' : cost.version,
    evidence,
    costState: cost.state,
    at: content.at,
  };
}

/** Names come from files and may hold anything: with their lengths, no two different ones make one text. */
function textOf(f: FacetFacts): string {
  const lengths = `${f.model?.length}\u001f${f.project.length}\u001f${f.provider.length}`;
  return `${f.sourceId}\u001f${lengths}\u001f${f.model}\u001f${f.project}\u001f${f.provider}\u001f${f.grain}\u001f${f.costState}\u001f${f.priceVersion}\u001f${f.evidence}\u001f${f.charge}\u001f${f.status}\u001f${f.currency}\u001f${f.priceFacts}`;
}

interface Recent<T> {
  readonly facts: FacetFacts;
  readonly facet: T;
}

/** Whether a record has these facts; the most telling are looked at first. */
function has(facts: FacetFacts, content: ImportedRecord, context: FacetContext): boolean {
  return (
    facts.model === content.model &&
    facts.project === (content.project ?? '') &&
    facts.status === (content.status ?? '') &&
    facts.provider === content.provider &&
    facts.grain === content.grain &&
    facts.sourceId === context.sourceId &&
    facts.costState === context.cost.state &&
    facts.priceVersion === (context.cost.state === 'unpriced' ? '' : context.cost.version) &&
    facts.evidence === context.evidence &&
    facts.charge === (content.charge ?? 'usage') &&
    facts.currency === (content.amount?.currency ?? '') &&
    facts.priceFacts === (jsonOrNull(content.priceFacts) ?? '')
  );
}

const recentFacets = 16;

/** Facets by what they say, so that the thousands of records that share one have it made once. */
export function createFacetFinder<T>(
  make: (facts: FacetFacts) => T,
): (content: ImportedRecord, context: FacetContext) => T {
  const known = new Map<string, T>();
  const recent: Recent<T>[] = [];
  let oldest = 0;

  const find = (facts: FacetFacts): T => {
    const text = textOf(facts);
    const found = known.get(text);
    if (found !== undefined) return found;
    const facet = make(facts);
    known.set(text, facet);
    return facet;
  };

  return (content, context) => {
    for (const { facts, facet } of recent) if (has(facts, content, context)) return facet;
    const facts = factsOf(content, context);
    const facet = find(facts);
    recent[oldest] = { facts, facet };
    oldest = (oldest + 1) % recentFacets;
    return facet;
  };
}
