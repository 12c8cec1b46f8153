import { type DayNumber, dayMs, dayNumber, utcDay } from './day.ts';

export interface PlanFee {
  readonly nanoUsd: number;
  readonly cycle: 'month' | 'year';
  /** `YYYY-MM-DD`: day of the first charge; later ones fall on the same day of the month, or on its last. */
  readonly start: string;
  /** Last day a charge may fall on; null while the plan runs. */
  readonly end: string | null;
}

/** Day of the nth charge: the same day of the month, held to the month's length (31 Jan, 28 Feb, 31 Mar). */
function chargeDay(start: DayNumber, months: number): DayNumber {
  const date = new Date(start * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return utcDay(Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)));
}

/** Days a plan's fee is charged on, within `from`..`to` inclusive. */
export function feeDays(fee: PlanFee, from: DayNumber, to: DayNumber): readonly DayNumber[] {
  const start = dayNumber(fee.start);
  const last = fee.end === null ? to : Math.min(to, dayNumber(fee.end));
  const step = fee.cycle === 'month' ? 1 : 12;
  const days: DayNumber[] = [];
  for (let n = 0; ; n += step) {
    const day = chargeDay(start, n);
    if (day > last) return days;
    if (day >= from) days.push(day);
  }
}
