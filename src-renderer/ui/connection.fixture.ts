import type { Connection, SyncState } from '../../src-preload/contract/connections.ts';

/** A connection for tests: read once, well, and due again. */
export function connectionOf(given: Partial<Connection> = {}): Connection {
  return {
    ...{
      id: 1,
      provider: 'acme',
      name: 'Acme',
      accountId: 1,
      account: 'Acme',
      baseUrl: null,
      isLocal: false,
    },
    ...{ fields: {} },
    ...{ secrets: [], requestsPerMinute: null, tokensPerMinute: null, paused: false, createdAt: 0 },
    ...{ testedAt: null, checks: [], reports: [reportOf()], balances: [], models: 0 },
    breaker: { state: 'closed', until: null },
    ...given,
  };
}

export function reportOf(given: Partial<SyncState> = {}): SyncState {
  return {
    ...{ report: 'costs', label: 'Costs', evidence: 'billed', nextAt: 2000, missing: [], everyMinutes: 60 },
    ...{
      isRunning: false,
      waitsUntil: null,
      backfill: null,
      lastSuccessAt: 1000,
      lastAttemptAt: 1000,
      asOf: 900,
      error: null,
    },
    ...given,
  };
}
