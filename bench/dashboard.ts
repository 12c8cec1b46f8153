import { dataset } from './generate/dataset.ts';
import { generateLedger } from './generate/ledger.ts';
import { runChild } from './measure/child.ts';
import { medianOf, megabytes, printTable, repeat, seconds } from './measure/table.ts';

/** `npm run bench -- dashboard [records] [runs]`: the Overview's queries on a large ledger. */
const [records = 1_000_000, runs = 3] = process.argv.slice(2).map(Number);

interface Queries {
  readonly times: Readonly<Record<string, number>>;
  readonly upkeepMs: number;
  readonly wrong: readonly string[];
}

const { dir } = dataset(`ledger-${records}`, (dataDir) =>
  generateLedger({ dataDir, records, seed: 'ledger' }),
);
const results = repeat(runs, () => runChild<Queries>('dashboard', [dir]));
const wrong = results.flatMap((result) => result.wrong);
printTable(`Dashboard, ${records.toLocaleString('en')} records`, [
  ...Object.keys(results[0]?.times ?? {}).map((name, index) => ({
    what: name,
    found: seconds(medianOf(results, (result) => result.times[name] ?? Number.NaN)),
    target: index === 0 ? '5 ms' : '25 ms',
  })),
  {
    what: 'rollup upkeep per 1,000 new rows',
    found: seconds(medianOf(results, (result) => result.upkeepMs)),
    target: '2 ms',
  },
  {
    what: 'peak memory of the process',
    found: megabytes(medianOf(results, (result) => result.peakMegabytes)),
    target: '',
  },
  { what: 'wrong cells by day and model', found: String(wrong.length), target: '0' },
]);
for (const sentence of wrong.slice(0, 10)) process.stdout.write(`${sentence}\n`);
