import { readCells, readLinks } from './cells.ts';
import type { Pages } from './pages.ts';
import type { Shape } from './shapes.ts';

/**
 * The one table whose rows a page can hold, where the pages that led to it are gone; null when it is none or could be
 * two. Rows of different tables differ in how many columns they have and of which types.
 */
function tableOf(pages: Pages, page: number, shapes: readonly Shape[]): Shape | null {
  const { cells } = readCells(pages, page);
  let possible = shapes;
  let known = 0;
  for (const cell of cells) {
    const still = possible.filter((shape) => shape.rowOf(cell) !== null);
    // A row of no table is a damaged one, and says nothing about the others.
    if (still.length === 0) continue;
    possible = still;
    known++;
  }
  return known * 2 > cells.length && possible.length === 1 ? (possible[0] ?? null) : null;
}

/** Pages of rows that no tree leads to any more and that are not listed as unused, by the table they must be of. */
export function findLoose(
  pages: Pages,
  shapes: readonly Shape[],
  isTaken: (page: number) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let page = 2; page <= pages.count; page++) {
    if (isTaken(page)) continue;
    const links = readLinks(pages, page);
    if (links === null || links.entries === 0) continue;
    const shape = tableOf(pages, page, shapes);
    if (shape === null) continue;
    const sofar = found.get(shape.table);
    if (sofar === undefined) found.set(shape.table, [page]);
    else sofar.push(page);
  }
  return found;
}
