import type { Brought } from '../ledger/book.ts';
import type { DayNumber } from '../ledger/day.ts';
import { exactInteger } from '../store/database.ts';
import type { ImportTotals } from '../store/imports.ts';

/** Counts of one import while it runs. `accepted` includes `updated`. */
export interface Tally {
  accepted: number;
  updated: number;
  duplicate: number;
  refused: number;
  skipped: number;
  unpriced: number;
  costNanoUsd: number;
  firstDay: number | null;
  lastDay: number | null;
}

export function newTally(): Tally {
  return {
    accepted: 0,
    updated: 0,
    duplicate: 0,
    refused: 0,
    skipped: 0,
    unpriced: 0,
    costNanoUsd: 0,
    firstDay: null,
    lastDay: null,
  };
}

/** Notes a UTC day a row stands on. */
export function noteDay(tally: Tally, utcDay: DayNumber): void {
  if (tally.firstDay === null || utcDay < tally.firstDay) tally.firstDay = utcDay;
  if (tally.lastDay === null || utcDay > tally.lastDay) tally.lastDay = utcDay;
}

/** Notes the money of a settled import: what its records cost, and what it raised those of other imports by. */
export function noteMoney(tally: Tally, { costNanoUsd, unpriced }: Brought): void {
  tally.costNanoUsd = exactInteger(costNanoUsd);
  tally.unpriced = unpriced;
}

export function toTotals(tally: Tally): ImportTotals {
  const { accepted, updated, duplicate, refused, skipped, unpriced } = tally;
  return {
    accepted,
    updated,
    duplicate,
    refused,
    skipped,
    unpriced,
    cost_nano_usd: tally.costNanoUsd,
    first_day: tally.firstDay,
    last_day: tally.lastDay,
  };
}

/** The totals of an import that is gone on with: what it had, and what was added to it. */
export function addTotals(had: ImportTotals | null, totals: ImportTotals): ImportTotals {
  if (had === null) return totals;
  return {
    accepted: had.accepted + totals.accepted,
    updated: had.updated + totals.updated,
    duplicate: had.duplicate + totals.duplicate,
    refused: had.refused + totals.refused,
    skipped: had.skipped + totals.skipped,
    unpriced: had.unpriced + totals.unpriced,
    cost_nano_usd: exactInteger(had.cost_nano_usd + totals.cost_nano_usd),
    first_day: furthest(Math.min, had.first_day, totals.first_day),
    last_day: furthest(Math.max, had.last_day, totals.last_day),
  };
}

function furthest(pick: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : pick(a, b);
}
