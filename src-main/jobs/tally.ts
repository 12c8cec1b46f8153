import type { Entered } from '../ledger/book.ts';
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

/** Notes the days and money of what came in; duplicates widen the days but add nothing. */
export function noteEntered(tally: Tally, entered: Entered): void {
  tally.firstDay = tally.firstDay === null ? entered.utcDay : Math.min(tally.firstDay, entered.utcDay);
  tally.lastDay = tally.lastDay === null ? entered.utcDay : Math.max(tally.lastDay, entered.utcDay);
  if (entered.outcome !== 'accepted') return;
  if (entered.unpriced) tally.unpriced++;
  tally.costNanoUsd += entered.costNanoUsd ?? 0;
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
