import type { RequestInit as NetworkInit } from 'undici';
import { AppError } from '../error.ts';

/** A request ready to be sent, and sent again where its own origin moves it. */
export interface Outgoing {
  readonly url: URL;
  readonly init: NetworkInit;
  /** The caller looks at redirects itself. */
  readonly isManual: boolean;
}

/** It refuses addresses with a login before the policy could say why, so it is not told the real one. */
const anyUrl = 'https://request.invalid';

type Input = Parameters<typeof globalThis.fetch>[0];

/** Reads what `fetch` takes. The body is read as a whole: what vendors are sent is small. */
export async function outgoingOf(input: Input, init: RequestInit = {}): Promise<Outgoing> {
  const url = urlOf(input instanceof Request ? input.url : input);
  const isRequest = input instanceof Request;
  // The platform's own class knows every kind of body and the header that goes with it.
  const request = new Request(isRequest ? input : anyUrl, { ...init, redirect: 'manual', signal: null });
  const signal = init.signal ?? (isRequest ? input.signal : null);
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return {
    url,
    isManual: (init.redirect ?? (isRequest ? input.redirect : 'follow')) !== 'follow',
    init: { method: request.method, headers: [...request.headers], body, signal },
  };
}

function urlOf(input: string | URL): URL {
  if (input instanceof URL) return input;
  if (URL.canParse(input)) return new URL(input);
  throw new AppError('BAD_INPUT', 'The address to ask is no web address.');
}

/** The request its own origin moved it to; null for any other. */
export function redirected(from: Outgoing, status: number, target: string): Outgoing | null {
  if (!URL.canParse(target, from.url.href)) return null;
  const url = new URL(target, from.url);
  if (url.origin !== from.url.origin || url.username !== '' || url.password !== '') return null;
  const { method = 'GET' } = from.init;
  const keepsMethod = status === 307 || status === 308 || method === 'GET' || method === 'HEAD';
  const init = keepsMethod ? from.init : { ...from.init, method: 'GET', body: null };
  return { ...from, url, init };
}
