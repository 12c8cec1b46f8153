import { isIP } from 'node:net';

/**
 * `public`: anyone's; `private`: this machine and its own networks; `never`: link-local, clouds' metadata services,
 * multicast and what is no address of a server.
 */
export type Reach = 'public' | 'private' | 'never';

const v4 = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

type Range = readonly [base: string, bits: number, reach: Reach];

/** The first that matches counts. IANA special-purpose registries, and the metadata addresses of AWS, GCP, Alibaba, Oracle and Azure. */
const v4Ranges: readonly Range[] = [
  ['100.100.100.200', 32, 'never'],
  ['192.0.0.192', 32, 'never'],
  ['168.63.129.16', 32, 'never'],
  ['169.254.0.0', 16, 'never'],
  ['0.0.0.0', 8, 'never'],
  ['224.0.0.0', 3, 'never'],
  ['127.0.0.0', 8, 'private'],
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['192.0.0.0', 24, 'private'],
  ['198.18.0.0', 15, 'private'],
];

/** Where an IPv4 address stands inside an IPv6 one: mapped, compatible, translated (NAT64) and 6to4. */
const wrapped: readonly (readonly [prefix: string, at: number])[] = [
  ['0000:0000:0000:0000:0000:ffff:', 6],
  ['0000:0000:0000:0000:ffff:0000:', 6],
  ['0000:0000:0000:0000:0000:0000:', 6],
  ['0064:ff9b:0000:0000:0000:0000:', 6],
  ['2002:', 1],
];

/** Whether an address, as the resolver or a URL spells it, may be a server's. */
export function reachOf(address: string): Reach {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(plain) === 4) return reachOfV4(v4(plain));
  if (isIP(plain) === 6) return reachOfV6(groupsOf(plain));
  return 'never';
}

function reachOfV4(address: number): Reach {
  const found = v4Ranges.find(([base, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(v4(base) / size);
  });
  return found?.[2] ?? 'public';
}

function reachOfV6(groups: readonly string[]): Reach {
  const text = groups.join(':');
  if (text === '0000:0000:0000:0000:0000:0000:0000:0001') return 'private';
  if (text === 'fd00:0ec2:0000:0000:0000:0000:0000:0254') return 'never';
  const inner = wrapped.find(([prefix]) => text.startsWith(prefix));
  if (inner) return reachOfV4(Number.parseInt(`${groups[inner[1]]}${groups[inner[1] + 1]}`, 16));
  const first = Number.parseInt(groups[0] ?? '0', 16);
  // Link-local and multicast.
  if ((first & 0xffc0) === 0xfe80 || first >= 0xff00) return 'never';
  // Unique local, site-local of old, and a network's own translation (RFC 8215).
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfec0 || text.startsWith('0064:ff9b:0001:'))
    return 'private';
  return 'public';
}

/** Its eight groups, four digits each. */
function groupsOf(address: string): string[] {
  // The URL parser folds every spelling into one, an IPv4 tail included.
  const folded = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right] = folded.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(left), groups(right ?? '')];
  const middle = right === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...middle, ...after].map((group) => group.padStart(4, '0'));
}
