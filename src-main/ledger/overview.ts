import type { ReadDb } from '../store/database.ts';
import { exactInteger } from '../store/database.ts';
import { type HourRow, hourFigures } from '../store/hours.ts';
import { dayText, monthOf, type Zone } from './day.ts';
import { type Filters, rollupNeeds, rollupWhere } from './filter.ts';
import { feesIn, readFigures, runReport } from './report.ts';

export interface OverviewOptions {
  readonly filters: Filters;
  readonly zone: Zone;
  readonly rollupZone: string;
  readonly now: number;
}

export interface HeatCell {
  readonly weekday: number;
  readonly hour: number;
  requests: number;
  cashNanoUsd: number;
  equivalentNanoUsd: number;
}

const hourKeys = new Set(['from', 'to', 'accounts', 'sources', 'projects']);

/** Whether the hourly rollups, which know only sources and projects, can answer. */
function fitsHours({ filters, zone, rollupZone }: OverviewOptions): boolean {
  const used = Object.entries(filters).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return zone.name === rollupZone && used.every(([key]) => hourKeys.has(key));
}

/** Usage by weekday and hour of the chosen zone. Records that stand for a whole day have no hour: their money is told apart. */
export function heatMap(
  db: ReadDb,
  options: OverviewOptions,
): { cells: readonly HeatCell[]; withoutHourNanoUsd: number } {
  const rows = fitsHours(options)
    ? hourFigures(db, rollupWhere(options.filters), {
        byProject: rollupNeeds(options.filters).includes('project'),
      })
    : (readFigures(db, ['weekday', 'hour'], options).filter(
        (row) => row.hour !== null,
      ) as unknown as HourRow[]);
  const cells = new Map<number, HeatCell>();
  for (const row of rows) {
    const id = row.weekday * 24 + row.hour;
    const cell = cells.get(id) ?? {
      weekday: row.weekday,
      hour: row.hour,
      requests: 0,
      cashNanoUsd: 0,
      equivalentNanoUsd: 0,
    };
    if (row.counts_usage) cell.requests += exactInteger(row.requests);
    if (row.counts_cost && row.account_kind === 'plan')
      cell.equivalentNanoUsd += exactInteger(row.cost_nano_usd);
    else if (row.counts_cost) cell.cashNanoUsd += exactInteger(row.cost_nano_usd);
    cells.set(id, cell);
  }
  const { totals } = runReport(db, { ...options, by: [] });
  const all = [...cells.values()];
  const placed = all.reduce((sum, cell) => sum + cell.cashNanoUsd + cell.equivalentNanoUsd, 0);
  const whole = totals.cashNanoUsd - totals.planFeeNanoUsd + totals.equivalentNanoUsd;
  return {
    cells: all.sort((a, b) => a.weekday - b.weekday || a.hour - b.hour),
    withoutHourNanoUsd: whole - placed,
  };
}

export interface Pace {
  readonly month: string;
  readonly lastDay: string;
  readonly daysSeen: number;
  readonly daysInMonth: number;
  readonly spentNanoUsd: number;
  readonly projectedNanoUsd: number | null;
  readonly lowNanoUsd: number | null;
  readonly highNanoUsd: number | null;
  readonly days: readonly { readonly day: string; readonly cashNanoUsd: number }[];
}

/** Fewest complete days a pace is drawn from. */
const fewestDays = 3;

function median(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0;
}

function firstDayKnown(db: ReadDb): number | null {
  return db.prepare('SELECT min(local_day) FROM rollup_day').pluck().get() as number | null;
}

/**
 * Cash of the current month carried to its last day: what is spent, plus the mean complete day for every day left.
 * The range takes the quarter points of the days seen instead. Plan fees already charged are in; later ones are added.
 */
export function paceToMonthEnd(db: ReadDb, options: OverviewOptions): Pace {
  const today = options.zone.at(options.now).day;
  const { first, last } = monthOf(today);
  const filters = { ...options.filters, from: dayText(first), to: dayText(last) };
  const { rows, totals } = runReport(db, { ...options, filters, by: ['day'] });
  const usage = new Map(rows.map((row) => [row.day ?? '', row.cashNanoUsd - row.planFeeNanoUsd]));
  const cash = new Map(rows.map((row) => [row.day ?? '', row.cashNanoUsd]));
  // days before the first record are unknown, not free
  const known = Math.min(today, Math.max(first, firstDayKnown(db) ?? first));
  const complete = Array.from({ length: today - known }, (_, i) => usage.get(dayText(known + i)) ?? 0);
  const left = last - today + 1;
  const todayUsage = usage.get(dayText(today)) ?? 0;
  const sorted = [...complete].sort((a, b) => a - b);
  const mean = complete.length === 0 ? 0 : Math.round(complete.reduce((a, b) => a + b, 0) / complete.length);
  const dueFees = feesIn(db, { ...options, filters: { ...filters, from: dayText(today + 1) } }, last);
  const due = dueFees.reduce((sum, fee) => sum + fee.nanoUsd, 0);
  const carry = (perDay: number): number =>
    due + totals.cashNanoUsd + Math.max(0, perDay - todayUsage) + perDay * (left - 1);
  const isKnown = complete.length >= fewestDays;
  return {
    month: dayText(first).slice(0, 7),
    lastDay: dayText(last),
    daysSeen: today - known + 1,
    daysInMonth: last - first + 1,
    spentNanoUsd: totals.cashNanoUsd,
    projectedNanoUsd: isKnown ? carry(mean) : null,
    lowNanoUsd: isKnown ? Math.min(carry(mean), carry(median(sorted, 0.25))) : null,
    highNanoUsd: isKnown ? Math.max(carry(mean), carry(median(sorted, 0.75))) : null,
    days: Array.from({ length: today - first + 1 }, (_, i) => dayText(first + i)).map((day) => ({
      day,
      cashNanoUsd: cash.get(day) ?? 0,
    })),
  };
}
