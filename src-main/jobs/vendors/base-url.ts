import { BlockList, isIP } from 'node:net';
import { AppError } from '../../platform/error.ts';
import type { Provider } from '../../platform/provider.ts';

const privateRanges = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['0.0.0.0', 8],
] as const)
  privateRanges.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateRanges.addSubnet(net, bits, 'ipv6');

/** Whether a URL's host names this machine or one of its network. A name that only resolves there is not seen. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const family = isIP(host);
  if (family !== 0) return privateRanges.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return (
    host === 'localhost' || /\.(localhost|local|lan|internal|home\.arpa)$/.test(host) || !host.includes('.')
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

export interface Base {
  /** Null for the provider's own. */
  readonly baseUrl: string | null;
  readonly isLocal: boolean;
}

/**
 * The base as it is kept: without a trailing slash, query or fragment. Plain http and addresses of one's own network are
 * taken only where the user says that the server is there; a local server on this machine says so itself. Throws
 * BAD_INPUT.
 */
export function readBase(
  provider: Pick<Provider, 'label' | 'kind' | 'baseUrl' | 'hasOwnBase'>,
  text: string | null,
  saysLocal: boolean | undefined,
): Base {
  const typed = text?.trim() ?? '';
  if (typed === '') {
    const own = provider.baseUrl === null ? null : new URL(provider.baseUrl);
    return { baseUrl: null, isLocal: own !== null && isLoopback(own.hostname) };
  }
  if (!provider.hasOwnBase)
    throw new AppError('BAD_INPUT', `${provider.label} has no other address than its own.`);
  const url = parse(typed);
  const isLocal = saysLocal ?? (provider.kind === 'local' && isLoopback(url.hostname));
  if (!isLocal && isPrivateHost(url.hostname))
    throw new AppError(
      'BAD_INPUT',
      `${url.hostname} is on your own machine or network. Say that this server is there, or type another address.`,
      { data: { field: 'baseUrl', needs: 'isLocal' } },
    );
  if (!isLocal && url.protocol === 'http:')
    throw new AppError(
      'BAD_INPUT',
      'Over plain http anybody on the way could read the key. Use https, or say that the server is on your own machine or network.',
      { data: { field: 'baseUrl', needs: 'isLocal' } },
    );
  return { baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, isLocal };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new AppError(
      'BAD_INPUT',
      `"${text.slice(0, 200)}" is no address. Write it like https://api.example.com/v1.`,
      {
        data: { field: 'baseUrl' },
      },
    );
  if (url.username !== '' || url.password !== '')
    throw new AppError('BAD_INPUT', 'Leave the login out of the address; keys have their own fields.', {
      data: { field: 'baseUrl' },
    });
  return url;
}
