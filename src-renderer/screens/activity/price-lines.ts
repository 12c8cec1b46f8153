import type { ActivityDetail } from '../../../src-preload/contract/activity.ts';

export type PriceLine = ActivityDetail['priceLines'][number];

/** Sum of the price lines in nano-USD. */
export function sumOf(lines: readonly PriceLine[]): number {
  return lines.reduce((sum, line) => sum + line.costNanoUsd, 0);
}

/** What the shown lines leave unexplained of the cost (rounding of each line, or a charge without tokens). */
export function restOf(detail: Pick<ActivityDetail, 'costNanoUsd' | 'priceLines'>): number {
  if (detail.costNanoUsd === null || detail.priceLines.length === 0) return 0;
  return detail.costNanoUsd - sumOf(detail.priceLines);
}

/** An amount as stated, without zeros that say nothing: `0.01160000` is `0.0116`. */
export function trimAmount(amount: string): string {
  return /^-?\d+\.\d+$/.test(amount) ? amount.replace(/\.?0+$/, '') : amount;
}

/** `cacheWrite5m` → `Cache write, 5 min`; a bucket this list does not know keeps its name. */
export function bucketLabel(bucket: string): string {
  return labels.get(bucket) ?? bucket;
}

const labels: ReadonlyMap<string, string> = new Map([
  ['input', 'Input'],
  ['cacheRead', 'Cache read'],
  ['cacheWrite5m', 'Cache write, 5 min'],
  ['cacheWrite1h', 'Cache write, 1 h'],
  ['cacheWriteUnknown', 'Cache write'],
  ['output', 'Output'],
  ['reasoning', 'of it reasoning'],
]);
