import type { Capability, ProviderInfo } from '../../src-preload/contract/connections.ts';
import type { Provider } from '../platform/provider.ts';
import { listConnections } from '../store/connections.ts';
import type { Handlers, Namespace } from './context.ts';

/** A method that is there is what a provider can do. */
function offersOf({ complete, stream, costs = [], models, balance }: Provider): Capability[] {
  const offers: readonly (readonly [Capability, boolean])[] = [
    ['calls', complete !== undefined || stream !== undefined],
    ['costs', costs.length > 0],
    ['models', models !== undefined],
    ['balance', balance !== undefined],
  ];
  return offers.flatMap(([capability, isThere]) => (isThere ? [capability] : []));
}

function toInfo(provider: Provider, connections: number): ProviderInfo {
  const { id, label, vendor, kind, docUrl, keyUrl, accountKind, baseUrl, hasOwnBase } = provider;
  return {
    ...{ id, label, vendor, kind, docUrl, keyUrl, accountKind, baseUrl, hasOwnBase, connections },
    fields: provider.fields.map(
      ({ env: _, prefix = null, choices = [], neededFor, onlyWhen = null, ...field }) => ({
        ...field,
        prefix,
        choices: [...choices],
        neededFor: [...neededFor],
        onlyWhen,
      }),
    ),
    offers: offersOf(provider),
    reports: (provider.costs ?? []).map((report) => ({
      ...{ id: report.id, label: report.label, evidence: report.evidence, needs: [...report.needs] },
      ...{ everyMinutes: report.everyMinutes, lookBackDays: report.lookBackDays, accuracy: report.accuracy },
    })),
    missing: provider.missing.map((one) => ({ ...one })),
  };
}

export const providersHandlers: Handlers<Namespace<'providers'>> = {
  'providers.list': (_, context) => {
    const rows = listConnections(context.db());
    return {
      providers: context.providers.map((provider) =>
        toInfo(provider, rows.filter((row) => row.provider === provider.id).length),
      ),
    };
  },
};
