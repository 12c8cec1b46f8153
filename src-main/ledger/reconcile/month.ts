import { exactInteger } from '../../store/database.ts';
import type { SourceDay } from '../../store/reconcile.ts';
import type { SourceRow } from '../../store/sources.ts';
import { type DayNumber, dayMs, monthOf } from '../day.ts';
import { chooseWitnesses, type Witness } from '../evidence.ts';
import { witnessesByDay } from '../witness.ts';

export type Side = 'billed' | 'own';

/** An account-wide bill stands on one side; everything LLMLab knows without it on the other. */
export function sideOf(source: Pick<SourceRow, 'evidence' | 'coverage'>): Side {
  return source.evidence === 0 && source.coverage === 'account' ? 'billed' : 'own';
}

/** One account's UTC month as its witnesses tell it. */
export interface MonthInput {
  readonly sources: ReadonlyMap<number, SourceRow>;
  /** What each source says of each day of the month. */
  readonly rows: readonly SourceDay[];
  /** Days each source speaks for, over all months. */
  readonly spans: ReadonlyMap<number, Span>;
  readonly standsAlone: number | null;
}

export interface Span {
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** Which sources stand for a side on a day. */
export type ChosenDays = ReadonlyMap<DayNumber, { readonly [S in Side]: ReadonlySet<number> }>;

/** One day's money of both sides; null where a side says nothing. */
export interface DaySides {
  readonly day: DayNumber;
  readonly billed: number | null;
  readonly own: number | null;
  readonly unpricedRecords: number;
  readonly billedLines: number;
}

export interface Compared {
  /** The days the bill speaks for; null without a bill. */
  readonly span: Span | null;
  readonly unfinished: DayNumber | null;
  /** Whether the bill states the month as one sum. */
  readonly isOneSum: boolean;
  readonly billedAt: number | null;
  readonly days: readonly DaySides[];
  readonly chosen: ChosenDays;
}

interface SideDay {
  readonly cost: number | null;
  readonly records: number;
  readonly unpriced: number;
}

function sumOf(rows: readonly SourceDay[], ids: ReadonlySet<number>): SideDay {
  const own = rows.filter((row) => ids.has(row.source_id));
  const known = own.filter((row) => row.has_money === 1);
  return {
    cost: own.length === 0 ? null : known.reduce((sum, row) => sum + exactInteger(row.cost_nano_usd), 0),
    records: own.reduce((sum, row) => sum + row.records, 0),
    unpriced: own.reduce((sum, row) => sum + row.unpriced_records, 0),
  };
}

/** The best witnesses of one side alone, by the ledger's own rule. */
function chooseSide(days: readonly (readonly Witness[])[], side: Side, input: MonthInput) {
  const { sources, standsAlone } = input;
  const isOf = (id: number): boolean => {
    const source = sources.get(id);
    return source !== undefined && sideOf(source) === side;
  };
  const own = days.map((day) => day.filter((witness) => isOf(witness.sourceId)));
  return chooseWitnesses(own, standsAlone !== null && isOf(standsAlone) ? standsAlone : null);
}

/** The days a bill speaks for: from its first record to its last, whole months where it states those. */
function spanOf(rows: readonly SourceDay[], spans: ReadonlyMap<number, Span>): Span | null {
  const [row] = rows;
  if (row === undefined) return null;
  const month = monthOf(row.utc_day);
  const bounds = rows.map((one) =>
    one.month_records > 0 ? { first: month.first, last: month.last } : (spans.get(one.source_id) ?? month),
  );
  return {
    first: Math.max(month.first, Math.min(...bounds.map((one) => one.first))),
    last: Math.min(month.last, Math.max(...bounds.map((one) => one.last))),
  };
}

/** A last day that the bill was read in: its money may still grow, so it is not compared. */
function unfinishedIn(span: Span, readAt: number | null): DayNumber | null {
  const isOver = readAt === null || readAt >= (span.last + 1) * dayMs;
  return isOver || span.last === span.first ? null : span.last;
}

/** Lays both sides of a month beside each other. Pure: what it knows is given. */
export function compareMonth(input: MonthInput): Compared {
  const byDay = [...Map.groupBy(input.rows, (row) => row.utc_day)].sort(([a], [b]) => a - b);
  const witnesses = witnessesByDay(byDay, input.sources);
  const billed = chooseSide(witnesses, 'billed', input);
  const own = chooseSide(witnesses, 'own', input);
  const none = new Set<number>();
  const chosen = new Map(
    byDay.map(([day], i) => [day, { billed: billed[i]?.cost ?? none, own: own[i]?.cost ?? none }] as const),
  );
  const billedRows = byDay.flatMap(([, rows], i) => rows.filter((row) => billed[i]?.cost.has(row.source_id)));
  const whole = spanOf(billedRows, input.spans);
  const reads = billedRows.map((row) => input.sources.get(row.source_id)?.last_read_at ?? 0);
  const billedAt = billedRows.length === 0 ? null : Math.max(...reads);
  const unfinished = whole === null ? null : unfinishedIn(whole, billedAt);
  return {
    span: whole === null ? null : { ...whole, last: unfinished === null ? whole.last : unfinished - 1 },
    unfinished,
    isOneSum: billedRows.some((row) => row.month_records > 0),
    billedAt,
    days: byDay.map(([day, rows], i) =>
      daySides(day, sumOf(rows, billed[i]?.cost ?? none), sumOf(rows, own[i]?.cost ?? none)),
    ),
    chosen,
  };
}

function daySides(day: DayNumber, bill: SideDay, mine: SideDay): DaySides {
  return {
    day,
    // A bill whose every line lacks an exchange rate says nothing that can be compared.
    billed: bill.cost === null || (bill.unpriced > 0 && bill.unpriced === bill.records) ? null : bill.cost,
    own: mine.cost,
    unpricedRecords: mine.unpriced,
    billedLines: bill.records,
  };
}

export function isCompared({ span }: Pick<Compared, 'span'>, day: DayNumber): boolean {
  return span !== null && day >= span.first && day <= span.last;
}
