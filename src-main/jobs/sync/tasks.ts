import { dayMs, utcDay } from '../../ledger/day.ts';
import type { BalanceAmount, CostReport, VendorModel } from '../../platform/provider.ts';
import { addBalance, dropBalancesAfter } from '../../store/balances.ts';
import { type ConnectionRow, connectionById } from '../../store/connections.ts';
import { inTransaction } from '../../store/database.ts';
import { markTrouble } from '../../store/sources.ts';
import { putSyncState, type SyncStateRow, syncState } from '../../store/sync-states.ts';
import { replaceModels } from '../../store/vendor-models.ts';
import { addRequests, type RequestRow } from '../../store/vendor-requests.ts';
import type { TaskContext } from '../context.ts';
import { syncImporterId } from '../move-synced.ts';
import { enterRecords, type RecordOrigin } from '../vendors/enter-records.ts';
import { inferredSpend } from './balance-spend.ts';
import { compareReading, type Reading } from './reading.ts';

/** What the writer has to know of a report: it knows no list of providers. */
export type ReportFacts = Pick<CostReport, 'id' | 'label' | 'evidence' | 'coverage' | 'usage'> & {
  readonly provider: { readonly id: string; readonly label: string; readonly vendor: string };
};

export interface WindowInput {
  readonly connectionId: number;
  readonly report: ReportFacts;
  readonly reading: Reading;
  /** The days that are read now, with those before. */
  readonly covered: { readonly from: number; readonly to: number };
  /** Everything up to this moment is in it. */
  readonly asOf: number | null;
}

export interface Stored {
  readonly accepted: number;
  readonly updated: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly withdrawn: number;
}

export const nothingStored: Stored = { accepted: 0, updated: 0, duplicate: 0, refused: 0, withdrawn: 0 };

/**
 * Stores one window of a report, with how far it is read, in one transaction. A connection that was removed meanwhile
 * brings nothing.
 */
export function storeSync(context: TaskContext, input: WindowInput): Stored {
  const { db } = context;
  return inTransaction(db, () => {
    const connection = connectionById(db, input.connectionId);
    if (connection === undefined) return nothingStored;
    const stored = enterReading(context, connection, input.report, input.reading);
    const state = syncState(db, connection.id, input.report.id);
    putSyncState(db, {
      ...state,
      covered_from: input.covered.from,
      covered_to: input.covered.to,
      as_of: input.asOf ?? state.as_of,
    });
    return stored;
  });
}

function enterReading(
  context: TaskContext,
  connection: ConnectionRow,
  report: ReportFacts,
  reading: Reading,
): Stored {
  const origin = originOf(connection, report);
  let withdrawn = 0;
  const { tally } = enterRecords(context, origin, (sourceId) => {
    const entry = compareReading(context.db, origin, sourceId, reading);
    withdrawn = entry.withdrawn;
    return entry;
  });
  const { accepted, updated, duplicate, refused } = tally;
  return { accepted: accepted - withdrawn, updated: updated - withdrawn, duplicate, refused, withdrawn };
}

function originOf(connection: ConnectionRow, report: ReportFacts): RecordOrigin {
  const { provider, evidence, coverage, usage } = report;
  return {
    kind: 'sync',
    id: syncImporterId(provider.id, report.id),
    label: `${provider.label}: ${report.label}`,
    vendor: provider.vendor,
    accountId: connection.account_id,
    importName: `${connection.name}: ${report.label}`,
    merge: 'last',
    evidence,
    coverage,
    usage,
  };
}

/** Notes how a reading of a report ended and when the next one is; its source, where it has one, tells of it too. */
export function markSync(
  { db }: TaskContext,
  input: Pick<SyncStateRow, 'connection_id' | 'report'> & Partial<SyncStateRow>,
): null {
  return inTransaction(db, () => {
    const connection = connectionById(db, input.connection_id);
    if (connection === undefined) return null;
    putSyncState(db, { ...syncState(db, connection.id, input.report), ...input });
    const importer = syncImporterId(connection.provider, input.report);
    if (input.error !== undefined) markTrouble(db, importer, connection.account_id, input.error);
    return null;
  });
}

function startOfDay(at: number): number {
  return utcDay(at) * dayMs;
}

export interface BalanceInput {
  readonly connectionId: number;
  /** When it was read, UTC ms. */
  readonly at: number;
  readonly balances: readonly BalanceAmount[];
  /** The report its falls are entered as, where nothing else tells what this vendor's account was charged. */
  readonly spend: ReportFacts | null;
}

/** Keeps a reading of the money at a vendor, and what its falls say was spent. */
export function storeBalance(context: TaskContext, input: BalanceInput): Stored {
  const { db } = context;
  return inTransaction(db, () => {
    const connection = connectionById(db, input.connectionId);
    if (connection === undefined) return nothingStored;
    const redoneFrom = dropBalancesAfter(db, connection.id, input.at);
    for (const { available, parts } of input.balances)
      addBalance(db, {
        connection_id: connection.id,
        at: input.at,
        currency: available.currency,
        available: available.value,
        parts: JSON.stringify(parts),
      });
    if (input.spend === null) return nothingStored;
    const vendor = input.spend.provider.vendor;
    const records = inferredSpend(db, connection.id, { at: input.at, redoneFrom, vendor });
    if (records.length === 0 && redoneFrom === null) return nothingStored;
    return enterReading(context, connection, input.spend, {
      records,
      problems: [],
      at: input.at,
      whole: redoneFrom === null ? null : { from: startOfDay(redoneFrom), to: Number.MAX_SAFE_INTEGER },
    });
  });
}

/** Puts the models a vendor lists now in the place of those it listed before. */
export function storeModels(
  { db }: TaskContext,
  input: { readonly connectionId: number; readonly models: readonly VendorModel[]; readonly at: number },
): number {
  return inTransaction(db, () => {
    if (connectionById(db, input.connectionId) === undefined) return 0;
    replaceModels(db, input.connectionId, input.models, input.at);
    return input.models.length;
  });
}

/** Keeps how requests to vendors went. */
export function noteRequests(context: TaskContext, input: { readonly rows: readonly RequestRow[] }): null {
  return inTransaction(context.db, () => {
    addRequests(context.db, input.rows, context.now());
    return null;
  });
}
