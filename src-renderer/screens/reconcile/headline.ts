import type { ReconciledMonth } from '../../../src-preload/contract/reconcile.ts';

/** The newest month both sides are known of, over all accounts that have it. */
export interface Headline {
  readonly month: string;
  readonly months: readonly ReconciledMonth[];
  readonly billedNanoUsd: number;
  readonly ownNanoUsd: number;
  readonly gapNanoUsd: number;
  readonly gapPerMille: number | null;
  readonly unpricedRecords: number;
  readonly agreeing: number;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** `months` are newest first. Null while no month has both sides. */
export function headlineOf(months: readonly ReconciledMonth[]): Headline | null {
  const compared = months.filter((one) => one.gapNanoUsd !== null);
  const month = compared[0]?.month;
  if (month === undefined) return null;
  const own = compared.filter((one) => one.month === month);
  const billedNanoUsd = sum(own.map((one) => one.billedNanoUsd ?? 0));
  const gapNanoUsd = sum(own.map((one) => one.gapNanoUsd ?? 0));
  return {
    month,
    months: own,
    billedNanoUsd,
    ownNanoUsd: billedNanoUsd - gapNanoUsd,
    gapNanoUsd,
    gapPerMille: billedNanoUsd === 0 ? null : Math.round((gapNanoUsd / Math.abs(billedNanoUsd)) * 1000),
    unpricedRecords: sum(own.map((one) => one.unpricedRecords)),
    agreeing: own.filter((one) => one.verdict === 'agrees').length,
  };
}

/** Months of one account, newest first; accounts with something to compare come first. */
export function byAccount(months: readonly ReconciledMonth[]): readonly (readonly ReconciledMonth[])[] {
  const compared = (own: readonly ReconciledMonth[]): number =>
    Number(own.some((one) => one.gapNanoUsd !== null));
  return [...Map.groupBy(months, (one) => one.accountId).values()].toSorted(
    (a, b) => compared(b) - compared(a),
  );
}
