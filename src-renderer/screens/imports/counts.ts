import type { ReadyPreview } from '../../../src-preload/contract/imports.ts';

export type Counts = ReadyPreview['counts'];

/** One part of the bar under the counts; the parts add up to `rows`. */
export interface SplitPart {
  readonly kind: 'new' | 'updated' | 'duplicate' | 'refused';
  readonly rows: number;
}

/** The rows of a file by what becomes of them. `updated` is split off `accepted`, so that the parts are disjoint. */
export function splitOf(counts: Counts): readonly SplitPart[] {
  const parts: readonly SplitPart[] = [
    { kind: 'new', rows: counts.accepted - counts.updated },
    { kind: 'updated', rows: counts.updated },
    { kind: 'duplicate', rows: counts.duplicate },
    { kind: 'refused', rows: counts.refused },
  ];
  return parts.filter((part) => part.rows > 0 || part.kind !== 'updated');
}

/** Every row that states usage or money; rows the format itself marks empty are not among them. */
export function rowsOf(counts: Counts): number {
  return counts.accepted + counts.duplicate + counts.refused;
}

/** A header alone: nothing was known already and nothing was left out. */
export function isEmpty(counts: Counts): boolean {
  return rowsOf(counts) + counts.skipped === 0;
}

/** `1,153 + 118 + 13 = 1,284 rows`, in the order of the bar. */
export function sumSentence(counts: Counts, format: (rows: number) => string): string {
  const rows = rowsOf(counts);
  if (rows === 0) return 'no rows';
  const parts = splitOf(counts).map((part) => format(part.rows));
  return `${parts.join(' + ')} = ${format(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = { accepted: 0, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 };
  for (const counts of all) {
    for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  }
  return sum;
}
