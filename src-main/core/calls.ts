import type { HandlerContext } from '../handlers/context.ts';
import { type CallableConnection, type Calls, createCalls } from '../jobs/calls/calls.ts';
import { listConnections } from '../store/connections.ts';
import { listModels } from '../store/vendor-models.ts';

type Needs = Pick<HandlerContext, 'ports' | 'db' | 'prices' | 'run' | 'settings' | 'vendors' | 'providers'>;

/** Calls to models on this core's connections, prices and ledger. */
export function createCoreCalls(context: Needs): Calls {
  const { ports } = context;
  return createCalls({
    vendors: context.vendors,
    clock: ports.clock,
    timers: ports.timers,
    connections: () => callable(context),
    aliases: () => context.settings.read().modelAliases,
    contextOf(connectionId, id) {
      const found = listModels(context.db(), connectionId).find(({ model }) => model.id === id)?.model;
      return {
        contextTokens: found?.contextTokens ?? null,
        maxOutputTokens: found?.maxOutputTokens ?? null,
      };
    },
    store: (calls) =>
      context.run('storeCalls', calls, { kind: 'sync', title: 'Keeping a call', isQuiet: true }),
  });
}

function callable({ db, ports, prices, providers }: Needs): readonly CallableConnection[] {
  const models = Map.groupBy(listModels(db()), ({ connectionId }) => connectionId);
  const now = ports.clock.now();
  return listConnections(db()).flatMap((row) => {
    const provider = providers.find(({ id }) => id === row.provider);
    if (provider?.complete === undefined) return [];
    return {
      connectionId: row.id,
      name: row.name,
      provider: provider.id,
      kind: provider.kind,
      accountId: row.account_id,
      models: (models.get(row.id) ?? []).map(({ model }) => ({
        id: model.id,
        canonical: prices().resolve(provider.vendor, model.id, now).canonical,
      })),
      requestsPerMinute: row.requests_per_minute,
      tokensPerMinute: row.tokens_per_minute,
    };
  });
}
