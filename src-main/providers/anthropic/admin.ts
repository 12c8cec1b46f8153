import { AppError } from '../../platform/error.ts';
import type { CostPage, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { secretHeader } from '../dialects/credentials.ts';
import { dayMs, isWithin, momentOf, rfc3339 } from '../dialects/days.ts';
import { openApi, type QueryValue } from '../dialects/http.ts';
import { type Fields, fieldsOf, rowsOf } from '../dialects/json.ts';
import { namesById } from '../dialects/names.ts';
import { nextPageOf } from '../dialects/next-page.ts';

/** The version all documented shapes use; the newer one renames fields. */
export const apiVersion = { 'anthropic-version': '2023-06-01' } as const;

const key = secretHeader('x-api-key', 'adminKey', 'admin key');

/** `/v1/organizations/…`, which takes admin keys only. */
export const admin = openApi({
  label: 'Anthropic',
  headers: async (context) => ({ ...(await key(context)), ...apiVersion }),
});

/** The Usage and Cost Analytics API (beta since 2026-10-29) knows nothing from before this day. */
const analyticsFrom = Date.UTC(2026, 0, 1);
const analyticsBeta = { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' };
const legacy = 'legacy ';

/** A row of either API: its day, what it is grouped by, and what it states. */
export interface Row {
  readonly at: number;
  readonly group: Fields;
  readonly stated: Fields;
}

export interface ReportSpec {
  /** Path below `/v1/organizations`, and what rows are grouped by, of the analytics API … */
  readonly analytics: { readonly path: string; readonly groupBy: readonly string[]; readonly field: string };
  /** … and of the older reports, for accounts it is not there for. */
  readonly legacy: {
    readonly path: string;
    readonly groupBy: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
  };
}

export interface RowPage {
  readonly rows: readonly Row[];
  readonly isLegacy: boolean;
  readonly cursor: string | null;
  readonly asOf: number | null;
}

/**
 * One page of a report: by the analytics API, or by the older report where an account does not have it. A reading that began with one
 * goes on with it.
 */
export async function readRows(
  spec: ReportSpec,
  request: CostRequest,
  context: ProviderContext,
): Promise<RowPage> {
  if (request.cursor?.startsWith(legacy)) return legacyRows(spec, request, context);
  try {
    return await analyticsRows(spec, request, context);
  } catch (error) {
    const isMissing = error instanceof AppError && (error.code === 'NOT_ENABLED' || isOtherKind(error));
    if (!isMissing || request.cursor !== null) throw error;
    return legacyRows(spec, request, context);
  }
}

function isOtherKind({ code, message }: AppError): boolean {
  return code === 'BAD_INPUT' && /organization[_ ]type|not supported/i.test(message);
}

async function analyticsRows(
  { analytics }: ReportSpec,
  request: CostRequest,
  context: ProviderContext,
): Promise<RowPage> {
  const from = Math.max(request.from, analyticsFrom);
  if (from >= request.to) return { rows: [], isLegacy: false, cursor: null, asOf: null };
  const page = await pageOf(context, analytics.path, {
    headers: analyticsBeta,
    query: {
      starting_at: rfc3339(from),
      ending_at: rfc3339(request.to),
      time_bucket_width: '1d',
      'group_by[]': analytics.groupBy,
      order_by: 'time',
      order: 'asc',
      limit: 1000,
      page: request.cursor,
    },
  });
  const rows = rowsOf(page.data).map((row) => ({
    at: dayOf(row),
    group: fieldsOf(row.group),
    stated: fieldsOf(row[analytics.field]),
  }));
  return {
    rows: rows.filter(({ at }) => isWithin(at, request)),
    isLegacy: false,
    cursor: page.next,
    asOf: momentOf(page.refreshedAt),
  };
}

async function legacyRows(
  spec: ReportSpec,
  request: CostRequest,
  context: ProviderContext,
): Promise<RowPage> {
  const page = await pageOf(context, spec.legacy.path, {
    ...(spec.legacy.headers && { headers: spec.legacy.headers }),
    query: {
      starting_at: rfc3339(request.from),
      ending_at: rfc3339(request.to),
      bucket_width: '1d',
      'group_by[]': spec.legacy.groupBy,
      limit: 31,
      page: request.cursor?.slice(legacy.length) || null,
    },
  });
  const rows = rowsOf(page.data).flatMap((bucket) =>
    rowsOf(bucket.results).map((result) => ({ at: dayOf(bucket), group: result, stated: result })),
  );
  const cursor = page.next === null ? null : `${legacy}${page.next}`;
  return { rows: rows.filter(({ at }) => isWithin(at, request)), isLegacy: true, cursor, asOf: null };
}

interface Page {
  readonly data: readonly unknown[];
  readonly next: string | null;
  readonly refreshedAt: unknown;
}

async function pageOf(
  context: ProviderContext,
  path: string,
  {
    headers,
    query,
  }: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, QueryValue>>;
  },
): Promise<Page> {
  const { json } = await admin.get(context, `/v1/organizations/${path}`, {
    query,
    ...(headers && { headers }),
    notEnabled:
      'Individual accounts have no spend API: set up an organisation (Settings > Organization, free), make an admin key there, or import the Console’s export.',
  });
  const { data, has_more, next_page, data_refreshed_at } = fieldsOf(json);
  if (!Array.isArray(data)) throw admin.bad('the rows are missing');
  return { data, next: nextPageOf(admin, has_more, next_page), refreshedAt: data_refreshed_at };
}

function dayOf({ starting_at }: Fields): number {
  const at = momentOf(starting_at);
  if (at === null || at % dayMs !== 0) throw admin.bad('a row does not begin at a UTC midnight');
  return at;
}

/** Records with the names of their workspaces; asked for only where one has any. */
export async function named(
  records: CostPage['records'],
  context: ProviderContext,
): Promise<CostPage['records']> {
  if (records.every(({ project }) => !project)) return records;
  const names = await namesById(admin, context, { path: '/v1/organizations/workspaces', after: 'after_id' });
  return records.map((record) =>
    record.project ? { ...record, project: names.get(record.project) ?? record.project } : record,
  );
}

/**
 * How a report was cut: both APIs state the same days, grouped differently, so that each is a source of its own and one
 * counts. The analytics API is the usual one.
 */
export function cutOf(isLegacy: boolean): { readonly cut?: string } {
  return isLegacy ? { cut: 'older report' } : {};
}
