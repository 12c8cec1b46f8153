import {
  addDays,
  daysBetween,
  eachDay,
  formatDay,
  formatRange,
  isWeekend,
  monthEnd,
  weekdayNames,
  weekdayOf,
} from '../../ui/dates.ts';
import type { Dates } from '../../ui/view.ts';

export type Step = 'day' | 'week' | 'month';

/** One bar: the dates it stands for and what is written under it. */
export interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly subLabel: string;
  readonly title: string;
  readonly weekend: boolean;
  /** Not over yet: holds today. */
  readonly now: boolean;
}

const mostDays = 62;
const mostWeekDays = 400;

/** Bars a person can tell apart: days, from two months on weeks, from about a year on months. */
export function stepFor({ from, to }: Dates): Step {
  const days = daysBetween(from, to) + 1;
  if (days <= mostDays) return 'day';
  return days <= mostWeekDays ? 'week' : 'month';
}

/** The bars of a range, first to last; the first and last may be cut by its bounds. */
export function bucketsOf(dates: Dates, today: string, weekStart: 'monday' | 'sunday'): readonly Bucket[] {
  const step = stepFor(dates);
  const days = eachDay(dates.from, dates.to);
  const starts = days.filter((day, index) => index === 0 || startsBucket(day, step, weekStart));
  return starts.map((from, index) => {
    const next = starts[index + 1];
    const to = next === undefined ? dates.to : addDays(next, -1);
    return {
      from,
      to,
      ...words(step, from, to, today),
      weekend: step === 'day' && isWeekend(from),
      now: from <= today && today <= to,
    };
  });
}

function startsBucket(day: string, step: Step, weekStart: 'monday' | 'sunday'): boolean {
  if (step === 'day') return true;
  if (step === 'month') return day.endsWith('-01');
  return weekdayOf(day) === (weekStart === 'monday' ? 0 : 6);
}

function words(
  step: Step,
  from: string,
  to: string,
  today: string,
): Pick<Bucket, 'label' | 'subLabel' | 'title'> {
  if (step === 'day') {
    const weekday = weekdayNames[weekdayOf(from)] ?? '';
    return {
      label: String(Number(from.slice(8))),
      subLabel: weekday.slice(0, 2),
      title: `${weekday} ${formatDay(from, today)}`,
    };
  }
  const title = formatRange(from, to, today);
  if (step === 'week') return { label: formatDay(from, from), subLabel: '', title };
  const month = formatDay(monthEnd(from), from).split(' ')[1] ?? '';
  return { label: month, subLabel: from.slice(0, 4), title };
}
