import { join } from 'node:path';
import { generateClaudeCode } from './generate/claude-code.ts';
import { generateCodex } from './generate/codex.ts';
import { dataDir, dataset } from './generate/dataset.ts';
import { runChild } from './measure/child.ts';
import { medianOf, megabytes, printTable, repeat, seconds } from './measure/table.ts';

/** `npm run bench -- logs [MB of Claude Code] [MB of Codex] [runs]`: agents' logs into an empty ledger, priced. */
const [claudeSize = 500, codexSize = 500, runs = 3] = process.argv.slice(2).map(Number);

interface Scan {
  readonly firstMs: number;
  readonly firstCpuMs: number;
  readonly accepted: number;
  readonly unchangedMs: number;
  readonly appendedMs: number | null;
  readonly wrong: readonly string[];
  readonly cells: number;
}

const tools = [
  {
    tool: 'claude-code',
    label: `Claude Code, ${claudeSize} MB`,
    variable: 'CLAUDE_CONFIG_DIR',
    size: claudeSize,
    make: (dir: string) => generateClaudeCode({ dir, megabytes: claudeSize, seed: 'claude-code' }),
    target: '1.5 x the floor, 0.8 x ccusage (2.5 s at 2 GB)',
  },
  {
    tool: 'codex',
    label: `Codex, ${codexSize} MB`,
    variable: 'CODEX_HOME',
    size: codexSize,
    make: (dir: string) => generateCodex({ dir, megabytes: codexSize, seed: 'codex' }),
    target: '1.5 x ccusage (0.22 s at 500 MB)',
  },
];

for (const { tool, label, variable, size, make, target } of tools) {
  if (size === 0) continue;
  const { dir, truth } = dataset(`${tool}-${size}`, make);
  const floors = repeat(runs, () => runChild<{ wallMs: number }>('floor', [dir]));
  const scans = repeat(runs, () =>
    runChild<Scan>('scan', [tool, variable, dir, join(dataDir, `${tool}-scan`)]),
  );
  const wrong = scans.flatMap((scan) => scan.wrong);
  const [floor, first] = [medianOf(floors, (run) => run.wallMs), medianOf(scans, (run) => run.firstMs)];
  const appended = scans.flatMap((scan) => scan.appendedMs ?? []);
  printTable(label, [
    {
      what: `floor: ${truth.files} files read, newlines found, one thread`,
      found: seconds(floor),
      target: '',
    },
    {
      what: `first scan: ${truth.requests} replies priced and stored`,
      found: `${seconds(first)} (${(first / floor).toFixed(1)} x floor)`,
      target,
    },
    {
      what: 'CPU until the end of the first scan',
      found: seconds(medianOf(scans, (run) => run.firstCpuMs)),
      target: 'half of ccusage',
    },
    {
      what: 'peak memory of the process',
      found: megabytes(medianOf(scans, (run) => run.peakMegabytes)),
      target: '400 MB',
    },
    {
      what: 'scan again, nothing new',
      found: seconds(medianOf(scans, (run) => run.unchangedMs)),
      target: '100 ms',
    },
    ...(appended.length === 0
      ? []
      : [
          {
            what: 'scan again after 50 new messages',
            found: seconds(medianOf(appended, (ms) => ms)),
            target: '100 ms',
          },
        ]),
    { what: `wrong cells by day and model, of ${scans[0]?.cells}`, found: String(wrong.length), target: '0' },
  ]);
  for (const sentence of wrong.slice(0, 10)) process.stdout.write(`${sentence}\n`);
}
