import { killedKinds, runKills } from '../src-main/testing/faults/kills.ts';
import { printTable } from './measure/table.ts';

/** `npm run bench -- kills [n] [seed]`: hosts killed with SIGKILL at random points of their work, two at a time. */
const [kills = 1_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);

process.stdout.write(`seed ${seed}\n`);
const report = await runKills({ kills, seed, lanes: 2 });
printTable(
  `${kills} kills: nothing answered lost, nothing doubled, every sum exact, every start works`,
  killedKinds.map((kind) => ({
    what: kind,
    found: `${report[kind].kills} kills, ${report[kind].inside} of them before the answer`,
    target: '0 wrong ledgers',
  })),
);
