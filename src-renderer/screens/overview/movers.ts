import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { addDays, daysBetween, monthEnd, monthStart } from '../../ui/dates.ts';
import type { Dates } from '../../ui/view.ts';
import { type Measure, measured } from './measure.ts';
import { labelOf, type MoverKey, nameOf } from './names.ts';

/**
 * What a range is compared with: from the first of a month, the same days of the month before (a whole month with a
 * whole month); any other range with as many days that end the day before.
 */
export function periodBefore({ from, to }: Dates): Dates {
  const end = addDays(from, -1);
  if (from !== monthStart(from) || monthStart(to) !== from)
    return { from: addDays(end, -daysBetween(from, to)), to: end };
  const first = monthStart(end);
  const sameDay = addDays(first, daysBetween(from, to));
  return { from: first, to: to === monthEnd(to) || sameDay > end ? end : sameDay };
}

/** Whether a period ends before the first record: what was spent in it is unknown, so nothing compares with it. */
export function isBeforeRecords(before: Dates, firstDay: string | null): boolean {
  return firstDay === null || before.to < firstDay;
}

export interface Mover {
  readonly name: string;
  readonly label: string;
  readonly change: number;
  readonly before: number;
  readonly after: number;
  /** Why, in a few words: new, gone, or how its requests changed; null where its records state no requests. */
  readonly reason: string | null;
}

interface Side {
  label: string;
  value: number;
  requests: number;
}

/** What changed between two ranges, largest change first; names that did not move are left out. */
export function moversOf(
  before: readonly ReportRow[],
  after: readonly ReportRow[],
  by: MoverKey,
  measure: Measure,
): readonly Mover[] {
  const [was, is] = [sides(before, by, measure), sides(after, by, measure)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names]
    .map((name) => {
      const [old, now] = [was.get(name) ?? nothing, is.get(name) ?? nothing];
      return {
        ...{ name, label: now.label || old.label, before: old.value, after: now.value },
        change: now.value - old.value,
        reason: reasonOf(old, now),
      };
    })
    .filter((mover) => mover.change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.label.localeCompare(b.label));
}

const nothing: Side = { label: '', value: 0, requests: 0 };

function sides(rows: readonly ReportRow[], by: MoverKey, measure: Measure): ReadonlyMap<string, Side> {
  const byName = new Map<string, Side>();
  for (const row of rows) {
    const name = nameOf(row, by);
    const side = byName.get(name) ?? { label: labelOf(name, by, row), value: 0, requests: 0 };
    side.value += measured(row, measure);
    side.requests += row.requests;
    byName.set(name, side);
  }
  return byName;
}

function reasonOf(old: Side, now: Side): string | null {
  if (old.requests === 0 && old.value === 0) return 'new in this range';
  if (now.requests === 0 && now.value === 0) return 'not used any more';
  const change = now.requests - old.requests;
  if (old.requests === 0 || now.requests === 0) return null;
  const ratio = now.requests / old.requests;
  if (ratio >= 0.95 && ratio <= 1.05)
    return now.value > old.value ? 'same requests, dearer' : 'same requests, cheaper';
  if (ratio >= 1.9) return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}x the requests`;
  const count = Math.abs(change).toLocaleString('en-US');
  return `${count} ${change > 0 ? 'more' : 'fewer'} request${Math.abs(change) === 1 ? '' : 's'}`;
}
