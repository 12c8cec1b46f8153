import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { generateClaudeCode } from './generate/claude-code.ts';
import { generateCodex } from './generate/codex.ts';
import { type Dataset, dataDir, dataset } from './generate/dataset.ts';
import { type Costs, runChild } from './measure/child.ts';
import { type CommandCosts, runCommand } from './measure/command.ts';
import { type Contender, printComparison } from './measure/compare.ts';
import { medianOf, printTable, repeat, seconds } from './measure/table.ts';
import { installPeer } from './peers/install.ts';
import { type LogPeer, type LogTool, logPeers } from './peers/log-peers.ts';
import { judge } from './peers/totals.ts';

/**
 * `npm run bench -- logs [MB of Claude Code] [MB of Codex] [runs]`: agents' logs into an empty ledger, priced; the same
 * folder read by its peers, and the floor under all of them. 0 MB leaves a tool out.
 */
const [claudeSize = 500, codexSize = 500, runs = 3] = process.argv.slice(2).map(Number);

interface Scan {
  readonly firstMs: number;
  /** From the start of its process to the end of the first scan. */
  readonly firstProcessMs: number;
  readonly firstCpuMs: number;
  /** With the start of its process in it. */
  readonly firstProcessCpuMs: number;
  readonly accepted: number;
  readonly unchangedMs: number;
  readonly appendedMs: number | null;
  readonly wrong: readonly string[];
  readonly cells: number;
}

interface Subject {
  readonly tool: LogTool;
  readonly label: string;
  readonly variable: string;
  /** Where the folder lies below a home. */
  readonly folder: string;
  /** What every line with usage holds. */
  readonly needle: string;
  readonly size: number;
  readonly make: (dir: string) => Dataset['truth'];
}

const subjects: readonly Subject[] = [
  {
    tool: 'claude-code',
    label: `Claude Code, ${claudeSize} MB`,
    variable: 'CLAUDE_CONFIG_DIR',
    folder: '.claude',
    needle: '"usage":{',
    size: claudeSize,
    make: (dir) => generateClaudeCode({ dir, megabytes: claudeSize, seed: 'claude-code' }),
  },
  {
    tool: 'codex',
    label: `Codex, ${codexSize} MB`,
    variable: 'CODEX_HOME',
    folder: '.codex',
    needle: '"token_count"',
    size: codexSize,
    make: (dir) => generateCodex({ dir, megabytes: codexSize, seed: 'codex' }),
  },
];
for (const subject of subjects) if (subject.size > 0) compare(subject);

function compare(subject: Subject): void {
  const { tool, label, variable, needle } = subject;
  const { dir, truth } = dataset(`${tool}-${subject.size}`, subject.make);
  const floor = (script: string, ...args: string[]): number =>
    medianOf(
      repeat(runs, () => runChild<{ wallMs: number }>(script, [dir, ...args])),
      (run) => run.wallMs,
    );
  const floors = {
    'newlines found, one thread': floor('floor'),
    'each line searched for usage, one thread': floor('prefilter', needle, '1'),
    'each line searched for usage, two threads': floor('prefilter', needle, '2'),
  };
  const scans = repeat(runs, () =>
    runChild<Scan>('scan', [tool, variable, dir, join(dataDir, `${tool}-scan`)]),
  );
  const first = medianOf(scans, (scan) => scan.firstMs);
  printTable(`${label}: floors and later scans`, [
    ...Object.entries(floors).map(([what, ms]) => ({
      what: `${what}, ${truth.files} files`,
      found: seconds(ms),
      target: `first scan is ${(first / ms).toFixed(1)} x`,
    })),
    {
      what: 'scan again, nothing new',
      found: seconds(medianOf(scans, (scan) => scan.unchangedMs)),
      target: '100 ms',
    },
    ...appendedLine(scans),
  ]);
  const peers = logPeers.flatMap((peer) => contenderOf(peer, subject, { dir, truth }));
  printComparison(`${label}: ${truth.requests.toLocaleString('en')} replies`, [
    ...ours(scans),
    ...peers.map(({ contender }) => contender),
  ]);
  for (const sentence of scans.flatMap((scan) => scan.wrong).slice(0, 10))
    process.stdout.write(`${sentence}\n`);
  for (const { off } of peers) if (off !== '') process.stdout.write(`- ${off}\n`);
  process.stdout.write('\n');
}

function appendedLine(scans: readonly Scan[]) {
  const appended = scans.flatMap((scan) => scan.appendedMs ?? []);
  if (appended.length === 0) return [];
  const found = seconds(medianOf(appended, (ms) => ms));
  return [{ what: 'scan again after 50 new messages', found, target: '100 ms' }];
}

/** Twice: as a running host scans, and with the start of a process in it, as its peers are measured. */
function ours(scans: readonly (Scan & Costs)[]): readonly Contender[] {
  const wrong = `${Math.max(...scans.map((scan) => scan.wrong.length))} of ${scans[0]?.cells} by day and model`;
  const asRun = (wallMs: (scan: Scan) => number, cpuMs: (scan: Scan) => number) =>
    scans.map((scan) => ({
      wallMs: wallMs(scan),
      cpuMs: cpuMs(scan),
      peakMegabytes: scan.peakMegabytes,
    }));
  return [
    {
      name: 'LLMLab, running',
      does: 'prices, deduplicates, stores every reply',
      first: asRun(
        (scan) => scan.firstMs,
        (scan) => scan.firstCpuMs,
      ),
      laterMs: scans.map((scan) => scan.unchangedMs),
      wrong,
    },
    {
      name: 'LLMLab, from its start',
      does: 'the same, with starting Node on the sources as TypeScript',
      first: asRun(
        (scan) => scan.firstProcessMs,
        (scan) => scan.firstProcessCpuMs,
      ),
      laterMs: [],
      wrong,
    },
  ];
}

interface Judged {
  readonly contender: Contender;
  /** By how much it is off, in a sentence; '' where it is exact. */
  readonly off: string;
}

/** A peer on an empty home that has nothing but this folder, then on the same home again. */
function contenderOf(peer: LogPeer, subject: Subject, { dir, truth }: Dataset): readonly Judged[] {
  if (!installPeer(peer.package)) return [];
  try {
    const pairs = repeat(runs, () => firstAndLater(peer, subject, dir));
    const verdicts = peer
      .totals(subject.tool, pairs[0]?.first.output ?? '')
      .map((totals) => ({ by: totals.by, ...judge(truth, totals) }));
    const wrong = verdicts.map((one) => `${one.wrong} of ${one.cells} by ${one.by}`).join('; ');
    const off = verdicts.flatMap((one) => one.off.map((text) => `${text} by ${one.by}`));
    const contender = {
      name: peer.label,
      does: peer.does,
      first: pairs.map((pair) => pair.first),
      laterMs: pairs.map((pair) => pair.later.wallMs),
      wrong,
    };
    return [{ contender, off: off.length === 0 ? '' : `${peer.label}: ${off.join(', ')}` }];
  } catch (error) {
    process.stderr.write(
      `left out: ${peer.label} failed (${error instanceof Error ? error.message : error})\n`,
    );
    return [];
  }
}

function firstAndLater(
  peer: LogPeer,
  subject: Subject,
  dir: string,
): { readonly first: CommandCosts; readonly later: CommandCosts } {
  const home = join(dataDir, 'peer-home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  symlinkSync(dir, join(home, subject.folder), 'junction');
  const env = { HOME: home, USERPROFILE: home, [subject.variable]: dir };
  const run = () => runCommand(peer.command(subject.tool), { env });
  return { first: run(), later: run() };
}
