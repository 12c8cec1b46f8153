import type { MonthDetail, ReconciledDay } from '../../../src-preload/contract/reconcile.ts';
import type { BarSeries } from '../../ui/chart/bars.ts';
import { eachDay, formatWeekday, isWeekend, monthEnd, weekdayNames, weekdayOf } from '../../ui/dates.ts';

/** The colours both sides have everywhere on this page. */
const sideSlots = { billed: 6, own: 4 } as const;

export interface DayBar {
  readonly day: string;
  readonly title: string;
  readonly label: string;
  readonly subLabel: string;
  readonly weekend: boolean;
  readonly known: ReconciledDay | null;
}

/** Every day of the month, up to the last of which anything is known where the month is running. */
export function dayBars(
  { month, days }: Pick<MonthDetail, 'month' | 'days'>,
  today: string,
): readonly DayBar[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const first = `${month.month}-01`;
  const isRunning = today.slice(0, 7) === month.month;
  const last = isRunning ? today : monthEnd(first);
  return eachDay(first, last).map((day) => ({
    day,
    title: formatWeekday(day, today),
    label: String(Number(day.slice(8))),
    subLabel: (weekdayNames[weekdayOf(day)] ?? '').slice(0, 1),
    weekend: isWeekend(day),
    known: known.get(day) ?? null,
  }));
}

/** Billed and own side by side. */
export function daySeries(bars: readonly DayBar[]): readonly BarSeries[] {
  return [
    {
      label: 'Billed',
      slot: sideSlots.billed,
      values: bars.map(({ known }) => known?.billedNanoUsd ?? 0),
    },
    { label: 'Own figures', slot: sideSlots.own, values: bars.map(({ known }) => known?.ownNanoUsd ?? 0) },
  ];
}

/** What a day's difference is, for the tooltip's last line. */
export function footOf({ known }: DayBar, money: (nanoUsd: number) => string): string {
  if (known === null) return 'nothing known';
  if (!known.isCompared) return 'not compared';
  if (known.gapNanoUsd === null) return known.ownNanoUsd === null ? 'no own records' : 'no bill';
  return known.verdict === 'agrees' ? 'no gap' : `gap ${money(known.gapNanoUsd)}`;
}

/** The chart in a sentence, for those who do not see it. */
export function daysInWords(days: readonly ReconciledDay[], money: (nanoUsd: number) => string): string {
  const compared = days.filter((one) => one.isCompared && one.gapNanoUsd !== null);
  const agreeing = compared.filter((one) => one.verdict === 'agrees').length;
  const largest = compared.toSorted((a, b) => Math.abs(b.gapNanoUsd ?? 0) - Math.abs(a.gapNanoUsd ?? 0))[0];
  const worst =
    largest === undefined || largest.verdict === 'agrees'
      ? ''
      : ` The largest gap is ${money(largest.gapNanoUsd ?? 0)} on ${largest.day}.`;
  return `${agreeing} of ${compared.length} compared days agree.${worst}`;
}
