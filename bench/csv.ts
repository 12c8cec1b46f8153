import { join } from 'node:path';
import { generateBilling } from './generate/billing.ts';
import { dataDir, dataset } from './generate/dataset.ts';
import { type Costs, runChild } from './measure/child.ts';
import { type Contender, printComparison } from './measure/compare.ts';
import { medianOf, megabytes, printTable, repeat, seconds } from './measure/table.ts';
import { installPeer, peersDir, peerVersions } from './peers/install.ts';
import { judge, type PeerTotals } from './peers/totals.ts';

/** `npm run bench -- csv [rows] [runs]`: a billing file into an empty ledger, and into DuckDB. */
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
printComparison(`Billing CSV, ${rows} rows, beside DuckDB`, [ours(), ...duckDb()]);

function ours(): Contender {
  return {
    name: 'LLMLab',
    does: 'recognises, prices, deduplicates, stores, rolls up',
    first: imports,
    laterMs: [],
    wrong: `${wrong.length} of ${Object.keys(truth.cells).length} by day and model`,
  };
}

/** The yardstick: how fast a column store takes the same rows in, knowing nothing of them. */
function duckDb(): readonly Contender[] {
  if (!installPeer('@duckdb/node-api')) return [];
  const modes = { unindexed: 'parses and stores', unique: 'parses and stores, one row per charge' };
  return Object.entries(modes).map(([mode, does]) => {
    const taken = repeat(runs, () =>
      runChild<Costs & { wallMs: number; cells: PeerTotals['cells'] }>('peers/duckdb', [
        peersDir,
        path,
        dataDir,
        mode,
      ]),
    );
    const verdict = judge(truth, { by: 'day', cells: taken[0]?.cells ?? {} });
    return {
      name: `DuckDB ${peerVersions['@duckdb/node-api']}, ${mode}`,
      does,
      first: taken,
      laterMs: [],
      wrong: `${verdict.wrong} of ${verdict.cells} by day`,
    };
  });
}
