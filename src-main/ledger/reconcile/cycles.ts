import { type DayNumber, dayNumber, dayText, monthOf } from '../day.ts';
import { feeDays, type PlanFee } from '../fees.ts';

/** Usage of one day at per-token prices. */
export interface DayUsage {
  readonly day: DayNumber;
  readonly nanoUsd: number;
  readonly unpricedRequests: number;
}

/** A span one fee pays for, or a month; the contract's `cycle`. */
export interface Cycle {
  readonly from: string;
  readonly to: string;
  readonly isOver: boolean;
  readonly feeNanoUsd: number | null;
  /** Null before the first record: unknown, not nothing. */
  readonly usageNanoUsd: number | null;
  readonly isWhole: boolean;
  readonly unpricedRequests: number;
}

interface Bounds {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly feeNanoUsd: number | null;
}

/** From one charge to the day before the next; after the last charge of an ended plan there is no cycle. */
function feeBounds(fee: PlanFee, from: DayNumber, today: DayNumber): readonly Bounds[] {
  const ahead = fee.cycle === 'month' ? 31 : 366;
  const running: PlanFee = { ...fee, end: null };
  const starts = feeDays(running, dayNumber(fee.start), today + ahead);
  const last = fee.end === null ? today : Math.min(today, dayNumber(fee.end));
  return starts.flatMap((start, i) => {
    const next = starts[i + 1];
    const to = (next ?? start + ahead) - 1;
    return start > last || to < from ? [] : [{ from: start, to, feeNanoUsd: fee.nanoUsd }];
  });
}

function monthBounds(from: DayNumber, today: DayNumber): readonly Bounds[] {
  const bounds: Bounds[] = [];
  for (let day = monthOf(from).first; day <= today; day = monthOf(day).last + 1)
    bounds.push({ from: day, to: monthOf(day).last, feeNanoUsd: null });
  return bounds;
}

/** Cycles of a fee, else months, from the first usage (or charge) to today, newest first. */
export function cyclesOf(
  usage: readonly DayUsage[],
  { fee, today }: { readonly fee: PlanFee | null; readonly today: DayNumber },
): readonly Cycle[] {
  const days = usage.map((one) => one.day);
  const known = Math.min(Number.POSITIVE_INFINITY, ...days);
  const first = Math.min(today, ...days, ...(fee === null ? [] : [dayNumber(fee.start)]));
  const bounds = fee === null ? monthBounds(first, today) : feeBounds(fee, first, today);
  return bounds
    .map(({ from, to, feeNanoUsd }) => {
      const own = usage.filter(({ day }) => day >= from && day <= to);
      return {
        from: dayText(from),
        to: dayText(to),
        isOver: to < today,
        feeNanoUsd,
        usageNanoUsd: to < known ? null : own.reduce((sum, one) => sum + one.nanoUsd, 0),
        isWhole: from >= known,
        unpricedRequests: own.reduce((sum, one) => sum + one.unpricedRequests, 0),
      };
    })
    .toReversed();
}

const recentDays = 30;

/** Usage of the last 30 whole days; null where the ledger does not reach back so far. */
export function recentUsage(usage: readonly DayUsage[], today: DayNumber): number | null {
  const from = today - recentDays;
  if (!usage.some((one) => one.day <= from)) return null;
  return usage.filter(({ day }) => day >= from && day < today).reduce((sum, one) => sum + one.nanoUsd, 0);
}
