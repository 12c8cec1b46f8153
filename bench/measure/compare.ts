import { medianOf, megabytes, printRows, seconds } from './table.ts';

/** One program in a comparison; the first of a list is what the others are measured against. */
export interface Contender {
  readonly name: string;
  readonly does: string;
  readonly first: readonly {
    readonly wallMs: number;
    readonly cpuMs: number | null;
    readonly peakMegabytes: number | null;
  }[];
  /** Wall times of later runs; empty where there is no such thing. */
  readonly laterMs: readonly number[];
  readonly wrong: string;
}

function known(values: readonly (number | null)[], text: (value: number) => string): string {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? '' : text(medianOf(numbers, (value) => value));
}

/** Prints who took how long, the ratio to the first being how many times its wall time each took. */
export function printComparison(title: string, contenders: readonly Contender[]): void {
  const base = medianOf(contenders[0]?.first ?? [], (run) => run.wallMs);
  const head = ['', 'first run', 'ratio', 'CPU', 'peak memory', 'later run', 'wrong cells', 'what it does'];
  const rows = contenders.map(({ name, does, first, laterMs, wrong }) => {
    const wall = medianOf(first, (run) => run.wallMs);
    return [
      name,
      seconds(wall),
      `${(wall / base).toFixed(2)} x`,
      known(
        first.map((run) => run.cpuMs),
        seconds,
      ),
      known(
        first.map((run) => run.peakMegabytes),
        megabytes,
      ),
      laterMs.length === 0 ? '' : seconds(medianOf(laterMs, (ms) => ms)),
      wrong,
      does,
    ];
  });
  printRows(title, head, rows);
}
