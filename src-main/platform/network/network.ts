import { lookup as systemLookup } from 'node:dns';
import type { Dispatcher } from 'undici';
import type { Environment, Network, NetworkPolicy } from '../ports.ts';
import { failureOf } from './failures.ts';
import { isOwnServer, type Resolve, vettedLookup } from './lookup.ts';
import { checkTarget, refusedAddress, refusedRedirect } from './policy.ts';
import { maxReplyBytes, replyOf } from './reply.ts';
import { type Outgoing, outgoingOf, redirected } from './request.ts';

export interface NetworkOptions {
  /** `HTTPS_PROXY` and `NO_PROXY` are followed for public servers. */
  readonly env: Environment['env'];
  readonly resolve?: Resolve;
  readonly connectTimeoutMs?: number;
  /** Until the answer begins, and between its parts: a model may think for minutes before it says anything. */
  readonly silenceTimeoutMs?: number;
}

/** As many as browsers follow on one origin would be a loop. */
const maxRedirects = 5;

/** Reaches servers over the machine's own network, within a policy. */
export function createNetwork(options: NetworkOptions): Network {
  const { resolve = systemLookup } = options;
  const dispatchers = createDispatchers(options, resolve);
  const send = async (request: Outgoing, policy: NetworkPolicy): Promise<Response> => {
    const { url } = request;
    checkTarget(url, policy);
    if (await isOwnServer(url, policy.isLocal, resolve)) throw refusedAddress(url, policy);
    try {
      // Loaded by the first request, not by the start.
      const { fetch } = await import('undici');
      const response = await fetch(url.href, {
        ...request.init,
        dispatcher: await dispatchers.for(url, policy),
        redirect: 'manual',
      });
      return replyOf(response, url, request.init.signal);
    } catch (error) {
      throw failureOf(error, { origin: url.origin, signal: request.init.signal });
    }
  };
  return {
    open: (policy) => async (input, init) => {
      let request = await outgoingOf(input, init);
      for (let hops = 0; ; hops++) {
        const reply = await send(request, policy);
        const target = reply.headers.get('location');
        if (request.isManual || reply.status < 300 || reply.status >= 400 || target === null) return reply;
        await reply.body?.cancel();
        const next = redirected(request, reply.status, target);
        if (next === null || hops === maxRedirects) throw refusedRedirect(request.url, target);
        request = next;
      }
    },
  };
}

/** Keeps connections open for the next request; one kind for each way of vetting addresses. */
function createDispatchers(
  { env, connectTimeoutMs = 10_000, silenceTimeoutMs = 600_000 }: NetworkOptions,
  resolve: Resolve,
) {
  const made = new Map<string, Dispatcher>();
  return {
    async for({ protocol }: URL, { isLocal }: NetworkPolicy): Promise<Dispatcher> {
      const id = `${protocol} ${isLocal}`;
      const { Agent, EnvHttpProxyAgent } = await import('undici');
      const options = {
        connect: { timeout: connectTimeoutMs, lookup: vettedLookup({ protocol, isLocal, resolve }) },
        headersTimeout: silenceTimeoutMs,
        bodyTimeout: silenceTimeoutMs,
        maxResponseSize: maxReplyBytes,
      };
      const proxy = env.HTTPS_PROXY ?? env.https_proxy;
      const dispatcher =
        made.get(id) ??
        (proxy && !isLocal
          ? new EnvHttpProxyAgent({
              ...options,
              httpsProxy: proxy,
              noProxy: env.NO_PROXY ?? env.no_proxy ?? '',
            })
          : new Agent(options));
      made.set(id, dispatcher);
      return dispatcher;
    },
  };
}
