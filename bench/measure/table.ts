import { cpus, loadavg, totalmem } from 'node:os';

export interface Line {
  readonly what: string;
  readonly found: string;
  /** DESIGN's target or yardstick for it; empty where there is none. */
  readonly target: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function medianOf<T>(runs: readonly T[], figure: (run: T) => number): number {
  return median(runs.map(figure));
}

export function repeat<T>(times: number, run: (index: number) => T): readonly T[] {
  return Array.from({ length: times }, (_, index) => run(index));
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 2 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

export function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`;
}

/** Prints a benchmark's results as the Markdown table that docs/benchmarks.md keeps. */
export function printTable(title: string, lines: readonly Line[]): void {
  const rows = lines.map(({ what, found, target }) => [what, found, target]);
  printRows(title, ['work', 'median', 'target'], rows);
}

/** Prints any Markdown table under a title and the machine it was measured on. */
export function printRows(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map(() => '---|').join('')}`;
  const table = [line(head), rule, ...rows.map(line)];
  process.stdout.write([`### ${title}`, '', machine(), '', ...table, '', ''].join('\n'));
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}, Node ${process.versions.node}, load average ${loadavg()[0]?.toFixed(1)} at the end`;
}
