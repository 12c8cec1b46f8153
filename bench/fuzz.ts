import fc from 'fast-check';
import { allSpecimens, fuzz } from '../src-main/testing/hostile/fuzz.ts';
import { printTable } from './measure/table.ts';

/** `npm run bench -- fuzz [rows] [seed]`: mutated rows through every importer; ends red where one is not accounted for. */
const [rows = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
fc.configureGlobal({ seed });
const specimens = allSpecimens();
const each = Math.ceil(rows / specimens.length);
const started = performance.now();
let failed = 0;
for (const specimen of specimens) {
  try {
    await fuzz(specimen, each);
  } catch (error) {
    failed++;
    process.stdout.write(`${specimen.sample}: ${error instanceof Error ? error.message : error}\n`);
  }
}
const seconds = (performance.now() - started) / 1000;
printTable(`Fuzz, ${each * specimens.length} mutated rows or messages, seed ${seed}`, [
  {
    what: 'samples whose rows were all accounted for',
    found: String(specimens.length - failed),
    target: String(specimens.length),
  },
  { what: 'rows a second', found: String(Math.round((each * specimens.length) / seconds)), target: '' },
]);
process.exitCode = failed === 0 ? 0 : 1;
