import type { Truth } from '../generate/truth.ts';

/** What a peer says of one cell, as far as it says it. Cache writes are one figure: no peer tells their lifetimes apart. */
export interface PeerCell {
  readonly requests?: number;
  readonly input?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly output?: number;
}
type Field = keyof PeerCell;
const fields: readonly Field[] = ['requests', 'input', 'cacheRead', 'cacheWrite', 'output'];

/** A peer's figures by `YYYY-MM-DD model`, or by one of the two where it says no more. */
export interface PeerTotals {
  readonly by: 'day and model' | 'model' | 'day';
  readonly cells: Readonly<Record<string, PeerCell>>;
}

export interface Verdict {
  readonly cells: number;
  readonly wrong: number;
  /** By how much its sums are off, per figure that is. */
  readonly off: readonly string[];
}

function keyIn(key: string, by: PeerTotals['by']): string {
  if (by === 'day and model') return key;
  return by === 'day' ? key.slice(0, 10) : key.slice(11);
}

/** The truth in a peer's own resolution. */
export function truthBy({ cells }: Truth, by: PeerTotals['by']): Record<string, Required<PeerCell>> {
  const grouped: Record<string, Required<PeerCell>> = {};
  for (const [key, { requests, tokens }] of Object.entries(cells)) {
    const name = keyIn(key, by);
    const sum = grouped[name] ?? { requests: 0, input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };
    grouped[name] = {
      requests: sum.requests + requests,
      input: sum.input + tokens.input,
      cacheRead: sum.cacheRead + tokens.cacheRead,
      cacheWrite: sum.cacheWrite + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheWriteUnknown,
      output: sum.output + tokens.output,
    };
  }
  return grouped;
}

function sumOf(cells: Readonly<Record<string, PeerCell>>, field: Field): number {
  return Object.values(cells).reduce((sum, cell) => sum + (cell[field] ?? 0), 0);
}

/** Compares only the figures a peer states; a cell is wrong when one of them is. */
export function judge(truth: Truth, { by, cells }: PeerTotals): Verdict {
  const expected = truthBy(truth, by);
  const stated = fields.filter((field) => Object.values(cells).some((cell) => cell[field] !== undefined));
  const keys = new Set([...Object.keys(expected), ...Object.keys(cells)]);
  const wrong = [...keys].filter((key) =>
    stated.some((field) => (expected[key]?.[field] ?? 0) !== (cells[key]?.[field] ?? 0)),
  );
  const off = stated.flatMap((field) => {
    const [right, found] = [sumOf(expected, field), sumOf(cells, field)];
    if (right !== found) {
      const share =
        right === 0 ? '' : ` (${found > right ? '+' : ''}${((found / right - 1) * 100).toFixed(1)} %)`;
      return [`${field} ${found.toLocaleString('en')} instead of ${right.toLocaleString('en')}${share}`];
    }
    const apart = [...keys].reduce(
      (sum, key) => sum + Math.abs((cells[key]?.[field] ?? 0) - (expected[key]?.[field] ?? 0)),
      0,
    );
    return apart === 0 ? [] : [`${field} right in sum, ${(apart / 2).toLocaleString('en')} in another cell`];
  });
  return { cells: keys.size, wrong: wrong.length, off };
}
