import { join } from 'node:path';
import { generateBilling } from './generate/billing.ts';
import { dataDir, dataset } from './generate/dataset.ts';
import { runChild } from './measure/child.ts';
import { medianOf, megabytes, printTable, repeat, seconds } from './measure/table.ts';

/** `npm run bench -- csv [rows] [runs]`: a billing file into an empty ledger. */
const [rows = 1_000_000, runs = 3] = process.argv.slice(2).map(Number);

interface Import {
  readonly wallMs: number;
  readonly longestPauseMs: number;
  readonly wrong: readonly string[];
}

const name = `billing-${rows}`;
const file = 'openrouter_activity.csv';
const { dir, truth } = dataset(name, (target) =>
  generateBilling({ path: join(target, file), rows, seed: 'billing' }),
);
const path = join(dir, file);
const floors = repeat(runs, () => runChild<{ wallMs: number }>('floor', [path]));
const imports = repeat(runs, () => runChild<Import>('import', [path, join(dataDir, 'billing-import')]));
const wall = medianOf(imports, (run) => run.wallMs);
const wrong = imports.flatMap((run) => run.wrong);
printTable(`Billing CSV, ${rows} rows, ${(truth.bytes / 1e6).toFixed(0)} MB`, [
  { what: 'floor: read, newlines found', found: seconds(medianOf(floors, (run) => run.wallMs)), target: '' },
  {
    what: 'recognised, priced, deduplicated, stored, rolled up',
    found: `${seconds(wall)} (${Math.round(rows / (wall / 1000)).toLocaleString('en')} rows/s)`,
    target: '3.3 s (300,000 rows/s)',
  },
  { what: 'CPU of the process', found: seconds(medianOf(imports, (run) => run.cpuMs)), target: '' },
  {
    what: 'peak memory of the process',
    found: megabytes(medianOf(imports, (run) => run.peakMegabytes)),
    target: '300 MB',
  },
  {
    what: 'longest pause of the main thread',
    found: seconds(medianOf(imports, (run) => run.longestPauseMs)),
    target: '50 ms',
  },
  { what: 'wrong cells by day and model', found: String(wrong.length), target: '0' },
]);
for (const sentence of wrong.slice(0, 10)) process.stdout.write(`${sentence}\n`);
