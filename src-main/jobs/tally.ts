import type { Entered } from '../ledger/book.ts';
import { exactInteger, type ReadDb } from '../store/database.ts';
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

/** Notes the days an entry touches. */
export function noteEntered(tally: Tally, entered: Entered): void {
  tally.firstDay = tally.firstDay === null ? entered.utcDay : Math.min(tally.firstDay, entered.utcDay);
  tally.lastDay = tally.lastDay === null ? entered.utcDay : Math.max(tally.lastDay, entered.utcDay);
}

/**
 * Money and unpriced records an import brought, counted at its end (later lines of a reply raise what earlier ones said),
 * and what it changed records of other imports by.
 */
export function noteMoney(db: ReadDb, tally: Tally, importId: number, raisedNanoUsd: number): void {
  const sum = db
    .prepare(
      `SELECT coalesce(sum(cost_nano_usd), 0) AS cost, coalesce(sum(cost_state = 0), 0) AS unpriced
       FROM records WHERE import_id = ?`,
    )
    .get(importId) as { cost: unknown; unpriced: number };
  tally.costNanoUsd = exactInteger(sum.cost) + raisedNanoUsd;
  tally.unpriced = sum.unpriced;
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
