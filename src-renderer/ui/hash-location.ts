import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** The hash as a path and a query: `#/activity?range=7d` is `/activity` and `range=7d`. */
export function splitHash(hash: string): { readonly path: string; readonly search: string } {
  const [path = '', search = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  return { path: path === '' || path === '/' ? '/' : `/${path.replace(/^\/+|\/+$/g, '')}`, search };
}

export interface NavigateOptions {
  /** Takes the place of the present entry instead of adding one to the history. */
  readonly replace?: boolean;
}

/** Goes to `/path?query`. */
export function navigate(to: string, { replace = false }: NavigateOptions = {}): void {
  const hash = `#${to.replace(/^#/, '')}`;
  if (hash === location.hash) return;
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(history.state, '', hash);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

const readHash = () => location.hash;

function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Path of the hash; a location hook for wouter's Router. */
export function useHashPath(): [string, (to: string, options?: NavigateOptions) => void] {
  const path = useSyncExternalStore(onHash, () => splitHash(readHash()).path);
  return [path, navigate];
}

/** Query of the hash, without the question mark; a search hook for wouter's Router. */
export function useHashSearch(): string {
  return useSyncExternalStore(onHash, () => splitHash(readHash()).search);
}

/** The query's parameters and a way to change some: null takes one away. */
export function useHashParams(): [
  URLSearchParams,
  (changes: Record<string, string | null>, options?: NavigateOptions) => void,
] {
  const search = useHashSearch();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (changes: Record<string, string | null>, options: NavigateOptions = { replace: true }) => {
      const { path, search: now } = splitHash(readHash());
      const next = new URLSearchParams(now);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      const query = next.toString();
      navigate(query === '' ? path : `${path}?${query}`, options);
    },
    [],
  );
  return [params, change];
}
