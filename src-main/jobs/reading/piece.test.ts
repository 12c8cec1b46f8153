import { expect, test } from 'vitest';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { createGatherer } from './piece.ts';

const record: ImportedRecord = {
  key: 'call',
  at: 1_000,
  grain: 'instant',
  provider: 'anthropic',
  model: 'm',
  requests: 1,
  tokens: { ...noTokens, output: 5 },
};
const saying = (more: Partial<ImportedRecord>) =>
  ({ kind: 'record', record: { ...record, ...more } }) as const;

test('lines of one reply are one, and those of another source stay apart until the ledger has placed them', () => {
  const gatherer = createGatherer({ merge: 'max' });
  gatherer.take(1, saying({}), '');
  gatherer.take(2, saying({ tokens: { ...noTokens, output: 9 } }), '');
  gatherer.take(3, saying({ coveredByPlan: true }), '');
  gatherer.take(4, saying({ provider: 'other' }), '');
  gatherer.take(5, saying({ provider: 'other', cut: 'by day' }), '');
  const { taken } = gatherer.cut();
  expect(taken.map(({ line, repeats }) => [line, repeats])).toEqual([
    [1, 1],
    [3, 0],
    [4, 0],
    [5, 0],
  ]);
  expect(taken[0]?.outcome).toMatchObject({ record: { tokens: { output: 9 } } });
});

test('a line the ledger would refuse spoils no other line of its reply, and can be looked at', () => {
  const gatherer = createGatherer({ merge: 'max' });
  gatherer.take(1, saying({}), 'one');
  gatherer.take(2, saying({ tokens: { ...noTokens, output: 1e15 } }), 'two');
  gatherer.take(3, saying({ amount: { value: '1000000000000', currency: 'USD' } }), 'three');
  expect(gatherer.cut().taken.map(({ outcome, raw }) => [outcome.kind, raw])).toEqual([
    ['record', null],
    ['refuse', 'two'],
    ['refuse', 'three'],
  ]);
});

test('a piece is full by its rows or by the text it carries, and empty once it was cut', () => {
  const gatherer = createGatherer({ merge: 'first' });
  const { key: _, ...keyless } = record;
  for (let line = 1; line < 2_000; line++) gatherer.take(line, saying({ key: String(line) }), '');
  expect(gatherer.isFull).toBe(false);
  gatherer.take(2_000, saying({ key: 'last' }), '');
  expect(gatherer.isFull).toBe(true);
  gatherer.cut();
  expect(gatherer.isFull).toBe(false);
  gatherer.take(1, { kind: 'record', record: keyless }, 'x'.repeat(5 * 1024 ** 2));
  expect(gatherer.isFull).toBe(true);
  gatherer.cut();
  expect(gatherer.isFull).toBe(false);
});
