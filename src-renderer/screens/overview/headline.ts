import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Account } from '../../../src-preload/contract/sources.ts';
import type { Figures } from '../../../src-preload/contract/values.ts';
import { formatPercent } from '../../ui/numbers.ts';

type Money = (nanoUsd: number) => string;
type Pace = RouteOutput<'report.pace'>;

/** What the cash is made of. */
export function cashNote(totals: Figures, money: Money): string {
  const usage = totals.cashNanoUsd - totals.planFeeNanoUsd;
  if (totals.records === 0 && totals.cashNanoUsd === 0) return 'no records in this range';
  if (totals.planFeeNanoUsd === 0)
    return usage === 0 ? 'no usage paid for by the token' : 'all usage, no plan fees';
  if (usage === 0) return 'all of it plan fees';
  return `${money(usage)} usage + ${money(totals.planFeeNanoUsd)} ${totals.planFeeNanoUsd > 0 ? 'fee' : 'refund'}`;
}

/**
 * How the change compares: `+16.5 % from $268.11`. With `begins` the records start inside the earlier period: part of it
 * is unknown, not zero, so no percentage is given.
 */
export function changeNote(
  before: number,
  after: number,
  money: Money,
  begins: string | null = null,
): string {
  if (begins !== null) return `from ${money(before)} since ${begins}`;
  if (before === 0) return after === 0 ? 'nothing in either' : 'nothing was spent before';
  const sign = after > before ? '+' : '';
  return `${sign}${formatPercent(after - before, Math.abs(before))} from ${money(before)}`;
}

/** What the pace stands on. */
export function paceNote(pace: Pace, money: Money): string {
  if (pace.projectedNanoUsd === null) return 'a pace needs three complete days';
  return `${money(pace.spentNanoUsd)} in ${pace.daysSeen} of ${pace.daysInMonth} days`;
}

/** API-equivalent against what the plans cost: never as a part of cash. */
export function equivalentNote(totals: Figures, accounts: readonly Account[]): string {
  if (totals.equivalentNanoUsd === 0)
    return accounts.some((one) => one.kind === 'plan') ? 'no plan usage here' : 'no plan accounts';
  if (totals.planFeeNanoUsd > 0) {
    const times = totals.equivalentNanoUsd / totals.planFeeNanoUsd;
    return `${times >= 10 ? Math.round(times) : times.toFixed(1)}x the fee; not cash`;
  }
  const hasFee = accounts.some((one) => one.kind === 'plan' && one.fee !== null);
  return hasFee ? 'no fee fell due; not cash' : 'no fee stated; not cash';
}

/** Cash of the month so far, day by day, added up. */
export function cumulative(days: Pace['days']): readonly number[] {
  let sum = 0;
  return days.map((day) => {
    sum += day.cashNanoUsd;
    return sum;
  });
}
