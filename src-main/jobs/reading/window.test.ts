import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { packPiece } from './packed.ts';
import { createGatherer, type Taken } from './piece.ts';
import { createWindow } from './window.ts';

const record = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', undefined),
    at: fc.integer({ min: 1, max: 9 }),
    provider: fc.constantFrom('anthropic', 'aws'),
    session: fc.constantFrom('s', 't'),
    output: fc.nat({ max: 9 }),
    precedence: fc.constantFrom(0, 1),
    status: fc.constantFrom('incomplete', null),
  })
  .map(
    ({ output, key, ...rest }): ImportedRecord => ({
      ...rest,
      ...(key !== undefined && { key }),
      grain: 'instant',
      model: 'm',
      requests: 1,
      tokens: { ...noTokens, output },
    }),
  );
const files = fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 6 });

/** What a window gives of files whose lines were gathered as a reader does. */
function throughWindow(rule: 'max' | 'last', all: readonly (readonly ImportedRecord[])[]) {
  const out: { file: number; taken: Taken }[] = [];
  const mergedAt: number[] = [];
  const window = createWindow(rule, {
    take: (file, taken) => void out.push({ file, taken }),
    merged: (at) => void mergedAt.push(at),
  });
  let counted = 0;
  for (const [file, records] of all.entries()) {
    const gatherer = createGatherer({ merge: rule });
    for (const [line, one] of records.entries()) gatherer.take(line, { kind: 'record', record: one }, 'raw');
    const { duplicate, skipped } = window.add(file, packPiece(gatherer.cut()));
    counted += duplicate + skipped;
  }
  window.end();
  return { out, mergedAt, counted };
}

test('files read one after the other come to what one file of all their lines comes to', () => {
  fc.assert(
    fc.property(files, (all) => {
      const { out, mergedAt } = throughWindow('max', all);
      const gatherer = createGatherer({ merge: 'max' });
      for (const one of all.flat()) gatherer.take(0, { kind: 'record', record: one }, 'raw');
      const whole = JSON.parse(JSON.stringify(gatherer.cut().taken)) as Taken[];
      const content = (taken: Taken) => ({ outcome: taken.outcome, repeats: taken.repeats });
      expect(out.map(({ taken }) => content(taken))).toEqual(whole.map(content));
      // Every line is taken or merged, and those that were merged across files are told.
      expect(out.reduce((sum, { taken }) => sum + 1 + taken.repeats, 0)).toBe(all.flat().length);
      expect(mergedAt.length).toBeLessThanOrEqual(all.flat().length);
    }),
    { seed: 20_261_128, numRuns: 1_000 },
  );
});

test('a reply is of the file that said it first, however far behind its copies stand', () => {
  const line = (key: string): ImportedRecord => ({
    key,
    at: 1,
    grain: 'instant',
    provider: 'anthropic',
    model: 'm',
    requests: 1,
    tokens: noTokens,
  });
  const many = Array.from({ length: 20_000 }, (_, index) => line(`r${index}`));
  const { out } = throughWindow('max', [many, [line('r19999'), line('r5'), line('r20000')]]);
  // What was let go in the meantime is left to the ledger, which knows it.
  expect(out).toHaveLength(20_002);
  expect(out.map(({ taken }) => taken.outcome)).toMatchObject([
    ...many.map(({ key }) => ({ record: { key } })),
    { record: { key: 'r5' } },
    { record: { key: 'r20000' } },
  ]);
  expect(out[19_999]).toMatchObject({ file: 0, taken: { line: 19_999, repeats: 1 } });
});

test('formats whose later line stands for the earlier ones keep every line', () => {
  const one = {
    key: 'a',
    at: 1,
    grain: 'instant',
    provider: 'p',
    model: 'm',
    requests: 1,
    tokens: noTokens,
  } as const;
  const { out } = throughWindow('last', [[one, one], [one]]);
  expect(out.map(({ file, taken }) => [file, taken.repeats])).toEqual([
    [0, 0],
    [0, 0],
    [1, 0],
  ]);
});
