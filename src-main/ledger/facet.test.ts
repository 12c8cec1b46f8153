import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { createFacetFinder, type FacetContext, type FacetFacts } from './facet.ts';

const few = fc.constantFrom('', 'a', 'b', 'a\u001fb');
const content: fc.Arbitrary<ImportedRecord> = fc
  .record(
    {
      provider: few,
      model: fc.constantFrom(null, '', 'null', 'm', ...Array.from({ length: 20 }, (_, i) => `m${i}`)),
      project: fc.constantFrom(null, undefined, '', 'a', 'b'),
      status: fc.constantFrom(null, undefined, '', 'error'),
      grain: fc.constantFrom('instant', 'day'),
      charge: fc.constantFrom(undefined, 'usage', 'tax'),
      amount: fc.constantFrom(undefined, { value: '1', currency: 'USD' }, { value: '2', currency: 'EUR' }),
      priceFacts: fc.constantFrom(undefined, {}, { speed: 'fast' }, { webSearches: 1 }),
    },
    { requiredKeys: ['provider', 'model', 'grain'] },
  )
  // A key with nothing in it reads as one left out.
  .map((some) => ({ at: 0, requests: 1, tokens: noTokens, ...some }) as ImportedRecord);
const context: fc.Arbitrary<FacetContext> = fc.record({
  sourceId: fc.constantFrom(1, 2),
  evidence: fc.constantFrom('billed', 'recorded'),
  cost: fc.constantFrom<FacetContext['cost']>(
    { state: 'unpriced', reason: 'r' },
    { state: 'priced', nanoUsd: 1, version: 'v' },
    { state: 'free', nanoUsd: 0, version: 'v' },
  ),
});

/** All a facet says, with what is left out as what it reads as. */
function expected(c: ImportedRecord, { sourceId, evidence, cost }: FacetContext): unknown {
  const facts = c.priceFacts && Object.keys(c.priceFacts).length > 0 ? JSON.stringify(c.priceFacts) : '';
  return {
    ...{ sourceId, evidence, provider: c.provider, model: c.model, project: c.project ?? '' },
    ...{ grain: c.grain, charge: c.charge ?? 'usage', status: c.status ?? '', priceFacts: facts },
    ...{ currency: c.amount?.currency ?? '', costState: cost.state, at: 0 },
    priceVersion: cost.state === 'unpriced' ? '' : cost.version,
  };
}

test('a record always gets the facet that says what it says, and each is made once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(content, context), { minLength: 1, maxLength: 120 }), (records) => {
      const made: FacetFacts[] = [];
      const facetOf = createFacetFinder((facts) => made.push(facts) - 1);
      for (const [one, from] of records) expect(made[facetOf(one, from)]).toEqual(expected(one, from));
      expect(new Set(made.map((facts) => JSON.stringify(facts))).size).toBe(made.length);
    }),
  );
});
