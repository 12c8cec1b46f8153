import type { WriteDb } from '../store/database.ts';
import { createMarker, type Presence, presences, type SourceFacts, sourceFacts } from '../store/witnesses.ts';
import { monthOf } from './day.ts';
import { chooseWitnesses, type Witness } from './evidence.ts';

/** UTC days touched, per source. */
export type Scopes = ReadonlyMap<number, ReadonlySet<number>>;

function daysByAccount(scopes: Scopes, sources: ReadonlyMap<number, SourceFacts>): Map<number, Set<number>> {
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

function toWitness(presence: Presence, facts: SourceFacts, spansMonth: boolean): Witness {
  return {
    sourceId: facts.id,
    evidence: facts.evidence,
    coverage: facts.coverage,
    usageRank: facts.usage_rank,
    hasUsage: presence.has_usage === 1,
    hasMoney: presence.has_money === 1,
    spansMonth,
  };
}

function groupByDay(rows: readonly Presence[]): Map<number, Presence[]> {
  const days = new Map<number, Presence[]>();
  for (const row of rows) {
    const list = days.get(row.utc_day);
    if (list === undefined) days.set(row.utc_day, [row]);
    else list.push(row);
  }
  return days;
}

/**
 * Settles anew which sources count on the touched days. A record that stands for a month speaks for every day of it,
 * so where an account has one the whole month is settled together.
 */
export function settleWitnesses(db: WriteDb, scopes: Scopes): void {
  const sources = new Map(sourceFacts(db).map((facts) => [facts.id, facts]));
  const mark = createMarker(db);
  for (const [account, days] of daysByAccount(scopes, sources)) {
    const { from, to } = span(days);
    const byDay = groupByDay(presences(db, account, from, to));
    const monthly = new Map<number, Presence[]>();
    for (const rows of byDay.values())
      for (const row of rows)
        if (row.month_records > 0)
          monthly.set(monthOf(row.utc_day).first, [...(monthly.get(monthOf(row.utc_day).first) ?? []), row]);
    for (const [day, rows] of byDay) {
      const spanning = monthly.get(monthOf(day).first) ?? [];
      const away = spanning.filter((row) => !rows.some((own) => own.source_id === row.source_id));
      const witnesses = [...rows, ...away].flatMap((row) => {
        const facts = sources.get(row.source_id);
        return facts === undefined
          ? []
          : [
              toWitness(
                row,
                facts,
                spanning.some((s) => s.source_id === row.source_id),
              ),
            ];
      });
      const chosen = chooseWitnesses(witnesses);
      for (const row of rows)
        mark(row.source_id, day, chosen.cost.has(row.source_id), chosen.usage.has(row.source_id));
    }
  }
}
