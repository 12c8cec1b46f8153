import { noTokens, type Tokens, tokenBuckets } from '../../src-main/platform/record.ts';

/** What one cell of a report must say. */
export interface Cell {
  readonly requests: number;
  readonly tokens: Tokens;
  /** Stated money in nano-USD; 0 where the data states none. */
  readonly costNanoUsd: number;
}

/** What generated data holds, counted while it was written: every importer is held to it to the last token. */
export interface Truth {
  readonly requests: number;
  readonly bytes: number;
  readonly files: number;
  /** By `YYYY-MM-DD model`, with the UTC day and the model's canonical name. */
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface TruthKeeper {
  count(at: number, model: string, tokens: Partial<Tokens>, costNanoUsd?: number): void;
  wrote(bytes: number): void;
  readonly bytes: number;
  result(): Truth;
}

export function keepTruth(): TruthKeeper {
  const cells = new Map<
    string,
    { requests: number; tokens: Record<keyof Tokens, number>; costNanoUsd: number }
  >();
  let [requests, bytes, files] = [0, 0, 0];
  return {
    count(at, model, tokens, costNanoUsd = 0) {
      const key = `${new Date(at).toISOString().slice(0, 10)} ${model}`;
      let cell = cells.get(key);
      if (cell === undefined) {
        cell = { requests: 0, tokens: { ...noTokens }, costNanoUsd: 0 };
        cells.set(key, cell);
      }
      cell.requests += 1;
      cell.costNanoUsd += costNanoUsd;
      for (const bucket of tokenBuckets) cell.tokens[bucket] += tokens[bucket] ?? 0;
      requests += 1;
    },
    wrote(size) {
      bytes += size;
      files += 1;
    },
    get bytes() {
      return bytes;
    },
    result: () => ({ requests, bytes, files, cells: Object.fromEntries([...cells].sort()) }),
  };
}

/** The cells in which a report differs from the truth, as sentences; empty when every one is right. */
export function wrongCells(truth: Truth, found: Readonly<Record<string, Cell>>): readonly string[] {
  const keys = new Set([...Object.keys(truth.cells), ...Object.keys(found)]);
  return [...keys].sort().flatMap((key) => {
    const [expected, actual] = [text(truth.cells[key]), text(found[key])];
    return expected === actual ? [] : [`${key}: expected ${expected}, found ${actual}`];
  });
}

function text(cell: Cell | undefined): string {
  if (cell === undefined) return 'nothing';
  return `${cell.requests} requests, ${tokenBuckets.map((bucket) => `${bucket} ${cell.tokens[bucket]}`).join(', ')}`;
}
