export interface SampleRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly raw: string;
}

const headerWithin = 15;
const dataLike = /^[\s$€£¥(+-]*[\d.,][\d.,:\s/TZ+-]*[)%]?$/;

/**
 * Index of the row that names the columns, or -1. Exports put titles and account facts above it, so it is the
 * first row as wide as most rows, whose cells are names and not numbers or dates.
 */
export function findHeader(rows: readonly SampleRow[]): number {
  const width = commonWidth(rows);
  if (width < 2) return -1;
  return rows.slice(0, headerWithin).findIndex((row) => row.cells.length >= width && namesColumns(row.cells));
}

function namesColumns(cells: readonly string[]): boolean {
  const named = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return named.length >= 2 && named.length * 2 > cells.length && !named.some((cell) => dataLike.test(cell));
}

/** The most frequent number of cells; of equally frequent ones the larger. */
function commonWidth(rows: readonly SampleRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [width, count] of counts)
    if (count > most || (count === most && width > best)) {
      best = width;
      most = count;
    }
  return best;
}
