import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chosen, chooseWitnesses as chooseOnDays, type Witness } from './evidence.ts';

const witness = (sourceId: number, given: Partial<Witness> = {}): Witness => ({
  sourceId,
  importer: `importer ${sourceId}`,
  vendor: 'openai',
  cut: '',
  evidence: 2,
  coverage: 'tool',
  usageRank: 0,
  hasUsage: true,
  hasMoney: true,
  spansMonth: false,
  money: 1,
  usage: 1,
  ...given,
});
const chooseWitnesses = (day: readonly Witness[]): Chosen => {
  const [chosen] = chooseOnDays([day]);
  if (chosen === undefined) throw new Error('a day without an answer');
  return chosen;
};
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

test('of a vendor’s bill read from its API and the same bill as a file, the one that is read again counts', () => {
  const chosen = chooseWitnesses([billed(1, { usageRank: 2 }), billed(2, { importer: 'sync:openai:costs' })]);
  expect([...chosen.cost]).toEqual([2]);
});

const anyWitness = fc.record({
  importer: fc.constantFrom('a', 'b'),
  vendor: fc.constantFrom('openai', 'anthropic'),
  cut: fc.constantFrom('', 'by hour'),
  evidence: fc.integer({ min: 0, max: 3 }),
  coverage: fc.constantFrom<'account' | 'tool'>('account', 'tool'),
  usageRank: fc.integer({ min: 0, max: 3 }),
  hasUsage: fc.boolean(),
  hasMoney: fc.boolean(),
  spansMonth: fc.boolean(),
  money: fc.integer({ min: -1, max: 2 }),
  usage: fc.nat({ max: 2 }),
});

test('always: some witness counts, of one vendor at most one account-wide export does, and order never matters', () => {
  fc.assert(
    fc.property(fc.array(anyWitness, { minLength: 1, maxLength: 6 }), (list) => {
      const witnesses = list.map((one, i) => ({ ...one, sourceId: i + 1 }));
      const chosen = chooseWitnesses(witnesses);
      expect(chosen.cost.size).toBeGreaterThan(0);
      for (const set of [chosen.cost, chosen.usage]) {
        const wide = witnesses.filter((w) => set.has(w.sourceId) && w.coverage === 'account');
        if (wide.length > 0) expect(wide).toHaveLength(set.size);
        for (const vendor of ['openai', 'anthropic']) {
          const exports = wide.filter((w) => w.vendor === vendor).map((w) => `${w.importer} ${w.cut}`);
          expect(new Set(exports).size).toBeLessThanOrEqual(1);
        }
      }
      const reversed = chooseWitnesses([...witnesses].reverse());
      expect([...reversed.cost].sort()).toEqual([...chosen.cost].sort());
      expect([...reversed.usage].sort()).toEqual([...chosen.usage].sort());
      // Sources are numbered as they are first imported: the other way round the day comes to the same.
      const renumbered = chooseWitnesses(witnesses.map((one) => ({ ...one, sourceId: 100 - one.sourceId })));
      for (const [kind, amount] of [
        ['cost', 'money'],
        ['usage', 'usage'],
      ] as const) {
        const sum = (set: ReadonlySet<number>, idOf: (id: number) => number) =>
          witnesses.reduce((total, one) => total + (set.has(idOf(one.sourceId)) ? one[amount] : 0), 0);
        expect(sum(renumbered[kind], (id) => 100 - id)).toBe(sum(chosen[kind], (id) => id));
      }
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

test('of two exports as good as each other the one that states more counts, whichever was imported first', () => {
  const [hours, days] = [{ cut: 'by hour' }, { cut: 'by day', money: 5, usage: 9 }];
  for (const [first, second, best] of [
    [hours, days, 2],
    [days, hours, 1],
  ] as const) {
    const usage = { coverage: 'account', importer: 'usage', usageRank: 1 } as const;
    const chosen = chooseWitnesses([witness(1, { ...usage, ...first }), witness(2, { ...usage, ...second })]);
    expect([[...chosen.cost], [...chosen.usage]]).toEqual([[best], [best]]);
  }
});

test('a bill for a whole month stands before daily bills of the same evidence', () => {
  expect([...chooseWitnesses([billed(1), billed(2, { spansMonth: true })]).cost]).toEqual([2]);
});

test('exports of two vendors in one account saw different calls: both count', () => {
  const chosen = chooseWitnesses([billed(1), billed(2, { vendor: 'anthropic' })]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
});

test('two products of a vendor that are connected apart each tell a part of its bill; a file of it stands beside neither', () => {
  const chosen = chooseWitnesses([
    billed(1, { vendor: 'google', importer: 'sync:gemini:billing-export' }),
    billed(2, { vendor: 'google', importer: 'sync:vertex:billing-export' }),
    billed(3, { vendor: 'google', importer: 'google-cost-table' }),
  ]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
});

test('what a gateway estimates of an account is not added to what that account is billed', () => {
  const gateway = witness(1, { vendor: 'gate', coverage: 'account', evidence: 3, usageRank: 1 });
  const usage = witness(2, { coverage: 'account', usageRank: 1 });
  expect([...chooseWitnesses([gateway, billed(3)]).cost]).toEqual([3]);
  expect([...chooseWitnesses([gateway, usage]).cost]).toEqual([2]);
  expect([...chooseWitnesses([gateway, usage]).usage]).toEqual([2]);
  expect([...chooseWitnesses([gateway, billed(3)]).usage]).toEqual([1]);
  // Nor does a bill without an exchange rate hide it.
  expect([...chooseWitnesses([gateway, billed(3, { hasMoney: false })]).cost]).toEqual([1]);
});

test('what a plan covered and what it did not are one export: both count', () => {
  const chosen = chooseWitnesses([
    billed(1, { importer: 'cursor-usage', hasUsage: true }),
    billed(2, { importer: 'cursor-usage', hasUsage: true }),
  ]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
  expect([...chosen.usage].sort()).toEqual([1, 2]);
});

test('two cuts of a tool’s export state the same calls: one of them counts, another tool beside it', () => {
  const chosen = chooseWitnesses([
    witness(1, { importer: 'gateway', cut: 'by team' }),
    witness(2, { importer: 'gateway', cut: 'by user' }),
    witness(3),
  ]);
  expect([...chosen.cost].sort()).toEqual([1, 3]);
  expect([...chosen.usage].sort()).toEqual([1, 3]);
});

test('two files mapped by hand that are not trusted alike are of two tools: both count', () => {
  const mapped = { importer: 'mapped' };
  const chosen = chooseWitnesses([witness(1, mapped), witness(2, { ...mapped, evidence: 1 })]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
});

test('a tool whose calls have no price stays beside one whose calls have, so that the total is known to be too low', () => {
  const chosen = chooseWitnesses([witness(1), witness(2, { hasMoney: false })]);
  expect([...chosen.cost].sort()).toEqual([1, 2]);
});

test('a record of a whole month counts on no day where another counts on any, or that one would count twice', () => {
  const month = witness(1, { spansMonth: true, usageRank: 2 });
  const days = chooseOnDays([[month], [month, billed(2)]]);
  expect(days.map(({ cost }) => [...cost])).toEqual([[], [2]]);
  expect(days.map(({ usage }) => [...usage])).toEqual([[1], [1]]);
});
