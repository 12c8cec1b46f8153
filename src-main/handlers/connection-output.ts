import type { Balance, Connection, SyncState } from '../../src-preload/contract/connections.ts';
import { type ErrorCode, errorCode } from '../../src-preload/contract/errors.ts';
import { coveredBy } from '../jobs/sync/read-report.ts';
import { type Report, reportsOf } from '../jobs/sync/reports.ts';
import { backfillOf } from '../jobs/sync/windows.ts';
import { ownerOf } from '../jobs/vendors/create-vendors.ts';
import { createCosts } from '../ledger/cost.ts';
import type { BalanceAmount, Provider } from '../platform/provider.ts';
import { noTokens } from '../platform/record.ts';
import { listAccounts } from '../store/accounts.ts';
import { type BalanceRow, latestBalances } from '../store/balances.ts';
import { type ConnectionRow, plainFields } from '../store/connections.ts';
import { syncState } from '../store/sync-states.ts';
import { countModels } from '../store/vendor-models.ts';
import type { HandlerContext } from './context.ts';

/** Connections as the window and the command line see them: of secrets only how they end. */
export function toConnections(context: HandlerContext, rows: readonly ConnectionRow[]): Connection[] {
  const db = context.db();
  const accounts = new Map(listAccounts(db).map(({ id, name }) => [id, name]));
  const models = countModels(db);
  const balance = toBalance(context);
  return rows.map((row) => {
    const provider = context.providers.find(({ id }) => id === row.provider);
    return {
      id: row.id,
      provider: row.provider,
      name: row.name,
      accountId: row.account_id,
      account: accounts.get(row.account_id) ?? '',
      baseUrl: row.base_url,
      isLocal: row.is_local === 1,
      fields: plainFields(row),
      // Written by the core only.
      checks: JSON.parse(row.checks ?? '[]') as Connection['checks'],
      secrets: secretsOf(context, row.id),
      requestsPerMinute: row.requests_per_minute,
      tokensPerMinute: row.tokens_per_minute,
      paused: row.paused === 1,
      createdAt: row.created_at,
      testedAt: row.tested_at,
      reports: provider === undefined ? [] : toStates(context, row, provider),
      balances: latestBalances(db, row.id).map(balance),
      models: models.get(row.id) ?? 0,
      breaker: context.vendors.breaker(row.id),
    };
  });
}

function secretsOf({ vault }: HandlerContext, id: number): Connection['secrets'] {
  const owner = ownerOf(id);
  return vault
    .hints()
    .filter((hint) => hint.owner === owner)
    .map(({ field, endsWith, origin, savedAt, isSessionOnly }) => ({
      ...{ field, endsWith, origin, savedAt, isSessionOnly },
    }));
}

function toStates(context: HandlerContext, row: ConnectionRow, provider: Provider): SyncState[] {
  return reportsOf(provider).map((report) => toState(context, row, report));
}

function toState({ db, ports, sync }: HandlerContext, row: ConnectionRow, report: Report): SyncState {
  const state = syncState(db(), row.id, report.id);
  const missing = sync.missing(row, report);
  const readBy = sync.readBy(row, report);
  const now = ports.clock.now();
  return {
    report: report.id,
    label: report.label,
    evidence: report.costs?.evidence ?? null,
    nextAt: missing.length > 0 || readBy !== null ? null : (state.next_at ?? now),
    ...(readBy === null ? {} : { readBy }),
    missing: [...missing],
    everyMinutes: state.every_minutes ?? report.everyMinutes,
    isRunning: sync.isRunning(row.id, report.id),
    waitsUntil: sync.waitsUntil(row.id, report.id),
    backfill: report.costs === null ? null : backfillOf(report.costs, coveredBy(state), now),
    lastSuccessAt: state.succeeded_at,
    lastAttemptAt: state.attempted_at,
    asOf: state.as_of,
    error: state.error === null ? null : { code: codeOf(state.error_code), message: state.error },
  };
}

function codeOf(text: string | null): ErrorCode {
  const code = errorCode.safeParse(text);
  return code.success ? code.data : 'INTERNAL';
}

/** Balances with their worth in USD, by the rate of their day; null where there is none. */
export function toBalance(context: HandlerContext): (row: BalanceRow) => Balance {
  const costOf = createCosts(context.prices(), context.settings.read().fxRates);
  return ({ at, currency, available, parts }) => {
    const cost = costOf({
      ...{ at, grain: 'instant', provider: '', model: null, requests: 0, tokens: noTokens },
      amount: { value: available, currency },
    });
    // Written by storeBalance only.
    const known = JSON.parse(parts) as BalanceAmount['parts'];
    return {
      ...{ at, currency, available },
      nanoUsd: cost.state === 'unpriced' ? null : cost.nanoUsd,
      parts: known.map(({ label, amount }) => ({ label, amount: amount.value, currency: amount.currency })),
    };
  };
}
