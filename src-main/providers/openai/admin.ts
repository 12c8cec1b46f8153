import { AppError } from '../../platform/error.ts';
import type { CostRequest, ProviderContext } from '../../platform/provider.ts';
import { bearer } from '../dialects/credentials.ts';
import { dayMs } from '../dialects/days.ts';
import { type Api, type ApiOptions, openApi, type QueryValue } from '../dialects/http.ts';
import { type Fields, fieldsOf, rowsOf } from '../dialects/json.ts';
import { namesById } from '../dialects/names.ts';
import { nextPageOf } from '../dialects/next-page.ts';

/** OpenAI's `/organization/…`, which takes admin keys only. */
export function openOpenAiAdmin(): Api {
  const api = openApi({ label: 'OpenAI', headers: bearer('adminKey', 'admin key') });
  return {
    ...api,
    async get(context, path, options) {
      try {
        return await api.get(context, path, options);
      } catch (error) {
        throw keyOfAnotherKind(error);
      }
    },
  };
}

/** A project key is real and may not read spend: OpenAI says so with 401 or 403 and names the missing scope. */
function keyOfAnotherKind(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'INSUFFICIENT_SCOPE') return error;
  return new AppError(
    'INSUFFICIENT_SCOPE',
    `${error.message} Spend takes an admin key (it begins with sk-admin-), made by an owner of the organisation.`,
    { ...(error.data && { data: error.data }), cause: error },
  );
}

/** One bucket of a report: a UTC day and what it holds. */
export interface Bucket {
  readonly at: number;
  readonly results: readonly Fields[];
}

export interface BucketPage {
  readonly buckets: readonly Bucket[];
  readonly next: string | null;
}

const admin = openOpenAiAdmin();

/**
 * One page of day buckets. OpenAI compares dates and refuses a start and an end on one UTC date, so the end is always
 * a midnight after the start.
 */
export async function bucketsOf(
  context: ProviderContext,
  path: string,
  { from, to, cursor }: CostRequest,
  query: Readonly<Record<string, QueryValue>>,
  options: Pick<ApiOptions, 'notEnabled'> = {},
): Promise<BucketPage> {
  const end = Math.max(Math.ceil(to / dayMs), Math.floor(from / dayMs) + 1) * dayMs;
  const { projectId } = context.fields;
  const { json } = await admin.get(context, path, {
    ...options,
    query: {
      start_time: Math.floor(from / 1000),
      end_time: end / 1000,
      bucket_width: '1d',
      ...(projectId && { 'project_ids[]': [projectId] }),
      ...query,
      page: cursor,
    },
  });
  const { data, has_more, next_page } = fieldsOf(json);
  if (!Array.isArray(data)) throw admin.bad('the buckets are missing');
  const buckets = rowsOf(data).map(({ start_time, results, result }) => {
    if (typeof start_time !== 'number') throw admin.bad('a bucket has no start');
    return { at: start_time * 1000, results: rowsOf(results ?? result) };
  });
  return { buckets, next: nextPageOf(admin, has_more, next_page) };
}

/** Names of the organisation's projects by id. */
export function projectNames(context: ProviderContext): Promise<ReadonlyMap<string, string>> {
  return namesById(admin, context, { path: '/organization/projects', after: 'after' });
}
