import type { Evidence } from '../platform/record.ts';
import {
  countsCostSql,
  countsUsageSql,
  localDaySql,
  localHourSql,
  type RollupFilter,
  type Where,
} from '../store/figures.ts';
import { type DayNumber, dayMs, dayNumber, dayStart, type Zone } from './day.ts';
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

function ofAccounts(accounts: readonly number[] | undefined): Part[] {
  if (accounts === undefined || accounts.length === 0) return [];
  const marks = accounts.map(() => '?').join(', ');
  return [[`r.source_id IN (SELECT id FROM sources WHERE account_id IN (${marks}))`, ...accounts]];
}

function common(filters: Filters): Part[] {
  return [
    ...ofAccounts(filters.accounts),
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

/** What of a filter a rollup has to tell apart to answer it. */
export function rollupNeeds({ models, providers, projects }: Filters): readonly RollupFilter[] {
  const asked = { model: models, provider: providers, project: projects };
  return (Object.keys(asked) as RollupFilter[]).filter((key) => (asked[key]?.length ?? 0) > 0);
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

/**
 * Records on local days `from`..`to`: moments by where the days begin in the zone, day and month rows by their UTC date.
 * The plain bounds on `at` around both let the index narrow first.
 */
function between(zone: Zone, from: DayNumber, to: DayNumber): Part[] {
  const [start, end] = [dayStart(zone, from), dayStart(zone, to + 1)];
  return [
    ['r.at >= ?', Math.min(start, from * dayMs)],
    ['r.at < ?', Math.max(end, (to + 1) * dayMs)],
    [
      'CASE WHEN r.grain < 3 THEN r.at >= ? AND r.at < ? ELSE r.utc_day BETWEEN ? AND ? END',
      start,
      end,
      from,
      to,
    ],
  ];
}

/** Days before and after any record there can be. */
const [firstDay, lastDay] = [0, 200_000];

export function recordWhere(filters: Filters, zone: Zone): Where {
  const parts: Part[] = [];
  if (filters.from !== undefined || filters.to !== undefined) {
    const from = filters.from === undefined ? firstDay : dayNumber(filters.from);
    const to = filters.to === undefined ? lastDay : dayNumber(filters.to);
    parts.push(...between(zone, from, to));
  }
  parts.push(...common(filters), ...namedOneOf('r.session_id', filters.sessions));
  // Said apart: the index of sessions leaves out the records that have none.
  if (filters.sessions?.length && !filters.sessions.includes('')) parts.push(['r.session_id <> 0']);
  if (filters.importId !== undefined)
    parts.push([
      `r.id IN (SELECT n.id FROM records n WHERE n.import_id = ?
           AND n.id BETWEEN (SELECT first_record FROM imports WHERE id = ?) AND (SELECT last_record FROM imports WHERE id = ?)
         UNION SELECT record_id FROM observations WHERE import_id = ?)`,
      filters.importId,
      filters.importId,
      filters.importId,
      filters.importId,
    ]);
  if (filters.unpricedOnly) parts.push([`r.cost_nano_usd IS NULL AND ${countsCostSql} = 1`]);
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
