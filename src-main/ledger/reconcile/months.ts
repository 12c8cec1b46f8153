import type { AccountRow } from '../../store/accounts.ts';
import { listAccounts } from '../../store/accounts.ts';
import { listChoices } from '../../store/choices.ts';
import type { ReadDb } from '../../store/database.ts';
import { partsOf, type SourceDay, sourceDays } from '../../store/reconcile.ts';
import { listSources, type SourceRow } from '../../store/sources.ts';
import { type DayNumber, dayMs, dayText, monthOf } from '../day.ts';
import { monthText } from '../witness.ts';
import { type Gap, gapOf } from './gap.ts';
import { type Compared, compareMonth, type DaySides, isCompared, type Span } from './month.ts';
import { type BilledLines, dependsOnLines, roundingOf } from './rounding.ts';
import { type Trend, trendOf } from './trend.ts';

/** Vendors add late usage to a month for up to three days (docs/guides/reconciliation.md). */
const settleMs = 3 * dayMs;

/** One account's month; the contract's `monthRow`. */
export interface MonthRow extends Gap {
  readonly accountId: number;
  readonly account: string;
  readonly provider: string;
  readonly month: string;
  readonly comparedFrom: string | null;
  readonly comparedTo: string | null;
  readonly unfinishedDay: string | null;
  readonly billedOutsideNanoUsd: number;
  readonly ownOutsideNanoUsd: number;
  readonly roundingNanoUsd: number;
  readonly isFinal: boolean;
  readonly asOf: number | null;
  readonly chosenSourceId: number | null;
}

/** A month with what it was summed from. */
export interface ReadMonth {
  readonly row: MonthRow;
  readonly compared: Compared;
  readonly rows: readonly SourceDay[];
  readonly sources: ReadonlyMap<number, SourceRow>;
  readonly spans: ReadonlyMap<number, Span>;
}

export interface MonthsOptions {
  readonly accountId?: number | undefined;
  /** `YYYY-MM`; every month when left out. */
  readonly month?: string | undefined;
  readonly now: number;
}

function spansOf(rows: readonly SourceDay[]): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  for (const { source_id: id, utc_day: day } of rows) {
    const known = spans.get(id) ?? { first: day, last: day };
    spans.set(id, { first: Math.min(known.first, day), last: Math.max(known.last, day) });
  }
  return spans;
}

function sum(days: readonly DaySides[], side: 'billed' | 'own'): number | null {
  const known = days.flatMap((day) => day[side] ?? []);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

/** How the billed lines of a month are written: read from its records, and only where the verdict hangs on it. */
function linesOf(db: ReadDb, account: number, { span, chosen }: Compared): BilledLines {
  if (span === null) return { lines: 0, places: 0 };
  const billed = new Set([...chosen.values()].flatMap((day) => [...day.billed]));
  const parts = partsOf(db, account, span.first, span.last).filter((part) => billed.has(part.source_id));
  return {
    lines: parts.reduce((all, part) => all + part.records, 0),
    places: Math.max(0, ...parts.map((part) => part.places)),
  };
}

interface Sums {
  readonly billed: number | null;
  readonly own: number | null;
  readonly rounding: number;
}

function sumsOf(db: ReadDb, account: number, compared: Compared): Sums {
  const inside = compared.days.filter(({ day }) => compared.span === null || isCompared(compared, day));
  const billed = sum(inside, 'billed');
  const own = sum(inside, 'own');
  const whole = billed ?? 0;
  const gap = whole - (own ?? 0);
  const lines =
    billed !== null && own !== null && dependsOnLines(whole, gap)
      ? linesOf(db, account, compared)
      : { lines: 0, places: 9 };
  return { billed, own, rounding: roundingOf(whole, lines) };
}

function rowOf(db: ReadDb, account: AccountRow, month: ReadMonth['compared'], facts: RowFacts): MonthRow {
  const { span, unfinished, billedAt, days } = month;
  const { billed, own, rounding } = sumsOf(db, account.id, month);
  const isIn = (day: DayNumber): boolean => billed === null || isCompared(month, day);
  const outside = days.filter(({ day }) => !isIn(day));
  const unpricedRecords = days
    .filter(({ day }) => isIn(day))
    .reduce((all, day) => all + day.unpricedRecords, 0);
  const end = (monthOf(facts.first).last + 1) * dayMs;
  return {
    ...gapOf({ billed, own, unpricedRecords, rounding }),
    accountId: account.id,
    account: account.name,
    provider: account.provider,
    month: monthText(facts.first),
    comparedFrom: billed === null || span === null ? null : dayText(span.first),
    comparedTo: billed === null || span === null ? null : dayText(span.last),
    unfinishedDay: unfinished === null ? null : dayText(unfinished),
    billedOutsideNanoUsd: sum(outside, 'billed') ?? 0,
    ownOutsideNanoUsd: sum(outside, 'own') ?? 0,
    roundingNanoUsd: rounding,
    isFinal: billed !== null && facts.now >= end && billedAt !== null && billedAt >= end + settleMs,
    asOf: billedAt,
    chosenSourceId: facts.standsAlone,
  };
}

interface RowFacts {
  readonly first: DayNumber;
  readonly now: number;
  readonly standsAlone: number | null;
}

/** Every month of every api account, newest first: plans are compared with their fee instead, local models with nothing. */
export function readMonths(db: ReadDb, options: MonthsOptions): readonly ReadMonth[] {
  const accounts = new Map(
    listAccounts(db)
      .filter(({ kind }) => kind === 'api')
      .map((account) => [account.id, account]),
  );
  const sources = new Map(listSources(db).map((source) => [source.id, source]));
  const choices = new Map(
    listChoices(db, options.accountId).map((one) => [`${one.account_id} ${one.month}`, one.source_id]),
  );
  const all = sourceDays(db, options.accountId).filter((row) => accounts.has(row.account_id));
  const spans = spansOf(all);
  const months = Map.groupBy(all, (row) => `${row.account_id} ${monthText(row.utc_day)}`);
  return [...months]
    .flatMap(([key, rows]): ReadMonth[] => {
      const [head] = rows;
      const account = head && accounts.get(head.account_id);
      if (!head || !account || (options.month !== undefined && monthText(head.utc_day) !== options.month))
        return [];
      const standsAlone = choices.get(key) ?? null;
      const compared = compareMonth({ sources, rows, spans, standsAlone });
      const { first } = monthOf(head.utc_day);
      const row = rowOf(db, account, compared, { first, now: options.now, standsAlone });
      return [{ row, compared, rows, sources, spans }];
    })
    .sort((a, b) => b.row.month.localeCompare(a.row.month) || a.row.account.localeCompare(b.row.account));
}

export interface AccountTrend extends Trend {
  readonly accountId: number;
  readonly account: string;
  readonly provider: string;
}

/** How each account's gap develops over its months that are over. */
export function trendsOf(months: readonly MonthRow[], now: number): readonly AccountTrend[] {
  const running = monthText(Math.floor(now / dayMs));
  return [...Map.groupBy(months, (month) => month.accountId).values()].flatMap((own) => {
    const [head] = own;
    if (head === undefined) return [];
    const { accountId, account, provider } = head;
    const over = own.filter(({ month }) => month < running).toReversed();
    return [{ accountId, account, provider, ...trendOf(over) }];
  });
}
