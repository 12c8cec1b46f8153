import { addDays, dayOf, formatDay, formatTime } from './dates.ts';

/** When something was read: the time today, the date before. */
export function readAt(atMs: number, zone: string, today: string): string {
  const day = dayOf(atMs, zone);
  return day === today ? formatTime(atMs, zone) : formatDay(day, today);
}

/** When something will happen: `now` once it is due, `10:40`, `tomorrow 02:00`, `3 Dec, 02:00`. */
export function dueAt(atMs: number, now: number, zone: string): string {
  if (atMs <= now) return 'now';
  const today = dayOf(now, zone);
  const day = dayOf(atMs, zone);
  const time = formatTime(atMs, zone);
  if (day === today) return time;
  return day === addDays(today, 1) ? `tomorrow ${time}` : `${formatDay(day, today)}, ${time}`;
}
