import { dateIn, defaultRange, parseView, rangeKeys, viewParams, viewQuery } from './view.ts';

/**
 * The hash query without a range nobody can read and without accounts that are not there; null where nothing is wrong.
 * Accounts are let be while they are not known.
 */
export function tidyQuery(search: string, accountIds: readonly number[] | undefined): string | null {
  const params = new URLSearchParams(search);
  const view = parseView(search);
  const { accounts = [], ...others } = view.filters;
  const known = accountIds === undefined ? accounts : accounts.filter((id) => accountIds.includes(id));
  if (!hasUnreadableDates(params) && known.length === params.getAll('account').length) return null;
  const isEmpty = view.range === 'custom' && view.from === undefined && view.to === undefined;
  return mergeQuery(
    viewQuery({
      ...view,
      range: isEmpty ? defaultRange : view.range,
      filters: known.length > 0 ? { accounts: known, ...others } : others,
    }),
    search,
  );
}

/** A view's query with the parameters of `search` that are not the view's. */
export function mergeQuery(viewPart: string, search: string): string {
  const params = new URLSearchParams(search);
  for (const name of viewParams) params.delete(name);
  return [viewPart, params.toString()].filter(Boolean).join('&');
}

function hasUnreadableDates(params: URLSearchParams): boolean {
  const range = params.get('range');
  if (range !== null && !rangeKeys.some((key) => key === range)) return true;
  return ['from', 'to'].some((name) => params.has(name) && dateIn(params.get(name)) === undefined);
}
