import type { Health } from '../../src-preload/contract/connections.ts';
import { hoursOf, lastOutage, latencyOf } from '../jobs/vendors/health.ts';
import { listConnections } from '../store/connections.ts';
import { type RequestRow, requestsSince } from '../store/vendor-requests.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

const dayMs = 86_400_000;

function healthOf(
  context: HandlerContext,
  id: string,
  rows: readonly RequestRow[],
  span: { readonly from: number; readonly now: number },
): Health {
  const isCall = ({ purpose }: RequestRow): boolean => purpose === 'call';
  return {
    provider: id,
    label: context.providers.find((provider) => provider.id === id)?.label ?? id,
    sync: latencyOf(rows.filter((row) => !isCall(row))),
    calls: latencyOf(rows.filter(isCall)),
    lastOutage: lastOutage(rows),
    hours: hoursOf(rows, span.from, span.now),
    breakers: listConnections(context.db())
      .filter(({ provider }) => provider === id)
      .map((row) => ({ connectionId: row.id, name: row.name, ...context.vendors.breaker(row.id) })),
  };
}

export const healthHandlers: Handlers<Namespace<'health'>> = {
  'health.list': async ({ days }, context) => {
    await context.vendors.flush();
    const now = context.ports.clock.now();
    const from = now - days * dayMs;
    const rows = Map.groupBy(requestsSince(context.db(), from), ({ provider }) => provider);
    const known = new Set([...listConnections(context.db()).map(({ provider }) => provider), ...rows.keys()]);
    return { providers: [...known].map((id) => healthOf(context, id, rows.get(id) ?? [], { from, now })) };
  },
};
