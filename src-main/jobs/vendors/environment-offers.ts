import type { Environment } from '../../platform/ports.ts';
import type { Provider } from '../../platform/provider.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { listConnections } from '../../store/connections.ts';
import type { ReadDb } from '../../store/database.ts';
import { ownerOf } from './create-vendors.ts';

/** A key found in an environment variable, of which only the end is told. */
export interface EnvironmentOffer {
  readonly provider: string;
  readonly field: string;
  readonly variable: string;
  readonly endsWith: string;
}

export interface OffersNeed {
  readonly providers: readonly Provider[];
  readonly ports: { readonly environment: Pick<Environment, 'env'> };
  readonly vault: Pick<Vault, 'hints'>;
  readonly db: () => ReadDb;
}

/** Shorter ones would be told in good part by their last four characters. */
const shortest = 12;

/** Keys in the variables providers declare, where no connection of that vendor has one in that field yet. */
export function environmentOffers({ providers, ports, vault, db }: OffersNeed): EnvironmentOffer[] {
  const { env } = ports.environment;
  const owners = new Map(listConnections(db()).map(({ id, provider }) => [ownerOf(id), provider]));
  const kept = new Set(vault.hints().map(({ owner, field }) => `${owners.get(owner)}.${field}`));
  return providers.flatMap(({ id, fields }) =>
    fields
      .filter((field) => field.secret && !kept.has(`${id}.${field.name}`))
      .flatMap((field) => {
        const variable = field.env?.find((name) => (env[name]?.trim() ?? '') !== '');
        const value = variable === undefined ? '' : (env[variable]?.trim() ?? '');
        if (variable === undefined) return [];
        const endsWith = value.length >= shortest ? value.slice(-4) : '';
        return [{ provider: id, field: field.name, variable, endsWith }];
      }),
  );
}
