import type { ImportRow } from '../../../src-preload/contract/imports.ts';

const historyShows = ['all', 'brought', 'read'] as const;
/** `brought`: files and logs somebody asked for; `read`: what comes by itself, from vendors and calls. */
export type HistoryShow = (typeof historyShows)[number];

/** The rows of one choice, in the order given. */
export function rowsFor(show: HistoryShow, rows: readonly ImportRow[]): readonly ImportRow[] {
  if (show === 'all') return rows;
  return rows.filter((row) => (show === 'read') === isByItself(row));
}

/** Whether the choice has a meaning: both kinds are there. */
export function hasBothKinds(rows: readonly ImportRow[]): boolean {
  return rows.some(isByItself) && !rows.every(isByItself);
}

function isByItself({ kind }: ImportRow): boolean {
  return kind === 'sync' || kind === 'calls';
}
