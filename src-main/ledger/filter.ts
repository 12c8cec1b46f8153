import type { Evidence } from '../platform/record.ts';
import { countsCostSql, countsUsageSql, localDaySql, localHourSql, type Where } from '../store/figures.ts';
import { dayMs, dayNumber } from './day.ts';
import { evidenceIndex } from './evidence.ts';

/** Same shape as the contract's filters. */
export interface Filters {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly accounts?: readonly number[] | undefined;
  readonly sources?: readonly number[] | undefined;
  readonly projects?: readonly string[] | undefined;
  readonly providers?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly sessions?: readonly string[] | undefined;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly importId?: number | undefined;
  readonly unpricedOnly?: boolean | undefined;
  readonly countedOnly?: boolean | undefined;
  readonly hour?: number | undefined;
  readonly weekday?: number | undefined;
  readonly search?: string | undefined;
}

type Part = readonly [sql: string, ...params: (string | number)[]];

function oneOf(column: string, values: readonly (string | number)[] | undefined): Part[] {
  if (values === undefined || values.length === 0) return [];
  return [[`${column} IN (${values.map(() => '?').join(', ')})`, ...values]];
}

function namedOneOf(column: string, values: readonly string[] | undefined): Part[] {
  if (values === undefined || values.length === 0) return [];
  return [
    [`${column} IN (SELECT id FROM names WHERE text IN (${values.map(() => '?').join(', ')}))`, ...values],
  ];
}

function common(filters: Filters): Part[] {
  return [
    ...oneOf('s.account_id', filters.accounts),
    ...oneOf('r.source_id', filters.sources),
    ...namedOneOf('r.project_id', filters.projects),
    ...namedOneOf('r.provider_id', filters.providers),
    ...namedOneOf('r.model_id', filters.models),
    ...oneOf('r.evidence', filters.evidence?.map(evidenceIndex)),
  ];
}

function join(parts: readonly Part[]): Where {
  if (parts.length === 0) return { sql: '1', params: [] };
  return {
    sql: parts.map(([sql]) => `(${sql})`).join(' AND '),
    params: parts.flatMap(([, ...params]) => params),
  };
}

/** Whether the daily rollup can answer: nothing asked that only single records know. */
export function fitsRollup(filters: Filters): boolean {
  return (
    filters.sessions === undefined &&
    filters.importId === undefined &&
    filters.hour === undefined &&
    filters.weekday === undefined &&
    !filters.search &&
    !filters.unpricedOnly
  );
}

export function rollupWhere(filters: Filters): Where {
  const days: Part[] = [];
  if (filters.from !== undefined) days.push(['r.local_day >= ?', dayNumber(filters.from)]);
  if (filters.to !== undefined) days.push(['r.local_day <= ?', dayNumber(filters.to)]);
  if (filters.countedOnly) days.push(['r.counts_cost = 1 OR r.counts_usage = 1']);
  return join([...days, ...common(filters)]);
}

/** LIKE pattern that takes the text literally. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

/** A local day lies within a day of its UTC date, so the index on `at` narrows before the exact local day decides. */
const marginMs = dayMs;

export function recordWhere(filters: Filters): Where {
  const parts: Part[] = [];
  if (filters.from !== undefined) {
    const day = dayNumber(filters.from);
    parts.push(['r.at >= ?', day * dayMs - marginMs], [`${localDaySql} >= ?`, day]);
  }
  if (filters.to !== undefined) {
    const day = dayNumber(filters.to);
    parts.push(['r.at < ?', (day + 1) * dayMs + marginMs], [`${localDaySql} <= ?`, day]);
  }
  parts.push(...common(filters), ...namedOneOf('r.session_id', filters.sessions));
  if (filters.importId !== undefined)
    parts.push([
      'r.import_id = ? OR r.id IN (SELECT record_id FROM observations WHERE import_id = ?)',
      filters.importId,
      filters.importId,
    ]);
  if (filters.unpricedOnly) parts.push([`r.cost_state = 0 AND ${countsCostSql} = 1`]);
  if (filters.countedOnly) parts.push([`${countsCostSql} = 1 OR ${countsUsageSql} = 1`]);
  if (filters.hour !== undefined) parts.push([`${localHourSql} = ?`, filters.hour]);
  if (filters.weekday !== undefined) parts.push([`(${localDaySql} + 3) % 7 = ?`, filters.weekday]);
  const search = filters.search?.trim();
  if (search) {
    const names = "IN (SELECT id FROM names WHERE text LIKE ? ESCAPE '\\')";
    const pattern = containing(search);
    parts.push([
      `r.model_id ${names} OR r.model_raw_id ${names} OR r.project_id ${names} OR r.session_id ${names} OR r.provider_id ${names}`,
      pattern,
      pattern,
      pattern,
      pattern,
      pattern,
    ]);
  }
  return join(parts);
}
