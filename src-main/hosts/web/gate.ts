import type { IncomingMessage } from 'node:http';
import type { Refusal } from './reply.ts';

/** What a route accepts; the gate knows nothing else of it. */
export interface Entrance {
  readonly methods: readonly string[];
  /** Media type of the body of a POST. */
  readonly mediaType: 'application/json' | 'application/octet-stream' | null;
  /** Typed into the address bar or followed from outside a browser: pages only. */
  readonly navigable: boolean;
}

/**
 * The first gate, before any route looks at a request: it must name this server by a loopback address (a name
 * rebound to loopback does not), come from our own page, and say what its body is. Null when it may go on.
 */
export function refusalOf(request: IncomingMessage, port: number, entrance: Entrance): Refusal | null {
  const host = only(request, 'host');
  if (!host || !loopbackHosts(port).includes(host)) return forbidden('This address is not LLMLab.');
  const site = only(request, 'sec-fetch-site');
  if (!isOwnSite(site, entrance)) return forbidden('Only the LLMLab page itself may ask for this.');
  const origin = only(request, 'origin');
  const isWrite = request.method === 'POST';
  if (origin === null || (origin === undefined ? isWrite : origin !== `http://${host}`)) {
    return forbidden('Only the LLMLab page itself may ask for this.');
  }
  if (!entrance.methods.includes(request.method ?? '')) {
    const headers = { allow: entrance.methods.join(', ') };
    return { status: 405, code: 'BAD_INPUT', message: 'This method is not known here.', headers };
  }
  if (isWrite && !isMediaType(only(request, 'content-type'), entrance.mediaType)) {
    return { status: 415, code: 'BAD_INPUT', message: `The body must be ${entrance.mediaType}.` };
  }
  return null;
}

function loopbackHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`];
}

/** Browsers always send it to loopback; clients that are no browser do not, and cannot be driven by a web page. */
function isOwnSite(site: string | null | undefined, { navigable }: Entrance): boolean {
  return site === undefined || site === 'same-origin' || (site === 'none' && navigable);
}

function isMediaType(header: string | null | undefined, wanted: Entrance['mediaType']): boolean {
  if (!header || wanted === null) return false;
  const [type, ...parameters] = header
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return type === wanted && parameters.every((parameter) => parameter === 'charset=utf-8');
}

/** The one value of a header; undefined when it is missing, null when it was sent twice (Node would keep one). */
function only(request: IncomingMessage, name: string): string | null | undefined {
  const values = request.rawHeaders.filter((_, i, all) => i % 2 === 1 && all[i - 1]?.toLowerCase() === name);
  return values.length > 1 ? null : values[0];
}

function forbidden(message: string): Refusal {
  return { status: 403, code: 'FORBIDDEN', message };
}
