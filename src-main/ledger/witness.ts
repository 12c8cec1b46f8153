import { dropChoice, listChoices } from '../store/choices.ts';
import type { WriteDb } from '../store/database.ts';
import { listSources, type SourceRow } from '../store/sources.ts';
import { createMarker, type MarkCounts, type Presence, presences } from '../store/witnesses.ts';
import { dayNumber, dayText, monthOf } from './day.ts';
import { chooseWitnesses, cutWithoutCover, type Witness } from './evidence.ts';

/** UTC days touched, per source. */
export type Scopes = ReadonlyMap<number, ReadonlySet<number>>;

type Sources = ReadonlyMap<number, SourceRow>;

function daysByAccount(scopes: Scopes, sources: Sources): Map<number, Set<number>> {
  const byAccount = new Map<number, Set<number>>();
  for (const [sourceId, days] of scopes) {
    const account = sources.get(sourceId)?.account_id;
    if (account === undefined) continue;
    const all = byAccount.get(account) ?? new Set<number>();
    for (const day of days) all.add(day);
    byAccount.set(account, all);
  }
  return byAccount;
}

function span(days: ReadonlySet<number>): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const day of days) {
    from = Math.min(from, day);
    to = Math.max(to, day);
  }
  return { from: monthOf(from).first, to: monthOf(to).last };
}

/** What a source states, of a day or of a month that it states as a whole. */
type Stated = Pick<Witness, 'money' | 'usage'>;

function stated(rows: readonly Presence[]): Stated {
  return {
    money: rows.reduce((sum, row) => sum + Number(row.cost_nano_usd), 0),
    usage: rows.reduce((sum, row) => sum + row.usage, 0),
  };
}

function toWitness(presence: Presence, source: SourceRow, month: Stated | undefined): Witness {
  return {
    ...(month ?? stated([presence])),
    sourceId: source.id,
    importer: source.importer,
    vendor: source.vendor,
    cut: cutWithoutCover(source.cut),
    evidence: source.evidence,
    coverage: source.coverage,
    usageRank: source.usage_rank,
    hasUsage: presence.usage > 0,
    hasMoney: presence.has_money === 1,
    spansMonth: month !== undefined,
  };
}

/** A UTC day with what each source has on it. */
export type Day = readonly [day: number, rows: readonly Presence[]];

/** A source that states the month as a whole: its row that does, and all it states of it. */
interface Spanning {
  readonly row: Presence;
  readonly month: Stated;
}

/** Who tells of a day: what has records on it, and what has a record that stands for its whole month. */
function witnessesOf(
  [, rows]: Day,
  spanning: ReadonlyMap<number, Spanning>,
  sources: Sources,
): readonly Witness[] {
  const own = new Set(rows.map((row) => row.source_id));
  const away = [...spanning.values()].flatMap(({ row }) => (own.has(row.source_id) ? [] : [row]));
  return [...rows, ...away].flatMap((row) => {
    const source = sources.get(row.source_id);
    return source === undefined ? [] : [toWitness(row, source, spanning.get(row.source_id)?.month)];
  });
}

/** Who tells of each of these days of one month; a record that stands for the month tells of all of them. */
export function witnessesByDay(days: readonly Day[], sources: Sources): readonly (readonly Witness[])[] {
  const bySource = Map.groupBy(
    days.flatMap(([, rows]) => rows),
    (row) => row.source_id,
  );
  const spanning = new Map(
    [...bySource].flatMap(([id, rows]) => {
      const row = rows.findLast((one) => one.month_records > 0);
      return row === undefined ? [] : [[id, { row, month: stated(rows) }] as const];
    }),
  );
  return days.map((day) => witnessesOf(day, spanning, sources));
}

interface Month {
  readonly days: readonly Day[];
  readonly sources: Sources;
  readonly standsAlone: number | null;
}

function markMonth({ days, sources, standsAlone }: Month, mark: MarkCounts): void {
  const chosen = chooseWitnesses(witnessesByDay(days, sources), standsAlone);
  for (const [i, [day, rows]] of days.entries())
    for (const { source_id: id } of rows)
      mark(id, day, chosen[i]?.cost.has(id) ?? false, chosen[i]?.usage.has(id) ?? false);
}

/** `YYYY-MM` of a UTC day. */
export function monthText(day: number): string {
  return dayText(day).slice(0, 7);
}

/** The source the user lets count, by month. A choice ends with the records of its source. */
function choicesOf(db: WriteDb, account: number): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { month, source_id: id } of listChoices(db, account)) {
    const { first, last } = monthOf(dayNumber(`${month}-01`));
    if (presences(db, account, first, last).some((row) => row.source_id === id)) held.set(month, id);
    else dropChoice(db, account, month);
  }
  return held;
}

/**
 * Settles anew which sources count on the touched days. A record that stands for a month speaks for every day of it,
 * so whole months are settled together.
 */
export function settleWitnesses(db: WriteDb, scopes: Scopes): void {
  const sources = new Map(listSources(db).map((source) => [source.id, source]));
  const mark = createMarker(db);
  for (const [account, touched] of daysByAccount(scopes, sources)) {
    const { from, to } = span(touched);
    const days = Map.groupBy(presences(db, account, from, to), (row) => row.utc_day);
    const months = Map.groupBy(days.entries(), ([day]) => monthOf(day).first);
    const choices = choicesOf(db, account);
    for (const [first, month] of months)
      markMonth({ days: month, sources, standsAlone: choices.get(monthText(first)) ?? null }, mark);
  }
}
