import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImportedRecord, noTokens, tokenBuckets } from '../../platform/record.ts';
import { packPiece, unpackPiece } from './packed.ts';
import type { Taken } from './piece.ts';

const extras = [{ cwd: '/a' }, { cwd: '/a' }, { cwd: '/b', list: [1, null] }] as const;
const facts = [{ speed: 'fast' }, { webSearches: 2 }] as const;
const record = fc.record(
  {
    key: fc.constantFrom('a', 'b', 'msg_\u0000"\u00e9'),
    at: fc.integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }),
    grain: fc.constantFrom('instant', 'day'),
    provider: fc.constantFrom('anthropic', 'aws'),
    model: fc.constantFrom('m', null),
    project: fc.constantFrom('p', null),
    session: fc.constantFrom('s', 't', null),
    requests: fc.constantFrom(0, 1),
    tokens: fc.record(Object.fromEntries(tokenBuckets.map((bucket) => [bucket, fc.nat()]))),
    amount: fc.constantFrom({ value: '0.1', currency: 'USD' }, { value: '0.2', currency: 'EUR' }),
    coveredByPlan: fc.constant(true),
    evidence: fc.constantFrom('billed', 'recorded'),
    charge: fc.constantFrom('usage', 'tax'),
    priceFacts: fc.constantFrom(...facts),
    vendorCallId: fc.constantFrom('a', 'b', 'other', null),
    status: fc.constantFrom('incomplete', null),
    cut: fc.constantFrom('by day'),
    precedence: fc.constantFrom(0, 1),
    extras: fc.constantFrom(...extras),
  },
  { requiredKeys: ['at', 'grain', 'provider', 'model', 'requests', 'tokens'] },
) as fc.Arbitrary<ImportedRecord>;
const outcome = fc.oneof(
  { weight: 6, arbitrary: record.map((one) => ({ kind: 'record', record: one }) as const) },
  fc.array(record).map((records) => ({ kind: 'records', records }) as const),
  fc.constant({ kind: 'refuse', reason: 'no time' } as const),
);
const taken: fc.Arbitrary<Taken> = fc.record({
  line: fc.nat(),
  repeats: fc.nat({ max: 5 }),
  outcome,
  raw: fc.constantFrom(null, null, 'the line'),
});

test('a piece comes out of its packing as JSON would give it back, whatever its records share', () => {
  fc.assert(
    fc.property(fc.array(taken, { maxLength: 30 }), fc.nat(), fc.nat(), (all, duplicate, skipped) => {
      const piece = { taken: all, duplicate, skipped };
      expect(unpackPiece(structuredClone(packPiece(piece)))).toEqual(JSON.parse(JSON.stringify(piece)));
    }),
    { seed: 20_261_128, numRuns: 500 },
  );
});

test('records of one session say once what they share', () => {
  const one: ImportedRecord = {
    key: 'a',
    at: 1,
    grain: 'instant',
    provider: 'anthropic',
    model: 'm',
    requests: 1,
    tokens: noTokens,
    extras: { cwd: '/home/dev/shop' },
  };
  const lines = Array.from({ length: 50 }, (_, line) => ({
    line,
    repeats: 0,
    raw: null,
    outcome: { kind: 'record', record: { ...one, key: `msg_${line}`, extras: { ...one.extras } } } as const,
  }));
  const { json } = packPiece({ taken: lines, duplicate: 0, skipped: 0 });
  expect(json.split('/home/dev/shop')).toHaveLength(2);
});
