import { isIP } from 'node:net';
import { AppError } from '../error.ts';
import type { NetworkPolicy } from '../ports.ts';
import { type Reach, reachOf } from './address.ts';

/** Names of clouds' metadata services, whatever they resolve to. */
const forbiddenNames = ['metadata.google.internal', 'metadata.goog', 'metadata', 'instance-data'];

/** Whether an origin is one of those declared; `*` stands for one label or part of one, never for a port or a dot. */
export function isDeclared(origin: string, declared: readonly string[]): boolean {
  return declared.some((pattern) => {
    if (!pattern.includes('*')) return originOf(pattern) === origin;
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[a-z0-9-]+');
    return new RegExp(`^${source}$`, 'i').test(origin);
  });
}

function originOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).origin : null;
}

/**
 * Whether a request may go to a URL, before its name is resolved: throws FORBIDDEN with what to do. Addresses are vetted
 * by `isAllowed`, each time a socket is opened.
 */
export function checkTarget(url: URL, policy: NetworkPolicy): void {
  const { hostname, protocol } = url;
  if (protocol !== 'https:' && protocol !== 'http:') throw refused(url, 'only web addresses are asked');
  if (url.username !== '' || url.password !== '')
    throw refused(url, 'an address must not hold a name or password; put the key in its own field');
  if (!isDeclared(url.origin, policy.origins)) throw refused(url, 'this provider does not declare it');
  if (protocol === 'http:' && !policy.isLocal)
    throw refused(
      url,
      'without https a key could be read on the way. Mark the server as local if it is yours',
    );
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (forbiddenNames.includes(name)) throw refused(url, 'it is a cloud’s own metadata service');
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isAllowed(reachOf(literal), url, policy)) throw refusedAddress(url, policy);
}

/** Private addresses only for a server the user called local; plain http only to those. */
export function isAllowed(reach: Reach, { protocol }: Pick<URL, 'protocol'>, policy: NetworkPolicy): boolean {
  if (reach === 'never') return false;
  if (reach === 'private') return policy.isLocal;
  return protocol === 'https:';
}

export function refusedAddress(url: Pick<URL, 'origin'>, policy: NetworkPolicy): AppError {
  return refused(
    url,
    policy.isLocal
      ? 'its address is not on your own machine or network, or one no server has; a public server needs https'
      : 'its address is on your own machine or network. Mark the server as local if it is yours',
  );
}

function refused({ origin }: Pick<URL, 'origin'>, why: string): AppError {
  const where = origin === 'null' ? 'This address' : origin;
  return new AppError('FORBIDDEN', `${where} was not asked: ${why}. Nothing was sent.`);
}

export function refusedRedirect(from: URL, to: string): AppError {
  const target = URL.canParse(to, from.href) ? new URL(to, from).origin : 'an address that is none';
  return refused(
    { origin: target },
    `${from.origin} sent the request on to it, and a key goes to its own origin only`,
  );
}
