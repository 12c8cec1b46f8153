import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseWitnesses, type Witness } from './evidence.ts';

const witness = (sourceId: number, given: Partial<Witness> = {}): Witness => ({
  sourceId,
  evidence: 2,
  coverage: 'tool',
  usageRank: 0,
  hasUsage: true,
  hasMoney: true,
  spansMonth: false,
  ...given,
});
const billed = (sourceId: number, given: Partial<Witness> = {}): Witness =>
  witness(sourceId, { evidence: 0, coverage: 'account', usageRank: 3, hasUsage: false, ...given });

test('a billed export stands for the day’s money; the log keeps telling the tokens', () => {
  const chosen = chooseWitnesses([witness(1), billed(2)]);
  expect([...chosen.cost]).toEqual([2]);
  expect([...chosen.usage]).toEqual([1]);
});

test('the vendor’s usage export sees every call, so a log of one machine is not added to it', () => {
  const chosen = chooseWitnesses([witness(1), witness(2, { coverage: 'account', usageRank: 1 })]);
  expect([...chosen.cost]).toEqual([2]);
  expect([...chosen.usage]).toEqual([2]);
});

test('two tools on one account made different calls: both count', () => {
  const chosen = chooseWitnesses([witness(1), witness(2)]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
});

test('cost export and usage export of one vendor: money from the first, requests from the second', () => {
  const chosen = chooseWitnesses([
    billed(1, { usageRank: 2, hasUsage: true }),
    witness(2, { coverage: 'account', usageRank: 1 }),
  ]);
  expect([...chosen.cost]).toEqual([1]);
  expect([...chosen.usage]).toEqual([2]);
});

test('an estimate counts only where nothing better is known', () => {
  expect([...chooseWitnesses([witness(1, { evidence: 3 }), witness(2)]).cost]).toEqual([2]);
  expect([...chooseWitnesses([witness(1, { evidence: 3 })]).cost]).toEqual([1]);
});

const anyWitness = fc.record({
  evidence: fc.integer({ min: 0, max: 3 }),
  coverage: fc.constantFrom<'account' | 'tool'>('account', 'tool'),
  usageRank: fc.integer({ min: 0, max: 3 }),
  hasUsage: fc.boolean(),
  hasMoney: fc.boolean(),
  spansMonth: fc.boolean(),
});

test('always: some witness counts, at most one account-wide one does, and order never matters', () => {
  fc.assert(
    fc.property(fc.array(anyWitness, { minLength: 1, maxLength: 6 }), (list) => {
      const witnesses = list.map((one, i) => ({ ...one, sourceId: i + 1 }));
      const chosen = chooseWitnesses(witnesses);
      expect(chosen.cost.size).toBeGreaterThan(0);
      for (const set of [chosen.cost, chosen.usage]) {
        const wide = witnesses.filter((w) => set.has(w.sourceId) && w.coverage === 'account');
        if (wide.length > 0) expect(set.size).toBe(1);
      }
      const reversed = chooseWitnesses([...witnesses].reverse());
      expect([...reversed.cost].sort()).toEqual([...chosen.cost].sort());
      expect([...reversed.usage].sort()).toEqual([...chosen.usage].sort());
    }),
  );
});

test('a bill in a currency without a rate does not hide what the usage export is known to cost', () => {
  const chosen = chooseWitnesses([
    billed(1, { hasMoney: false }),
    witness(2, { coverage: 'account', usageRank: 1 }),
  ]);
  expect([...chosen.cost]).toEqual([2]);
});

test('a bill for a whole month stands before daily bills of the same evidence', () => {
  expect([...chooseWitnesses([billed(1), billed(2, { spansMonth: true })]).cost]).toEqual([2]);
});
