import type { z } from 'zod';
import type { ActivityRecord, activitySort } from '../../../src-preload/contract/activity.ts';

export type ActivitySort = z.infer<typeof activitySort>;

export type ColumnId =
  | 'time'
  | 'model'
  | 'project'
  | 'account'
  | 'source'
  | 'input'
  | 'cache'
  | 'output'
  | 'cost'
  | 'evidence';

export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  /** Sort key of `activity.list`; null where the core cannot sort by it. */
  readonly sort: ActivitySort | null;
  readonly align: 'left' | 'right';
  /** Least width in px; columns with `grow` share what is left. */
  readonly width: number;
  readonly grow: number;
  /** Dropped first when the table is narrow: the lowest number goes first. Undefined never goes. */
  readonly optional?: number;
}

export const columns: readonly Column[] = [
  { id: 'time', label: 'Time', sort: 'at', align: 'left', width: 138, grow: 0 },
  { id: 'model', label: 'Model', sort: 'model', align: 'left', width: 176, grow: 3 },
  { id: 'project', label: 'Project', sort: 'project', align: 'left', width: 112, grow: 2 },
  { id: 'account', label: 'Account', sort: 'account', align: 'left', width: 112, grow: 1, optional: 2 },
  { id: 'source', label: 'Source', sort: null, align: 'left', width: 128, grow: 1, optional: 1 },
  { id: 'input', label: 'Input', sort: 'input', align: 'right', width: 76, grow: 0 },
  { id: 'cache', label: 'Cache', sort: null, align: 'right', width: 76, grow: 0, optional: 3 },
  { id: 'output', label: 'Output', sort: 'output', align: 'right', width: 76, grow: 0 },
  { id: 'cost', label: 'Cost', sort: 'cost', align: 'right', width: 108, grow: 0 },
  { id: 'evidence', label: 'Evidence', sort: null, align: 'left', width: 108, grow: 0 },
];

/** The columns that fit `width` px, dropping optional ones until they do. */
export function columnsFor(width: number): readonly Column[] {
  const droppable = columns
    .filter((column) => column.optional !== undefined)
    .sort((a, b) => (a.optional ?? 0) - (b.optional ?? 0));
  const dropped = new Set<ColumnId>();
  const needed = (): number =>
    columns.reduce((sum, column) => (dropped.has(column.id) ? sum : sum + column.width), 0);
  for (const column of droppable) {
    if (needed() <= width) break;
    dropped.add(column.id);
  }
  return columns.filter((column) => !dropped.has(column.id));
}

/** `grid-template-columns` of one row. */
export function gridTemplate(shown: readonly Column[]): string {
  return shown
    .map(({ width, grow }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
    .join(' ');
}

/** Cache tokens read and written, all lifetimes. */
export function cacheTokens(tokens: ActivityRecord['tokens']): number {
  return tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheWriteUnknown;
}

/** The next sort when a header is clicked: descending first, then the other way. */
export function nextSort(
  current: { readonly sort: ActivitySort; readonly order: 'asc' | 'desc' },
  clicked: ActivitySort,
): { readonly sort: ActivitySort; readonly order: 'asc' | 'desc' } {
  if (current.sort === clicked) return { sort: clicked, order: current.order === 'desc' ? 'asc' : 'desc' };
  return { sort: clicked, order: textSorts.has(clicked) ? 'asc' : 'desc' };
}

const textSorts: ReadonlySet<ActivitySort> = new Set(['model', 'project', 'account']);
