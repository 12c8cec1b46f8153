import { importers } from '../importers/index.ts';
import { AppError } from '../platform/error.ts';
import { accountByName, insertAccount, listAccounts } from '../store/accounts.ts';
import {
  type ConnectionRow,
  connectionById,
  connectionByName,
  connectionsOf,
  deleteConnection,
  insertConnection,
  listConnections,
  markTested,
  pauseConnection,
  updateConnection,
} from '../store/connections.ts';
import { inTransaction, type WriteDb } from '../store/database.ts';
import { writeMeta } from '../store/meta.ts';
import { forgetAllCoverage, makeDue, putSyncState, syncState } from '../store/sync-states.ts';
import type { TaskContext } from './context.ts';
import { moveSynced } from './move-synced.ts';
import { onlyKeyAccount } from './place.ts';

/** A connection as the form or the command line gives it; its secrets go to the vault beside it. */
export interface ConnectionInput {
  /** Left out for a new one. */
  readonly id?: number | undefined;
  /** What its provider is: the writer knows no list of them. */
  readonly provider: {
    readonly id: string;
    readonly label: string;
    readonly vendor: string;
    readonly accountKind: 'api' | 'plan' | 'local';
  };
  readonly name?: string | undefined;
  readonly accountId?: number | undefined;
  readonly baseUrl: string | null;
  readonly isLocal: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/**
 * Adds or changes a connection and answers its id. Without an account of the user's choice it reports to the vendor's
 * one account, which imported files use too; a further connection of a vendor to one of its own, for it may be another
 * customer. What was read before moves along when the account changes.
 */
export function saveConnection(context: TaskContext, input: ConnectionInput): number {
  const { db } = context;
  return inTransaction(db, () => {
    const old = input.id === undefined ? undefined : existing(db, input.id);
    const name = input.name ?? old?.name ?? freeName(db, input.provider.label);
    const same = connectionByName(db, name);
    if (same !== undefined && same.id !== input.id)
      throw new AppError('BAD_INPUT', `There is already a connection "${same.name}". Choose another name.`);
    const account_id = accountOf(context, input, name, old);
    const row = {
      name,
      account_id,
      base_url: input.baseUrl,
      is_local: Number(input.isLocal),
      fields: JSON.stringify(input.fields),
      requests_per_minute: input.requestsPerMinute,
      tokens_per_minute: input.tokensPerMinute,
    };
    if (old === undefined)
      return insertConnection(db, { ...row, provider: input.provider.id, created_at: context.now() });
    if (old.account_id !== account_id) moveSynced(context, old, account_id);
    updateConnection(db, { ...row, id: old.id });
    if (readsElsewhere(old, row)) forgetAllCoverage(db, old.id);
    makeDue(db, old.id);
    return old.id;
  });
}

/** Whether what a connection reads is another: the days read before are those of another project, team or server. */
function readsElsewhere(
  old: Pick<ConnectionRow, 'base_url' | 'fields'>,
  row: Pick<ConnectionRow, 'base_url' | 'fields'>,
): boolean {
  return old.base_url !== row.base_url || old.fields !== row.fields;
}

function existing(db: WriteDb, id: number): ConnectionRow {
  const row = connectionById(db, id);
  if (row === undefined) throw new AppError('NOT_FOUND', 'That connection is gone.');
  return row;
}

function freeName(db: WriteDb, label: string): string {
  const taken = new Set(listConnections(db).map(({ name }) => name.toLowerCase()));
  for (let i = 1; ; i++) {
    const name = i === 1 ? label : `${label} ${i}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function accountOf(
  context: TaskContext,
  { accountId, provider }: ConnectionInput,
  name: string,
  old: ConnectionRow | undefined,
): number {
  const { db } = context;
  if (accountId !== undefined) {
    if (listAccounts(db).some(({ id }) => id === accountId)) return accountId;
    throw new AppError('NOT_FOUND', 'That account is gone. Choose another.');
  }
  if (old !== undefined) return old.account_id;
  const vendorsOwn = accountLabel(vendorLabel(provider), provider);
  const usual =
    (provider.accountKind === 'api' ? onlyKeyAccount(db, provider.vendor) : undefined) ??
    accountByName(db, vendorsOwn)?.id;
  if (usual === undefined) return newAccount(context, provider, vendorsOwn);
  if (connectionsOf(db, usual, provider.id).length === 0) return usual;
  const own = accountLabel(name === provider.label ? `${name} 2` : name, provider);
  return accountByName(db, own)?.id ?? newAccount(context, provider, own);
}

/** As the accounts of imported files are called. */
function vendorLabel({ vendor, label }: ConnectionInput['provider']): string {
  return importers.find((importer) => importer.vendor === vendor)?.vendorLabel ?? label;
}

/** `OpenAI API`, `Some plan`; a local server is its own account. */
function accountLabel(name: string, { accountKind }: ConnectionInput['provider']): string {
  if (accountKind === 'local') return name;
  return `${name} ${accountKind === 'api' ? 'API' : 'plan'}`;
}

function newAccount({ db, now }: TaskContext, provider: ConnectionInput['provider'], name: string): number {
  return insertAccount(db, {
    name,
    kind: provider.accountKind,
    provider: provider.vendor,
    fee_nano_usd: null,
    fee_cycle: null,
    fee_start: null,
    fee_end: null,
    assumed: 0,
    created_at: now(),
  });
}

/** Forgets a connection. Its records, sources and account stay. */
export function dropConnection({ db }: TaskContext, { id }: { readonly id: number }): null {
  return inTransaction(db, () => {
    existing(db, id);
    deleteConnection(db, id);
    return null;
  });
}

/** Keeps what the last test of a connection found: JSON of its checks. */
export function noteChecks(
  context: TaskContext,
  input: { readonly id: number; readonly checks: string },
): null {
  return inTransaction(context.db, () => {
    markTested(context.db, input.id, context.now(), input.checks);
    return null;
  });
}

/** Pauses or goes on with the readings of one connection, or (null) of all. */
export function setPaused(
  { db }: TaskContext,
  { id, paused }: { readonly id: number | null; readonly paused: boolean },
): null {
  return inTransaction(db, () => {
    if (id === null) writeMeta(db, 'sync_paused', paused ? '1' : '0');
    else pauseConnection(db, existing(db, id).id, paused);
    return null;
  });
}

/** How often a report is read from now on; null for the usual. The next reading follows the new interval. */
export function setSyncInterval(
  { db }: TaskContext,
  input: { readonly id: number; readonly report: string; readonly everyMinutes: number | null },
): null {
  return inTransaction(db, () => {
    existing(db, input.id);
    const state = syncState(db, input.id, input.report);
    const nextAt =
      input.everyMinutes === null || state.succeeded_at === null || state.failures > 0
        ? state.next_at
        : state.succeeded_at + input.everyMinutes * 60_000;
    putSyncState(db, { ...state, every_minutes: input.everyMinutes, next_at: nextAt });
    return null;
  });
}
