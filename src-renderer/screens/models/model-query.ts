import { type ModelQuery, shows } from './model-list.ts';

export const everything: ModelQuery = { search: '', providers: [], connectionId: null, show: 'all' };

/** The query an address states; what it does not understand it leaves out. */
export function readQuery(params: URLSearchParams): ModelQuery {
  const connection = params.get('connection');
  return {
    search: (params.get('find') ?? '').slice(0, 200),
    providers: (params.get('of') ?? '').split(',').filter(Boolean),
    connectionId: connection !== null && /^\d{1,15}$/.test(connection) ? Number(connection) : null,
    show: shows.find((show) => show === params.get('show')) ?? 'all',
  };
}

/** The parameters of a query; null takes one away, so that links stay short. */
export function queryParams({
  search,
  providers,
  connectionId,
  show,
}: ModelQuery): Record<string, string | null> {
  return {
    find: search === '' ? null : search,
    of: providers.length === 0 ? null : providers.join(','),
    connection: connectionId === null ? null : String(connectionId),
    show: show === 'all' ? null : show,
  };
}
