import { createZone } from '../ledger/day.ts';
import type { Filters } from '../ledger/filter.ts';
import { heatMap, paceToMonthEnd } from '../ledger/overview.ts';
import { runReport } from '../ledger/report.ts';
import type { ReadDb } from '../store/database.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';
import { daySpan } from './spans.ts';

function options(context: HandlerContext, filters: Filters) {
  return { ...context.zone(), filters, now: context.ports.clock.now() };
}

function asOf(db: ReadDb, filters: Filters): number | null {
  const rows = db
    .prepare('SELECT id, account_id, last_read_at FROM sources WHERE last_read_at IS NOT NULL')
    .all() as { id: number; account_id: number; last_read_at: number }[];
  const within = rows
    .filter((row) => !filters.accounts?.length || filters.accounts.includes(row.account_id))
    .filter((row) => !filters.sources?.length || filters.sources.includes(row.id));
  return within.length === 0 ? null : Math.max(...within.map((row) => row.last_read_at));
}

function texts(db: ReadDb, column: 'project_id' | 'model_id' | 'provider_id'): string[] {
  const table = column === 'project_id' ? 'rollup_project' : 'rollup_model';
  return db
    .prepare(
      `SELECT text FROM names WHERE id IN (SELECT DISTINCT ${column} FROM ${table}) AND id <> 0 ORDER BY text`,
    )
    .pluck()
    .all() as string[];
}

export const reportHandlers: Handlers<Namespace<'report'>> = {
  'report.run': ({ by, filters, zone }, context) => {
    const db = context.db();
    const base = options(context, filters);
    const chosen = zone === undefined ? base.zone : createZone(zone);
    const { rows, totals } = runReport(db, { ...base, zone: chosen, by: [...new Set(by)] });
    return {
      rows: [...rows],
      totals,
      zone: chosen.name,
      from: filters.from ?? null,
      to: filters.to ?? null,
      asOf: asOf(db, filters),
    };
  },
  'report.heat': ({ filters }, context) => {
    const { cells, withoutHourNanoUsd } = heatMap(context.db(), options(context, filters));
    return { cells: [...cells], withoutHourNanoUsd };
  },
  'report.pace': ({ filters }, context) => {
    const pace = paceToMonthEnd(context.db(), options(context, filters));
    return { ...pace, days: [...pace.days] };
  },
  'report.values': (_, context) => {
    const db = context.db();
    return {
      projects: texts(db, 'project_id'),
      models: texts(db, 'model_id'),
      providers: texts(db, 'provider_id'),
      ...daySpan(db),
    };
  },
};
