import { expect, test } from 'vitest';
import { claudeCode } from '../../importers/claude-code.ts';
import { packedFields as field, packedWidth } from '../../ledger/packed.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { createGatherer, type Piece, pieceRows } from './piece.ts';

const record: ImportedRecord = {
  key: 'call',
  at: 1_000,
  grain: 'instant',
  provider: 'anthropic',
  model: 'm',
  requests: 1,
  tokens: { ...noTokens, output: 5 },
};
const { key: _, ...keyless } = record;
const saying = (more: Partial<ImportedRecord>) =>
  ({ kind: 'record', record: { ...record, ...more } }) as const;

/** A gatherer of a format with this rule, and what it posted. Each origin is a source of its own. */
function gather(merge: LogImporter['merge']) {
  const pieces: Piece[] = [];
  const gatherer = createGatherer({
    importer: { ...claudeCode, merge },
    sourceOf: ({ provider, cut = '', coveredByPlan = false }) =>
      ['anthropic|false', 'anthropic|true', 'other|false'].indexOf(`${provider}${cut}|${coveredByPlan}`),
    costOf: () => ({ state: 'unpriced', reason: 'no price' }),
    post: (piece) => void pieces.push(piece),
  });
  return { gatherer, pieces };
}

function numbersOf({ packed }: Piece, name: keyof typeof field): readonly number[] {
  const count = packed?.count ?? 0;
  return Array.from(
    { length: count },
    (_one, row) => packed?.numbers[row * packedWidth + field[name]] ?? Number.NaN,
  );
}

test('lines of one reply are one, and those of another source stay apart until the ledger has placed them', () => {
  const { gatherer, pieces } = gather('max');
  gatherer.take(1, saying({}), '');
  gatherer.take(2, saying({ tokens: { ...noTokens, output: 9 } }), '');
  gatherer.take(3, saying({ coveredByPlan: true }), '');
  gatherer.take(4, saying({ provider: 'other' }), '');
  gatherer.end();
  const [piece] = pieces;
  expect(pieces).toHaveLength(1);
  expect(piece?.duplicate).toBe(1);
  expect(piece && numbersOf(piece, 'line')).toEqual([1, 3, 4]);
  expect(piece && numbersOf(piece, 'output')).toEqual([9, 5, 5]);
  expect(piece?.packed?.facets.map(({ sourceId }) => sourceId)).toEqual([0, 1, 2]);
});

test('a format whose later line stands for the earlier ones keeps every line', () => {
  const { gatherer, pieces } = gather('last');
  for (const line of [1, 2]) gatherer.take(line, saying({}), '');
  gatherer.end();
  expect(pieces.map((piece) => numbersOf(piece, 'line'))).toEqual([[1, 2]]);
});

test('a line the ledger would refuse spoils no other line of its reply, and can be looked at', () => {
  const { gatherer, pieces } = gather('max');
  gatherer.take(1, saying({}), 'one');
  gatherer.take(2, saying({ tokens: { ...noTokens, output: 1e15 } }), 'two');
  gatherer.take(3, saying({ amount: { value: '1000000000000', currency: 'USD' } }), 'three');
  gatherer.take(4, { kind: 'refuse', reason: 'no time' }, 'x'.repeat(10_000));
  gatherer.end();
  const [piece] = pieces;
  expect(piece && numbersOf(piece, 'output')).toEqual([5]);
  expect(piece?.loose.map(({ line, outcome, raw }) => [line, outcome.kind, raw.length])).toEqual([
    [2, 'refuse', 3],
    [3, 'refuse', 5],
    [4, 'refuse', 4_096],
  ]);
});

test('a line without an id, or of several records, comes in its place: after what was packed before it', () => {
  const { gatherer, pieces } = gather('last');
  gatherer.take(1, saying({}), '');
  gatherer.take(2, { kind: 'record', record: keyless }, 'the line');
  gatherer.take(3, { kind: 'records', records: [record, record] }, 'both');
  gatherer.take(4, saying({}), '');
  gatherer.take(5, { kind: 'records', records: [] }, 'none');
  gatherer.take(6, { kind: 'skip', reason: 'nothing' }, '');
  gatherer.take(7, { kind: 'duplicate' }, '');
  gatherer.end();
  const seen = pieces.map((piece) => [piece.loose.map(({ line }) => line), numbersOf(piece, 'line')]);
  expect(seen).toEqual([
    [[], [1]],
    [[2, 3], [4]],
  ]);
  expect(pieces[1]).toMatchObject({ duplicate: 1, skipped: 2 });
});

test('a piece is posted when its rows or its text are many, and pieces do not share their numbers', () => {
  const { gatherer, pieces } = gather('first');
  for (let line = 1; line <= pieceRows; line++) gatherer.take(line, saying({ key: String(line) }), '');
  expect(pieces.map(({ packed }) => packed?.count)).toEqual([pieceRows]);
  gatherer.take(1, { kind: 'record', record: keyless }, 'x'.repeat(5 * 1024 ** 2));
  expect(pieces.map(({ loose }) => loose.length)).toEqual([0, 1]);
  gatherer.take(7, saying({ key: 'last' }), '');
  gatherer.end();
  const [first] = pieces;
  expect(first && numbersOf(first, 'line').slice(0, 2)).toEqual([1, 2]);
});
