import type { Evidence, Filters } from '../../src-preload/contract/values.ts';
import { addDays, monthEnd, monthStart } from './dates.ts';

/** What the window is looking at: a date range and filters. It lives in the hash, so back, forward and reload work. */
export interface View {
  readonly range: RangeKey;
  /** Only with `custom`. */
  readonly from?: string;
  readonly to?: string;
  readonly filters: Omit<Filters, 'from' | 'to'>;
}

export const rangeKeys = ['today', '7d', '30d', 'month', 'last-month', 'custom'] as const;
export type RangeKey = (typeof rangeKeys)[number];

export const rangeLabels: Readonly<Record<RangeKey, string>> = {
  today: 'Today',
  '7d': '7 days',
  '30d': '30 days',
  month: 'Month to date',
  'last-month': 'Last month',
  custom: 'Custom',
};

export const defaultRange: RangeKey = 'month';

export interface Dates {
  readonly from: string;
  readonly to: string;
}

/** The inclusive dates of a view, seen from a given today. */
export function datesOf(view: View, today: string): Dates {
  switch (view.range) {
    case 'today':
      return { from: today, to: today };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case 'month':
      return { from: monthStart(today), to: today };
    case 'last-month': {
      const to = addDays(monthStart(today), -1);
      return { from: monthStart(to), to };
    }
    case 'custom':
      return { from: view.from ?? monthStart(today), to: view.to ?? monthEnd(today) };
  }
}

/** The filters of a view with its dates, as calls take them. */
export function filtersOf(view: View, today: string): Filters {
  return { ...view.filters, ...datesOf(view, today) };
}

/** Reads a hash query; what it does not understand it leaves out. */
export function parseView(search: string): View {
  const params = new URLSearchParams(search);
  const from = dateIn(params.get('from'));
  const to = dateIn(params.get('to'));
  const range =
    rangeKeys.find((key) => key === params.get('range')) ?? (from && to ? 'custom' : defaultRange);
  const bounds = range === 'custom' ? { ...(from && { from }), ...(to && { to }) } : {};
  return { range, ...bounds, filters: parseFilters(params) };
}

/** The hash query of a view: only what differs from the default, so that links stay short. */
export function viewQuery(view: View): string {
  const params = new URLSearchParams();
  if (view.range === 'custom') {
    if (view.from) params.set('from', view.from);
    if (view.to) params.set('to', view.to);
  }
  if (view.range !== defaultRange) params.set('range', view.range);
  const { filters } = view;
  for (const [key, param] of lists)
    for (const value of filters[key] ?? []) params.append(param, String(value));
  if (filters.importId !== undefined) params.set('import', String(filters.importId));
  if (filters.unpricedOnly) params.set('unpriced', '1');
  if (filters.countedOnly !== undefined) params.set('counted', filters.countedOnly ? '1' : '0');
  if (filters.hour !== undefined) params.set('hour', String(filters.hour));
  if (filters.weekday !== undefined) params.set('weekday', String(filters.weekday));
  if (filters.search) params.set('q', filters.search);
  return params.toString();
}

/** Parameters a view owns in the hash; a screen may keep others beside them. */
export const viewParams: ReadonlySet<string> = new Set([
  ...['range', 'from', 'to', 'import', 'unpriced', 'counted', 'hour', 'weekday', 'q'],
  ...['account', 'source', 'project', 'provider', 'model', 'session', 'evidence'],
]);

/** A link to a page with this view: `#/activity?range=7d`. */
export function hrefOf(path: string, view: View): string {
  const query = viewQuery(view);
  return query === '' ? `#${path}` : `#${path}?${query}`;
}

/** The records behind a figure: Activity with the same view, narrowed down. */
export function activityHref(view: View, narrow: Filters = {}): string {
  const { from, to, ...filters } = narrow;
  const merged = { ...view.filters, ...filters };
  if (from === undefined || to === undefined) return hrefOf('/activity', { ...view, filters: merged });
  return hrefOf('/activity', { range: 'custom', from, to, filters: merged });
}

const lists = [
  ['accounts', 'account'],
  ['sources', 'source'],
  ['projects', 'project'],
  ['providers', 'provider'],
  ['models', 'model'],
  ['sessions', 'session'],
  ['evidence', 'evidence'],
] as const;

function parseFilters(params: URLSearchParams): Omit<Filters, 'from' | 'to'> {
  const evidence = params.getAll('evidence').filter(isEvidence);
  const importId = wholeIn(params.get('import'), 1);
  const hour = wholeIn(params.get('hour'), 0, 23);
  const weekday = wholeIn(params.get('weekday'), 0, 6);
  const search = params.get('q')?.slice(0, 200);
  return {
    ...idList('accounts', params.getAll('account')),
    ...idList('sources', params.getAll('source')),
    ...nameList('projects', params.getAll('project')),
    ...nameList('providers', params.getAll('provider')),
    ...nameList('models', params.getAll('model')),
    ...nameList('sessions', params.getAll('session')),
    ...(evidence.length > 0 && { evidence }),
    ...(importId !== null && { importId }),
    ...(params.get('unpriced') === '1' && { unpricedOnly: true }),
    ...(params.has('counted') && { countedOnly: params.get('counted') === '1' }),
    ...(hour !== null && { hour }),
    ...(weekday !== null && { weekday }),
    ...(search && { search }),
  };
}

function idList<K extends 'accounts' | 'sources'>(
  key: K,
  values: readonly string[],
): { [P in K]?: number[] } {
  const ids = values.map((value) => wholeIn(value, 1)).filter((value) => value !== null);
  return ids.length > 0 ? ({ [key]: ids } as { [P in K]: number[] }) : {};
}

function nameList<K extends 'projects' | 'providers' | 'models' | 'sessions'>(
  key: K,
  names: string[],
): { [P in K]?: string[] } {
  // a computed key widens to an index signature, hence the casts here and above
  return names.length > 0 ? ({ [key]: names } as { [P in K]: string[] }) : {};
}

function isEvidence(value: string): value is Evidence {
  return value === 'billed' || value === 'metered' || value === 'recorded' || value === 'estimated';
}

function wholeIn(text: string | null, min: number, max = Number.MAX_SAFE_INTEGER): number | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}

/** A real calendar date `YYYY-MM-DD`, or undefined. */
export function dateIn(text: string | null): string | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? undefined : text;
}
