import { join } from 'node:path';
import { generateBilling } from './generate/billing.ts';
import { generateClaudeCode } from './generate/claude-code.ts';
import { dataDir, dataset } from './generate/dataset.ts';
import { runChild } from './measure/child.ts';
import { medianOf, megabytes, printTable, repeat, seconds } from './measure/table.ts';

/**
 * `npm run bench -- memory [rows] [MB of Claude Code] [seconds for the hour] [runs]`: the most memory a process takes to
 * import a billing file, to read a folder of logs for the first time, and to follow logs for an hour.
 */
const [rows = 1_000_000, megabytesOfLogs = 2_000, hourSeconds = 60, runs = 1] = process.argv
  .slice(2)
  .map(Number);

interface Followed {
  readonly records: number;
  readonly expected: number;
  readonly refreshes: number;
  readonly behindMs: number;
  readonly firstQuarterMegabytes: number;
  readonly lastQuarterMegabytes: number;
  readonly endMegabytes: number;
}

const file = 'openrouter_activity.csv';
const billing = dataset(`billing-${rows}`, (dir) =>
  generateBilling({ path: join(dir, file), rows, seed: 'billing' }),
);
const logs = dataset(`claude-code-${megabytesOfLogs}`, (dir) =>
  generateClaudeCode({ dir, megabytes: megabytesOfLogs, seed: 'claude-code' }),
);
const imports = repeat(runs, () =>
  runChild('import', [join(billing.dir, file), join(dataDir, 'billing-import')]),
);
const scans = repeat(runs, () =>
  runChild('scan', ['claude-code', 'CLAUDE_CONFIG_DIR', logs.dir, join(dataDir, 'claude-code-scan')]),
);
const follows = repeat(runs, () => runChild<Followed>('follow', [join(dataDir, 'follow'), hourSeconds]));
const lost = Math.max(...follows.map((run) => run.expected - run.records));
printTable('Memory', [
  {
    what: `import of ${rows.toLocaleString('en')} rows, peak`,
    found: megabytes(medianOf(imports, (run) => run.peakMegabytes)),
    target: '300 MB',
  },
  {
    what: `first scan of ${megabytesOfLogs} MB of logs and two later ones, peak`,
    found: megabytes(medianOf(scans, (run) => run.peakMegabytes)),
    target: '400 MB',
  },
  {
    what: `an hour of following four agents in ${hourSeconds} s, peak`,
    found: megabytes(medianOf(follows, (run) => run.peakMegabytes)),
    target: '',
  },
  {
    what: 'the same: first quarter, last quarter, end',
    found: [
      medianOf(follows, (run) => run.firstQuarterMegabytes),
      medianOf(follows, (run) => run.lastQuarterMegabytes),
      medianOf(follows, (run) => run.endMegabytes),
    ]
      .map(megabytes)
      .join(', '),
    target: 'no growth',
  },
  {
    what: 'the same: refreshes for its replies, CPU of the process',
    found: `${medianOf(follows, (run) => run.refreshes)} for ${follows[0]?.expected.toLocaleString('en')}, ${seconds(medianOf(follows, (run) => run.cpuMs))}`,
    target: '',
  },
  {
    what: 'the same: replies not seen, and last one seen after',
    found: `${lost}, ${seconds(medianOf(follows, (run) => run.behindMs))}`,
    target: '0, 2 s',
  },
]);
