import { dayOf, formatDay, formatTime } from '../../ui/dates.ts';

/** When something was read: the time today, the date before. */
export function readAt(atMs: number, zone: string, today: string): string {
  const day = dayOf(atMs, zone);
  return day === today ? formatTime(atMs, zone) : formatDay(day, today);
}
