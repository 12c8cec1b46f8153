import type { DebugLog } from '../../platform/debug-log/debug-log.ts';
import type { Network, NetworkPolicy, Ports } from '../../platform/ports.ts';
import type { Provider, ProviderContext } from '../../platform/provider.ts';
import { redactFacts, redactText } from '../../platform/redact.ts';

/** What a provider is used with: a saved connection, or one that is only tried out. */
export interface Access {
  readonly provider: Provider;
  /** What the user calls it. */
  readonly name: string;
  /** The user's own base; null for the provider's. */
  readonly baseUrl: string | null;
  /** Whether the user said that it is on their own machine or network. */
  readonly isLocal: boolean;
  readonly fields: Readonly<Record<string, string>>;
  secret(name: string): Promise<string | null>;
}

type Target = Pick<Access, 'provider' | 'baseUrl' | 'isLocal'>;

/**
 * The origin a connection's secrets are bound to: that of its base, or of the vendor's first host where calls have no
 * base of their own.
 */
export function originOf({ provider, baseUrl }: Omit<Target, 'isLocal'>): string {
  const base = baseUrl ?? provider.baseUrl;
  return base === null ? (provider.hosts[0] ?? '') : new URL(base).origin;
}

/**
 * Where the requests of a connection may go. Whoever puts a server of their own in the vendor's place gives the key to
 * that server alone.
 */
export function policyOf({ provider, baseUrl, isLocal }: Target): NetworkPolicy {
  const own = originOf({ provider, baseUrl });
  const isReplaced =
    baseUrl !== null && provider.baseUrl !== null && own !== originOf({ provider, baseUrl: null });
  return { origins: isReplaced ? [own] : [...new Set([own, ...provider.hosts])], isLocal };
}

export interface Opened {
  readonly context: ProviderContext;
  /** How many requests were sent with it. */
  requests(): number;
  /** The secrets it was given so far. */
  secrets(): readonly string[];
}

/** What a provider's methods take, for one piece of work. */
export function openContext(
  ports: Pick<Ports, 'clock' | 'log'> & { readonly network: Network; readonly debugLog: DebugLog },
  access: Access,
  signal: AbortSignal,
): Opened {
  const { provider, fields } = access;
  const used = new Set<string>();
  const guarded = ports.debugLog.trace(ports.network.open(policyOf(access)), {
    connection: access.name,
    secrets: () => [...used],
  });
  let requests = 0;
  const say =
    (level: 'info' | 'warn' | 'error') => (message: string, facts?: Readonly<Record<string, unknown>>) =>
      ports.log[level](redactText(`${provider.id}: ${message}`), redacted(facts));
  return {
    requests: () => requests,
    secrets: () => [...used],
    context: {
      fetch: (input, init) => {
        requests++;
        return guarded(input, init);
      },
      fields,
      async secret(name) {
        const secret = await access.secret(name);
        if (secret !== null) used.add(secret);
        return secret;
      },
      baseUrl: (access.baseUrl ?? provider.baseUrl ?? '').replace(/\/+$/, ''),
      clock: ports.clock,
      log: { info: say('info'), warn: say('warn'), error: say('error') },
      signal,
    },
  };
}

function redacted(facts: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
  // Facts are an object, and stay one.
  return redactFacts(facts ?? {}) as Readonly<Record<string, unknown>>;
}
