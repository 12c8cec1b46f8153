import { useCallback, useMemo } from 'react';
import type { Filters } from '../../src-preload/contract/values.ts';
import { useRoute } from '../api/client.ts';
import { type NavigateOptions, navigate, splitHash, useHashSearch } from './hash-location.ts';
import { mergeQuery } from './tidy-view.ts';
import { type Dates, datesOf, filtersOf, parseView, type View, viewQuery } from './view.ts';

export interface CurrentView {
  readonly view: View;
  readonly dates: Dates;
  /** The view as calls take it. */
  readonly filters: Filters;
  /** Today in the ledger's zone. */
  readonly today: string;
  readonly zone: string;
  /** Changes the view, keeps the page and the screen's own parameters. */
  readonly setView: (change: Partial<View>, options?: NavigateOptions) => void;
}

/** The range and filters of the hash. Until the core has answered, today is the machine's own date. */
export function useView(): CurrentView {
  const search = useHashSearch();
  const info = useRoute('app.info', {}).data;
  const view = useMemo(() => parseView(search), [search]);
  const today = info?.today ?? new Date().toLocaleDateString('en-CA');
  const zone = info?.zone ?? 'UTC';
  const setView = useCallback((change: Partial<View>, options?: NavigateOptions) => {
    const { path, search: now } = splitHash(location.hash);
    const query = mergeQuery(viewQuery({ ...parseView(now), ...change }), now);
    navigate(query === '' ? path : `${path}?${query}`, options);
  }, []);
  return useMemo(
    () => ({ view, dates: datesOf(view, today), filters: filtersOf(view, today), today, zone, setView }),
    [view, today, zone, setView],
  );
}
