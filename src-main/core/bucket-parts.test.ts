import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';

const header = 'account_id,date,group_by_dimension,group_by_value,subtotal_usd,currency';

/** One file: whole dollars of each row, of two buckets, with rows of other buckets between them. */
function fileOf(rows: readonly (readonly [bucket: string, usd: number])[], between: number): string {
  const lines = rows.flatMap(([bucket, usd], i) => [
    `a,2026-07-01,model,${bucket},${usd}.00,USD`,
    ...Array.from({ length: between }, (_, n) => `a,2026-07-02,model,other-${i}-${n},0.00,USD`),
  ]);
  return `${[header, ...lines].join('\n')}\n`;
}

async function sums(t: TestCore): Promise<Record<string, number>> {
  const filters = { from: '2026-07-01', to: '2026-07-01' };
  const { rows } = await t.call('report.run', { by: ['model'], filters });
  return Object.fromEntries(rows.map((row) => [row.model ?? '', row.cashNanoUsd / 1e9]));
}

async function drop(t: TestCore, name: string, text: string) {
  const path = join(t.dir, name);
  writeFileSync(path, text);
  const preview = await t.call('imports.preview', { file: { path } });
  const { files } = await t.call('imports.commit', { file: { path } });
  expect(preview.files[0]).toMatchObject({ counts: files[0]?.counts });
  return files[0];
}

test.each([0, 250])(
  'rows of one bucket add up in any order of theirs, with %i rows between them',
  async (between) => {
    await using t = await startTestCore();
    const first = await drop(
      t,
      'a.csv',
      fileOf(
        [
          ['m', 10],
          ['m', 2],
        ],
        between,
      ),
    );
    expect(first?.counts).toMatchObject({ accepted: 2 * (between + 1), duplicate: 0, refused: 0 });
    expect(await sums(t)).toEqual({ m: 12 });
    // The same bucket, its rows the other way round: nothing new.
    const turned = await drop(
      t,
      'b.csv',
      fileOf(
        [
          ['m', 2],
          ['m', 10],
        ],
        between,
      ),
    );
    expect(turned).toMatchObject({ importId: null, counts: { accepted: 0 } });
    expect(await sums(t)).toEqual({ m: 12 });
    // It grew: 15 takes the place of 12, and taking that back leaves 12.
    const grown = await drop(
      t,
      'c.csv',
      fileOf(
        [
          ['m', 2],
          ['m', 13],
        ],
        between,
      ),
    );
    expect(await sums(t)).toEqual({ m: 15 });
    await t.call('imports.undo', { importId: grown?.importId ?? 0 });
    expect(await sums(t)).toEqual({ m: 12 });
    await t.call('imports.undo', { importId: first?.importId ?? 0 });
    expect(await sums(t)).toEqual({});
  },
);

test('always: a bucket is the largest sum any standing file states of it', async () => {
  const row = fc.tuple(fc.constantFrom('m', 'n'), fc.integer({ min: 1, max: 9 }));
  const file = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 5 }),
    between: fc.constantFrom(0, 0, 210),
    isUndone: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      await using t = await startTestCore();
      const imports: (number | null)[] = [];
      for (const [i, { rows, between }] of files.entries())
        imports.push((await drop(t, `${i}.csv`, fileOf(rows, between)))?.importId ?? null);
      const standing = files.filter(({ isUndone }, i) => !isUndone || imports[i] === null);
      for (const [i, { isUndone }] of files.entries())
        if (isUndone && imports[i] != null) await t.call('imports.undo', { importId: imports[i] });
      const found = await sums(t);
      for (const bucket of ['m', 'n']) {
        const stated = standing.map(({ rows }) =>
          rows.filter(([name]) => name === bucket).reduce((sum, [, usd]) => sum + usd, 0),
        );
        // A file that brought nothing new was not kept, so it does not speak when what it repeated is undone.
        const kept = standing.filter((one) => imports[files.indexOf(one)] !== null);
        const least = Math.max(
          0,
          ...kept.map(({ rows }) =>
            rows.filter(([n]) => n === bucket).reduce((sum, [, usd]) => sum + usd, 0),
          ),
        );
        expect(found[bucket] ?? 0).toBeGreaterThanOrEqual(least);
        expect(found[bucket] ?? 0).toBeLessThanOrEqual(Math.max(0, ...stated));
      }
    }),
    { numRuns: 25 },
  );
});
