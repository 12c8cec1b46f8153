import type { DebugLog } from '../../platform/debug-log/debug-log.ts';
import { AppError } from '../../platform/error.ts';
import type { Ports } from '../../platform/ports.ts';
import type { Provider } from '../../platform/provider.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { type ConnectionRow, connectionById, plainFields } from '../../store/connections.ts';
import type { ReadDb } from '../../store/database.ts';
import type { RequestRow } from '../../store/vendor-requests.ts';
import { type Access, openContext, originOf } from './access.ts';
import { type CircuitBreaker, createBreaker } from './breaker.ts';
import { createRequestLog } from './request-log.ts';
import type { Live, Purpose, Vendors } from './vendors.ts';
import { errorWithoutKeys, withoutKeys } from './without-keys.ts';

export interface VendorsOptions {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'network' | 'timers'> & { readonly debugLog: DebugLog };
  readonly vault: Vault;
  readonly providers: readonly Provider[];
  readonly db: () => ReadDb;
  readonly writeRequests: (rows: readonly RequestRow[]) => Promise<unknown>;
  /** A breaker opened, is tried or closed. */
  readonly changed: () => void;
}

/** The one way to vendors, with what only its owner needs. */
export interface VendorsInCore extends Vendors {
  /** Uses credentials that are not saved, and no breaker: somebody waits for the outcome. */
  tryOut<T>(access: Access, signal: AbortSignal | undefined, work: (live: Live) => Promise<T>): Promise<T>;
  /** Credentials and addresses of a saved connection. Throws NOT_FOUND. */
  accessOf(row: ConnectionRow): Access;
  flush(): Promise<void>;
}

/** Where a connection's secrets are kept in the vault. */
export function ownerOf(connectionId: number): string {
  return `connection:${connectionId}`;
}

/** One piece of sync or check work that takes longer has hung: calls may stream for as long as they like. */
const deadlineMs = 120_000;

export function createVendors(options: VendorsOptions): VendorsInCore {
  const { ports, vault, db, changed } = options;
  const providers = new Map(options.providers.map((provider) => [provider.id, provider]));
  const breakers = new Map<number, CircuitBreaker>();
  const log = createRequestLog(ports.timers, options.writeRequests);

  const breakerOf = ({ id, name }: Pick<ConnectionRow, 'id' | 'name'>): CircuitBreaker => {
    const breaker = breakers.get(id) ?? createBreaker({ clock: ports.clock, name, changed });
    breakers.set(id, breaker);
    return breaker;
  };

  const accessOf = (row: ConnectionRow): Access => {
    const provider = providers.get(row.provider);
    if (provider === undefined)
      throw new AppError(
        'NOT_FOUND',
        `This version of LLMLab knows no vendor "${row.provider}". The connection was left as it is.`,
      );
    const own = { provider, baseUrl: row.base_url, isLocal: row.is_local === 1 };
    const origin = originOf(own);
    const owner = ownerOf(row.id);
    return {
      ...own,
      name: row.name,
      fields: plainFields(row),
      secret: (field) => vault.get({ owner, field }, origin),
    };
  };

  const run = async <T>(
    { access, row, purpose, signal }: Job,
    work: (live: Live) => Promise<T>,
  ): Promise<T> => {
    const at = ports.clock.now();
    const startedAt = performance.now();
    const ending = withDeadline(ports, purpose, signal);
    const { context, requests, secrets } = openContext(ports, access, ending.signal);
    const live: Live = {
      connectionId: row?.id ?? 0,
      name: row?.name ?? access.provider.label,
      accountId: row?.account_id ?? 0,
      provider: access.provider,
      context,
      requestsPerMinute: row?.requests_per_minute ?? null,
      tokensPerMinute: row?.tokens_per_minute ?? null,
    };
    const note = (outcome: string): void => {
      // What failed before anything was asked says nothing of the vendor, and neither does what the user broke off.
      if (requests() === 0 || outcome === 'CANCELLED') return;
      const ms = Math.round(performance.now() - startedAt);
      log.note({ connection_id: row?.id ?? null, provider: access.provider.id, purpose, at, ms, outcome });
    };
    try {
      const result = await (purpose === 'call' ? work(live) : Promise.race([work(live), ending.over]));
      note('ok');
      // What a check found out is told in the vendor's own words.
      return purpose === 'check' ? withoutKeys(result, secrets()) : result;
    } catch (error) {
      note(error instanceof AppError ? error.code : 'INTERNAL');
      throw errorWithoutKeys(error, secrets());
    } finally {
      ending.done();
    }
  };

  return {
    async use({ connectionId, purpose, signal }, work) {
      const row = connectionById(db(), connectionId);
      if (row === undefined) throw new AppError('NOT_FOUND', 'That connection is gone.');
      const access = accessOf(row);
      return breakerOf(row).run(() => run({ access, row, purpose, signal }, work));
    },
    tryOut: (access, signal, work) => run({ access, row: null, purpose: 'check', signal }, work),
    accessOf,
    breaker: (id) => breakers.get(id)?.view() ?? { state: 'closed', until: null },
    flush: () => log.flush(),
  };
}

interface Job {
  readonly access: Access;
  readonly row: ConnectionRow | null;
  readonly purpose: Purpose;
  readonly signal: AbortSignal | undefined;
}

/** A signal that also ends at the deadline, and a promise that rejects with it: not every library listens to signals. */
function withDeadline(ports: VendorsOptions['ports'], purpose: Purpose, asked: AbortSignal | undefined) {
  const hung = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined);
  const cancel =
    purpose === 'call'
      ? () => undefined
      : ports.timers.after(deadlineMs, () =>
          hung.abort(new DOMException('no answer in time', 'TimeoutError')),
        );
  const signal = asked === undefined ? hung.signal : AbortSignal.any([asked, hung.signal]);
  const end = (): void =>
    reject(
      hung.signal.aborted
        ? new AppError('NETWORK', 'The vendor did not answer in time. Nothing was lost; it is tried again.')
        : new AppError('CANCELLED', 'The request was cancelled.'),
    );
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return {
    signal,
    over,
    done() {
      cancel();
      signal.removeEventListener('abort', end);
    },
  };
}
