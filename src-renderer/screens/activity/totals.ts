import type { Figures } from '../../../src-preload/contract/values.ts';

/** Records that count neither for money nor for usage, because another witness stands for their day. */
export function notCounted(totals: Pick<Figures, 'records' | 'evidence'>): number {
  const { billed, metered, recorded, estimated } = totals.evidence;
  return totals.records - billed - metered - recorded - estimated;
}
