import { type PageKind, readCells, readLinks, type Value } from './cells.ts';
import type { Pages } from './pages.ts';

/** The pages of one table or index that can still be reached from its root. */
export interface Tree {
  readonly kind: PageKind;
  /** Pages that hold rows, in order. */
  readonly pages: readonly number[];
  /** Rows they say they hold. */
  readonly entries: number;
  /** Whether no part of it is missing. */
  readonly isWhole: boolean;
}

/** What the file's own list of tables and indexes says of one of them. */
export interface Listed {
  readonly type: 'table' | 'index';
  readonly name: string;
  readonly table: string;
  readonly root: number;
  /** An index that leaves rows out. */
  readonly isPartial: boolean;
}

/** Walks a b-tree from its root; a page that is no part of one, or was met before, is left out. */
export function walkTree(pages: Pages, root: number, met: Set<number>): Tree {
  const found: number[] = [];
  const kind = readLinks(pages, root)?.kind ?? 'table';
  let [entries, isWhole] = [0, true];
  const waiting = [root];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    const links = met.has(page) ? null : readLinks(pages, page);
    if (links === null || links.kind !== kind) {
      isWhole = false;
      continue;
    }
    met.add(page);
    entries += links.entries;
    if (links.entries > 0) found.push(page);
    waiting.push(...links.children.toReversed());
  }
  return { kind, pages: found, entries, isWhole };
}

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** The tables and indexes of a database, as far as its first page tells. */
export function listTrees(pages: Pages, met: Set<number>): readonly Listed[] {
  const schema = walkTree(pages, 1, met);
  return schema.pages.flatMap((page) =>
    readCells(pages, page).cells.flatMap(({ values: [type, name, table, root, sql] }) => {
      if ((type !== 'table' && type !== 'index') || typeof root !== 'number' || root < 2) return [];
      return [{ type, name: text(name), table: text(table), root, isPartial: / WHERE /.test(text(sql)) }];
    }),
  );
}

/** Pages the file lists as unused: what they still hold was deleted. A list cut short ends there. */
export function freePages(pages: Pages): ReadonlySet<number> {
  const free = new Set<number>();
  let trunk = pages.read(1)?.readUInt32BE(32) ?? 0;
  while (trunk !== 0 && !free.has(trunk)) {
    const bytes = pages.read(trunk);
    if (bytes === null) break;
    free.add(trunk);
    const count = Math.min(bytes.readUInt32BE(4), Math.floor(bytes.length / 4) - 2);
    for (let i = 0; i < count; i++) free.add(bytes.readUInt32BE(8 + 4 * i));
    trunk = bytes.readUInt32BE(0);
  }
  return free;
}
