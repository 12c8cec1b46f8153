import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { startTestCore, type TestCore } from '../core.ts';
import { type LogSpecimen, logSpecimens, logText } from './log-specimen.ts';
import { type Mutated, mutatedDocument, mutatedLines, mutatedTable } from './mutate.ts';
import { type TableSpecimen, tableSpecimens } from './table-specimen.ts';

export type Specimen = TableSpecimen | LogSpecimen;

export function allSpecimens(): readonly Specimen[] {
  return [...tableSpecimens(), ...logSpecimens()];
}

/** Rows in one file: enough to meet one another, few enough to be shrunk. */
const rowsPerFile = 100;

/**
 * Imports this many mutated rows (or documents) of one sample through the real pipeline. Throws with the smallest file
 * found where accepted + duplicate + refused + skipped is not what the file holds, or where anything else fails.
 */
export async function fuzz(specimen: Specimen, rows: number): Promise<void> {
  await using t = await startTestCore();
  const isDocument = 'kind' in specimen && specimen.kind === 'document';
  const perFile = isDocument ? 1 : Math.min(rowsPerFile, rows);
  const held = isDocument ? await accountedFor(t, specimen, logText(specimen, specimen.units)) : 0;
  const files: fc.Arbitrary<Mutated> = !('kind' in specimen)
    ? mutatedTable(specimen, perFile)
    : isDocument
      ? mutatedDocument(specimen, held)
      : mutatedLines(specimen, perFile);
  const property = fc.asyncProperty(files, async ({ text, rows: expected }) => {
    const found = await accountedFor(t, specimen, text);
    // A broken number can only add something to tell: nothing a document brought before may vanish.
    if (isDocument ? found < expected : found !== expected)
      throw new Error(`${specimen.sample}: ${expected} rows, ${found} accounted for`);
  });
  await fc.assert(property, { numRuns: Math.max(1, Math.round(rows / Math.max(perFile, held))) });
}

async function accountedFor(t: TestCore, specimen: Specimen, text: string): Promise<number> {
  const path = join(t.dir, specimen.sample);
  writeFileSync(path, text);
  const wish = 'wish' in specimen ? specimen.wish : {};
  const as = wish.mapping === undefined ? { as: specimen.importer.id } : {};
  const { files, unreadable } = await t.call('imports.commit', { file: { path }, ...wish, ...as });
  const [done] = files;
  if (done === undefined) throw new Error(`${specimen.sample}: ${unreadable[0]?.reason}`);
  const { accepted, duplicate, refused, skipped } = done.counts;
  if (done.problems.length < Math.min(refused, 200))
    throw new Error(`${specimen.sample}: refusals without reasons`);
  return accepted + duplicate + refused + skipped;
}
