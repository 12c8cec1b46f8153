import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRecords } from './merge.ts';
import { type ImportedRecord, noTokens, type Tokens } from './record.ts';

const base: ImportedRecord = {
  key: 'msg_1',
  at: 2_000,
  grain: 'instant',
  provider: 'anthropic',
  model: 'claude-opus-4-8',
  session: 's-b',
  requests: 1,
  tokens: { ...noTokens, input: 4, output: 1 },
};

const written = (t: Tokens) => t.cacheWrite5m + t.cacheWrite1h + t.cacheWriteUnknown;

/** Left out, null and precedence 0 are one statement in three spellings. */
function stated(record: ImportedRecord): object {
  const said = Object.entries(record).filter(
    ([name, value]) => value !== null && !(name === 'precedence' && value === 0),
  );
  return Object.fromEntries(said);
}

const count = fc.nat({ max: 5 });
const tokens = fc.record({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  cacheWriteUnknown: count,
  output: count,
  reasoning: count,
});
const word = fc.constantFrom('a', 'b', 'c');
/** Few values, so that ties are the rule. */
const record: fc.Arbitrary<ImportedRecord> = fc
  .record(
    {
      at: fc.nat({ max: 2 }),
      tokens,
      requests: count,
      model: fc.option(word),
      session: fc.option(word),
      project: fc.option(word),
      status: fc.option(word),
      vendorCallId: fc.option(word),
      precedence: fc.nat({ max: 1 }),
      amount: fc.record({
        value: fc.constantFrom('1', '1.0', '0.5'),
        currency: fc.constantFrom('USD', 'EUR'),
      }),
      priceFacts: fc.record({ serviceTier: word, speed: word, webSearches: count }, { requiredKeys: [] }),
      extras: fc.record({ agent: word }, { requiredKeys: [] }),
    },
    { requiredKeys: ['at', 'tokens', 'requests', 'model'] },
  )
  .map((drawn) => ({ ...base, ...drawn }) as ImportedRecord);

describe('merging two records of one call', () => {
  it('keeps or replaces as a whole where the rule says so', () => {
    const later = { ...base, at: 1_000, requests: 9 };
    expect(mergeRecords('first', base, later)).toBe(base);
    expect(mergeRecords('last', base, later)).toBe(later);
  });

  it('takes the finished counters and the first time of a streamed reply', () => {
    const final = { ...base, at: 3_500, session: 's-a', tokens: { ...noTokens, input: 4, output: 420 } };
    expect(mergeRecords('max', final, { ...base, status: 'incomplete' })).toEqual({
      ...base,
      tokens: { ...noTokens, input: 4, output: 420 },
      status: null,
      vendorCallId: null,
    });
  });

  it('names a copy at the same moment by the smaller session', () => {
    const copy = { ...base, session: 's-a', project: 'resumed' };
    expect(mergeRecords('max', base, copy)).toMatchObject({ session: 's-a', project: 'resumed' });
  });

  it('does not let a poorer copy read last replace a better one', () => {
    const better = { ...base, precedence: 1 };
    const poorer = { ...base, tokens: noTokens };
    expect(mergeRecords('last', better, poorer)).toBe(better);
    expect(mergeRecords('last', poorer, better)).toBe(better);
  });

  it('lets the main line replace a replay, larger or not', () => {
    const main = { ...base, precedence: 1 };
    const replay = { ...base, at: 1, precedence: 0, tokens: { ...noTokens, output: 900 } };
    expect(mergeRecords('max', replay, main)).toEqual(main);
  });

  it('does not count cache writes twice when only one copy states their lifetime', () => {
    const unknown = { ...base, tokens: { ...noTokens, cacheWriteUnknown: 900 } };
    const split = { ...base, tokens: { ...noTokens, cacheWrite1h: 900 } };
    expect(mergeRecords('max', unknown, split).tokens).toEqual(split.tokens);
  });

  it('keeps the stated money and price facts of whichever copy has them', () => {
    const billed = {
      ...base,
      at: 9_000,
      amount: { value: '0.0312', currency: 'USD' },
      priceFacts: { webSearches: 2 },
    };
    const tier = { ...base, priceFacts: { serviceTier: 'batch', webSearches: 1 } };
    expect(mergeRecords('max', tier, billed)).toMatchObject({
      amount: billed.amount,
      priceFacts: { serviceTier: 'batch', webSearches: 2 },
    });
  });
});

describe('the larger of each', () => {
  const max = (a: ImportedRecord, b: ImportedRecord) => mergeRecords('max', a, b);

  it('is the same in any order, any grouping, and when seen again', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(stated(max(a, b))).toEqual(stated(max(b, a)));
        expect(stated(max(max(a, b), c))).toEqual(stated(max(a, max(b, c))));
        expect(stated(max(max(a, b), b))).toEqual(stated(max(a, b)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never claims more cache writes than one of the two did', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(written(max(a, b).tokens)).toBeLessThanOrEqual(Math.max(written(a.tokens), written(b.tokens)));
      }),
    );
  });
});
