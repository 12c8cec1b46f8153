import type { WriteDb } from '../database.ts';
import { readCells, type Value } from './cells.ts';
import { findLoose } from './loose.ts';
import type { Pages } from './pages.ts';
import { type Shape, shapesOf } from './shapes.ts';
import { freePages, type Listed, listTrees, type Tree, walkTree } from './trees.ts';

/** What was taken over of one table. */
export interface TableSum {
  readonly table: string;
  readonly saved: number;
  /** Rows known to be missing; null where nothing that is left says how many there were. */
  readonly lost: number | null;
}

/** The parts of a damaged file that can be read. */
export interface Remains {
  readonly shapes: readonly Shape[];
  readonly trees: ReadonlyMap<string, Tree>;
  readonly loose: ReadonlyMap<string, readonly number[]>;
  /** Rows a table has by any of its trees that is whole. */
  expected(table: string): number | null;
}

/** Sums are counted anew from the records. */
export const isSum = (table: string): boolean => table.startsWith('rollup_');

export function findRemains(pages: Pages, db: WriteDb): Remains {
  const met = new Set<number>();
  const listed = listTrees(pages, met);
  const trees = new Map<string, Tree>();
  for (const { name, root } of listed) trees.set(name, walkTree(pages, root, met));
  const shapes = shapesOf(db);
  const free = freePages(pages);
  const loose = findLoose(pages, shapes, (page) => met.has(page) || free.has(page));
  const isCounting = (one: Listed, table: string): boolean => one.table === table && !one.isPartial;
  return {
    shapes,
    trees,
    loose,
    expected(table) {
      const whole = listed
        .filter((one) => isCounting(one, table))
        .flatMap(({ name }) => trees.get(name) ?? [])
        .filter(({ isWhole }) => isWhole)
        .map(({ entries }) => entries);
      return whole.length === 0 ? null : Math.max(...whole);
    },
  };
}

/** Copies the readable rows of one table; `fromLoose` hears the ids of those from pages nothing led to. */
export function copyTable(
  pages: Pages,
  db: WriteDb,
  shape: Shape,
  { tree, loose }: { tree: readonly number[]; loose: readonly number[] },
): readonly Value[] {
  const marks = shape.columns.map(() => '?').join(', ');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${shape.table} (${shape.columns.join(', ')}) VALUES (${marks})`,
  );
  const fromLoose: Value[] = [];
  const copy = (page: number, isLoose: boolean): void => {
    for (const cell of readCells(pages, page).cells) {
      const row = shape.rowOf(cell);
      if (row === null) continue;
      const isNew = insert.run(...row).changes > 0;
      if (isLoose && isNew) fromLoose.push(row[0] ?? null);
    }
  };
  for (const page of tree) copy(page, false);
  for (const page of loose) copy(page, true);
  return fromLoose;
}
