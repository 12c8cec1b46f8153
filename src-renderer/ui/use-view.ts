import { useCallback, useMemo } from 'react';
import type { Filters } from '../../src-preload/contract/values.ts';
import { useRoute } from '../api/client.ts';
import { navigate, splitHash, useHashSearch } from './hash-location.ts';
import { type Dates, datesOf, filtersOf, parseView, type View, viewParams, viewQuery } from './view.ts';

export interface CurrentView {
  readonly view: View;
  readonly dates: Dates;
  /** The view as calls take it. */
  readonly filters: Filters;
  /** Today in the ledger's zone. */
  readonly today: string;
  readonly zone: string;
  /** Changes the view, keeps the page and the screen's own parameters. */
  readonly setView: (change: Partial<View>) => void;
}

/** The range and filters of the hash. Until the core has answered, today is the machine's own date. */
export function useView(): CurrentView {
  const search = useHashSearch();
  const info = useRoute('app.info', {}).data;
  const view = useMemo(() => parseView(search), [search]);
  const today = info?.today ?? new Date().toLocaleDateString('en-CA');
  const zone = info?.zone ?? 'UTC';
  const setView = useCallback((change: Partial<View>) => {
    const { path, search: now } = splitHash(location.hash);
    const query = [viewQuery({ ...parseView(now), ...change }), foreignParams(now)].filter(Boolean).join('&');
    navigate(query === '' ? path : `${path}?${query}`);
  }, []);
  return useMemo(
    () => ({ view, dates: datesOf(view, today), filters: filtersOf(view, today), today, zone, setView }),
    [view, today, zone, setView],
  );
}

function foreignParams(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of viewParams) params.delete(name);
  return params.toString();
}
