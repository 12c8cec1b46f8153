import type { ReportRow } from '../../../src-preload/contract/report.ts';
import type { Filters, ReportKey } from '../../../src-preload/contract/values.ts';
import { allTokens } from '../../ui/numbers.ts';

export const groupings = [
  { by: 'none', label: 'Records' },
  { by: 'day', label: 'Day' },
  { by: 'model', label: 'Model' },
  { by: 'provider', label: 'Provider' },
  { by: 'project', label: 'Project' },
  { by: 'account', label: 'Account' },
  { by: 'source', label: 'Source' },
  { by: 'session', label: 'Session' },
] as const satisfies readonly { readonly by: ReportKey | 'none'; readonly label: string }[];

export type Grouping = (typeof groupings)[number]['by'];
export type GroupKey = Exclude<Grouping, 'none'>;
export type GroupSort = 'name' | 'requests' | 'tokens' | 'cost' | 'equivalent';

/** The group's name as shown; null where the records state none. */
export function groupName(row: ReportRow, by: GroupKey): string | null {
  const name = row[by];
  return name === undefined || name === '' ? null : name;
}

/** The filters behind one group: what its row opens. "None stated" is an empty string. */
export function drillDown(row: ReportRow, by: GroupKey): Filters {
  switch (by) {
    case 'day':
      return row.day === undefined ? {} : { from: row.day, to: row.day };
    case 'model':
      return { models: [row.model ?? ''] };
    case 'project':
      return { projects: [row.project ?? ''] };
    case 'account':
      return row.accountId === undefined ? {} : { accounts: [row.accountId] };
    case 'provider':
      return row.provider === undefined ? {} : { providers: [row.provider] };
    case 'source':
      // A plan's fee has no source: number 0.
      return row.sourceId ? { sources: [row.sourceId] } : {};
    case 'session':
      return { sessions: [row.session ?? ''] };
  }
}

/** Groups in order; ties by name, so that the order is the same each time. */
export function sortGroups(
  rows: readonly ReportRow[],
  by: GroupKey,
  sort: GroupSort,
  order: 'asc' | 'desc',
): readonly ReportRow[] {
  const sign = order === 'asc' ? 1 : -1;
  const name = (row: ReportRow): string => groupName(row, by) ?? '';
  return [...rows].sort((a, b) => {
    const names = name(a).localeCompare(name(b), 'en', { numeric: true });
    return sort === 'name' ? sign * names : sign * (figureOf(a, sort) - figureOf(b, sort)) || names;
  });
}

function figureOf(row: ReportRow, sort: Exclude<GroupSort, 'name'>): number {
  switch (sort) {
    case 'requests':
      return row.requests;
    case 'tokens':
      return allTokens(row.tokens);
    case 'cost':
      return row.cashNanoUsd;
    case 'equivalent':
      return row.equivalentNanoUsd;
  }
}
