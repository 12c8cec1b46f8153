import type { Connection } from '../../../src-preload/contract/connections.ts';
import { stateOf } from '../../ui/connection-state.ts';

/**
 * Vendors that cannot be reached, where it is two or more: then it is hardly theirs, and saying it once says more. Servers
 * of one's own are each down for a reason of their own.
 */
export function unreachable(connections: readonly Connection[]): ReadonlySet<number> {
  const away = connections.filter(
    (connection) => !connection.isLocal && stateOf(connection).code === 'NETWORK',
  );
  const vendors = new Set(away.map(({ provider }) => provider));
  return new Set(vendors.size < 2 ? [] : away.map(({ id }) => id));
}
