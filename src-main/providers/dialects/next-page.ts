import type { Api } from './http.ts';
import { textOf } from './json.ts';

/**
 * Where the next page begins; null after the last. Throws where there is said to be more and not where: what was read
 * would pass for all, and the rest of it for taken back.
 */
export function nextPageOf(api: Pick<Api, 'bad'>, hasMore: unknown, next: unknown): string | null {
  if (hasMore !== true) return null;
  const page = textOf(next);
  if (page === null) throw api.bad('it says that there are more pages and not where');
  return page;
}
