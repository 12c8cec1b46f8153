import type { Provider, ProviderContext } from '../../platform/provider.ts';

/** What a vendor is asked for: its health is kept apart by it. */
export type Purpose = 'sync' | 'call' | 'check';

/** A connection in use: its vendor, and what that vendor's methods take. */
export interface Live {
  readonly connectionId: number;
  readonly name: string;
  readonly accountId: number;
  readonly provider: Provider;
  readonly context: ProviderContext;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

export interface Breaker {
  readonly state: 'closed' | 'open' | 'half-open';
  /** When an open one lets the next request through, UTC ms. */
  readonly until: number | null;
}

export interface UseOptions {
  readonly connectionId: number;
  readonly purpose: Purpose;
  readonly signal?: AbortSignal;
}

/** The one way to a vendor: credentials, allowed hosts, circuit breaker and the record of how it went, in one place. */
export interface Vendors {
  /**
   * Does one piece of work with a connection's vendor. Throws NOT_FOUND, NO_KEY, VAULT_LOCKED, OVERLOADED while the
   * breaker is open, or what the work throws.
   */
  use<T>(options: UseOptions, work: (live: Live) => Promise<T>): Promise<T>;
  breaker(connectionId: number): Breaker;
}
