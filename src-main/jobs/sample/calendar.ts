export const dayMs = 86_400_000;

/** One UTC date of the sample: its start and how busy the made-up person was (percent of a usual working day). */
export interface SampleDay {
  readonly startMs: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly busyPercent: number;
}

const weeks = 5;

/**
 * Five whole weeks and the days of the running one up to yesterday (UTC), from a Monday on. What a date holds never
 * depends on when it is rendered, so a later sample continues an earlier one.
 */
export function sampleDays(nowMs: number): readonly [SampleDay, ...SampleDay[]] {
  const yesterday = Math.floor(nowMs / dayMs) - 1;
  const first = mondayOf(yesterday) - weeks * 7;
  const days: SampleDay[] = [];
  for (let day = first + 1; day <= yesterday; day++) days.push(dayOf(day));
  return [dayOf(first), ...days];
}

/** Date of the Monday of a day's week: names what a weekly session belongs to. */
export function weekOf(day: SampleDay): string {
  return dayOf(mondayOf(day.startMs / dayMs)).date;
}

export function isoAt(ms: number): string {
  return new Date(ms).toISOString();
}

function mondayOf(dayNumber: number): number {
  return dayNumber - weekdayOf(dayNumber);
}

/** 0 is Monday: 1970-01-01 was a Thursday. */
function weekdayOf(dayNumber: number): number {
  return (dayNumber + 3) % 7;
}

function dayOf(dayNumber: number): SampleDay {
  const startMs = dayNumber * dayMs;
  const weekday = weekdayOf(dayNumber);
  const usual = weekday < 5 ? 85 + ((dayNumber * 37) % 40) : 15 + ((dayNumber * 11) % 20);
  const isRush = weekday < 5 && dayNumber % 11 === 4;
  const busyPercent = Math.round(((isRush ? usual * 2 : usual) * seasonPercent(dayNumber)) / 100);
  return { startMs, date: isoAt(startMs).slice(0, 10), busyPercent };
}

/** Work comes in waves of eight weeks, so that one month differs from the next. */
function seasonPercent(dayNumber: number): number {
  return 70 + Math.abs((dayNumber % 56) - 28) * 2;
}
