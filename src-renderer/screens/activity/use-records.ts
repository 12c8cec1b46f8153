import { useQueries } from '@tanstack/react-query';
import type { ActivityRecord } from '../../../src-preload/contract/activity.ts';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { callRoute, useRoute } from '../../api/client.ts';
import type { ActivitySort } from './columns.ts';
import { pageSize, pagesFor, placeOf } from './pages.ts';

export interface RecordQuery {
  readonly filters: Filters;
  readonly sort: ActivitySort;
  readonly order: 'asc' | 'desc';
}

/** The first page and how many records match in all; the last answer stays while another query is on its way. */
export function useFirstRecords(query: RecordQuery) {
  return useRoute('activity.list', inputOf(query, 0), { keepPrevious: true });
}

/** The record at an index, for the rows from `first` to `last`; null while its page is on its way. */
export function useRecordsAt(
  query: RecordQuery,
  total: number,
  { first, last }: { readonly first: number; readonly last: number },
): (index: number) => ActivityRecord | null {
  const pages = pagesFor(first, last, total);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['activity.list', inputOf(query, page)],
      queryFn: () => callRoute('activity.list', inputOf(query, page)),
    })),
  });
  return (index) => {
    const { page, at } = placeOf(index);
    return answers[pages.indexOf(page)]?.data?.records[at] ?? null;
  };
}

function inputOf(query: RecordQuery, page: number) {
  return { ...query, offset: page * pageSize, limit: pageSize };
}
