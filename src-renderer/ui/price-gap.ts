import type { VendorModel } from '../../src-preload/contract/calls.ts';
import { compareDecimals, formatRate, percentBetween } from './decimal-text.ts';

const buckets = [
  ['input', 'Input'],
  ['output', 'Output'],
  ['cacheRead', 'Cache read'],
  ['cacheWrite5m', 'Cache write, 5 min'],
  ['cacheWrite1h', 'Cache write, 1 h'],
  ['request', 'Each request'],
] as const;

/** One rate at which the price calls are priced with is not what the vendor states. */
export interface PriceGap {
  readonly label: string;
  readonly ours: string;
  readonly theirs: string;
  /** By how much the vendor's is dearer (or cheaper, below zero); null where ours is free. */
  readonly percent: number | null;
}

/** Every rate both sides state and state differently; what one side leaves out is no difference. */
export function priceGaps({
  price,
  vendorPrice,
}: Pick<VendorModel, 'price' | 'vendorPrice'>): readonly PriceGap[] {
  if (price === null || vendorPrice === null) return [];
  return buckets.flatMap(([bucket, label]) => {
    const [ours, theirs] = [price[bucket], vendorPrice[bucket]];
    if (ours === null || theirs === null || compareDecimals(ours, theirs) === 0) return [];
    return [{ label, ours, theirs, percent: percentBetween(ours, theirs) }];
  });
}

/** `Input: $3.00 here, $2.40 at the vendor (−20 %)` */
export function gapWords({ label, ours, theirs, percent }: PriceGap): string {
  const by = percent === null ? '' : ` (${percent > 0 ? '+' : '−'}${Math.abs(percent)} %)`;
  return `${label}: ${formatRate(ours)} here, ${formatRate(theirs)} at the vendor${by}`;
}
