export interface SampleRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly raw: string;
}

const headerWithin = 15;
const dataLike = /^[\s$€£¥(+-]*[\d.,][\d.,:\s/TZ+-]*[)%]?$/;

/**
 * Index of the row that names the columns, or -1. Exports put titles and account facts above it, sometimes more lines
 * than the table has; so it is, among the rows as wide as most whose cells are names and not numbers or dates, the
 * one with the largest table below it: rows that fit under it, times its width.
 */
export function findHeader(rows: readonly SampleRow[]): number {
  const width = commonWidth(rows);
  if (width < 2) return -1;
  let found = -1;
  let most = -1;
  for (const [index, row] of rows.slice(0, headerWithin).entries()) {
    if (row.cells.length < width || !namesColumns(row.cells)) continue;
    const fitting = rows.slice(index + 1).filter((below) => below.cells.length <= row.cells.length);
    const area = fitting.length * row.cells.length;
    if (area <= most) continue;
    found = index;
    most = area;
  }
  return found;
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
