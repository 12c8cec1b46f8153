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

/** What an export states of a vendor in a month. */
type Stated = Pick<Witness, 'money' | 'usage'>;

function toWitness(presence: Presence, source: SourceRow, spansMonth: boolean, stated: Stated): Witness {
  return {
    ...stated,
    sourceId: source.id,
    importer: source.importer,
    vendor: source.vendor,
    cut: cutWithoutCover(source.cut),
    evidence: source.evidence,
    coverage: source.coverage,
    usageRank: source.usage_rank,
    hasUsage: presence.usage > 0,
    hasMoney: presence.has_money === 1,
    spansMonth,
  };
}

/** A part of an export that a plan covered is a source of its own, and so is each vendor it tells of. */
function exportOf({ importer, cut, evidence, vendor, coverage }: SourceRow): string {
  return JSON.stringify([importer, cutWithoutCover(cut), evidence, vendor, coverage]);
}

/** What each source's whole export states. */
function statedBySource(rows: readonly Presence[], sources: Sources): ReadonlyMap<number, Stated> {
  const bySource = Map.groupBy(rows, (row) => row.source_id);
  const present = [...bySource.keys()].flatMap((id) => sources.get(id) ?? []);
  return new Map(
    [...Map.groupBy(present, exportOf).values()].flatMap((parts) => {
      const own = parts.flatMap(({ id }) => bySource.get(id) ?? []);
      const money = own.reduce((sum, row) => sum + Number(row.cost_nano_usd), 0);
      const usage = own.reduce((sum, row) => sum + row.usage, 0);
      return parts.map(({ id }) => [id, { money, usage }] as const);
    }),
  );
}

/** A UTC day with what each source has on it. */
export type Day = readonly [day: number, rows: readonly Presence[]];

/** Who tells of each of these days of one month; a record that stands for the month tells of all of them. */
export function witnessesByDay(days: readonly Day[], sources: Sources): readonly (readonly Witness[])[] {
  const all = days.flatMap(([, rows]) => rows);
  const spanning = new Map(all.flatMap((row) => (row.month_records > 0 ? [[row.source_id, row]] : [])));
  const stated = statedBySource(all, sources);
  /** What has records on a day, and what has a record that stands for its whole month. */
  return days.map(([, rows]) => {
    const own = new Set(rows.map((row) => row.source_id));
    const away = [...spanning.values()].filter((row) => !own.has(row.source_id));
    return [...rows, ...away].flatMap((row) => {
      const [source, said] = [sources.get(row.source_id), stated.get(row.source_id)];
      if (source === undefined || said === undefined) return [];
      return [toWitness(row, source, spanning.has(source.id), said)];
    });
  });
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
