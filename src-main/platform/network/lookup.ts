import type { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { reachOf } from './address.ts';
import { ownPorts } from './own-ports.ts';
import { isAllowed, refusedAddress } from './policy.ts';

export type Resolve = typeof systemLookup;

export interface Vetting {
  readonly protocol: string;
  readonly isLocal: boolean;
  readonly resolve: Resolve;
}

/**
 * Resolves a name for one socket and hands over vetted addresses only: the socket goes to what was vetted, whatever the
 * name means a moment later.
 */
export function vettedLookup({ protocol, isLocal, resolve }: Vetting): LookupFunction {
  const policy = { origins: [], isLocal };
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => isAllowed(reachOf(address), { protocol }, policy));
      // A name of one's own network has link-local addresses beside its usable ones; a public one that also points
      // inwards is up to something.
      const isRefused = isLocal ? allowed.length === 0 : allowed.length < addresses.length;
      const [first] = allowed;
      if (isRefused || first === undefined) return callback(refusedAddress({ origin: hostname }, policy), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** Whether a URL leads back to this process. Only a server on one's own machine can, so no name is resolved otherwise. */
export async function isOwnServer(
  { hostname, port }: URL,
  isLocal: boolean,
  resolve: Resolve,
): Promise<boolean> {
  if (!isLocal || !ownPorts.has(Number(port))) return false;
  const name = hostname.replace(/^\[|\]$/g, '');
  return new Promise((settle) => {
    resolve(name, { all: true }, (error, addresses) =>
      // Whether a private address is this machine's own is not worth finding out: LLMLab listens on loopback.
      settle(!error && addresses.some(({ address }) => reachOf(address) === 'private')),
    );
  });
}
