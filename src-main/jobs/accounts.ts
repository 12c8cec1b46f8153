import { AppError } from '../platform/error.ts';
import {
  accountByName,
  insertAccount,
  listAccounts,
  removeAccount,
  updateAccount,
} from '../store/accounts.ts';
import { connectionsOf } from '../store/connections.ts';
import { inTransaction } from '../store/database.ts';
import { listSources, moveSource, sourceById } from '../store/sources.ts';
import { openBook, type TaskContext } from './context.ts';
import { moveSynced, providerOfSync } from './move-synced.ts';

export interface AccountInput {
  readonly id?: number | undefined;
  readonly name: string;
  readonly kind: 'api' | 'plan' | 'local';
  readonly provider: string;
  readonly fee: {
    readonly nanoUsd: number;
    readonly cycle: 'month' | 'year';
    readonly start: string;
    readonly end: string | null;
  } | null;
}

function checkFee({ fee, kind }: AccountInput): void {
  if (fee !== null && kind !== 'plan')
    throw new AppError('BAD_INPUT', 'Only a plan has a fee. Choose the kind "plan", or leave the fee out.');
  if (fee?.end && fee.end < fee.start) throw new AppError('BAD_INPUT', 'The plan ends before it starts.');
}

/** Adds or changes an account. What the user saves is no longer an assumption. */
export function saveAccount(context: TaskContext, input: AccountInput): number {
  checkFee(input);
  return inTransaction(context.db, () => {
    const same = accountByName(context.db, input.name);
    if (same !== undefined && same.id !== input.id)
      throw new AppError('BAD_INPUT', `There is already an account "${same.name}".`);
    const row = {
      name: input.name,
      kind: input.kind,
      provider: input.provider,
      fee_nano_usd: input.fee?.nanoUsd ?? null,
      fee_cycle: input.fee?.cycle ?? null,
      fee_start: input.fee?.start ?? null,
      fee_end: input.fee?.end ?? null,
      assumed: 0,
    };
    if (input.id === undefined) return insertAccount(context.db, { ...row, created_at: context.now() });
    if (!listAccounts(context.db).some((account) => account.id === input.id))
      throw new AppError('NOT_FOUND', 'That account is gone.');
    updateAccount(context.db, { ...row, id: input.id });
    return input.id;
  });
}

export function dropAccount(context: TaskContext, input: { readonly id: number }): null {
  return inTransaction(context.db, () => {
    const [connection] = connectionsOf(context.db, input.id);
    if (connection !== undefined)
      throw new AppError(
        'BAD_INPUT',
        `The connection "${connection.name}" reports to this account. Give it another account first, or remove it.`,
      );
    const own = listSources(context.db).filter((source) => source.account_id === input.id);
    if (own.length > 0)
      throw new AppError(
        'BAD_INPUT',
        `${own.map((source) => source.label).join(', ')} still belong to this account. Move them first.`,
      );
    removeAccount(context.db, input.id);
    return null;
  });
}

/** Moves a source with its records to another account; both accounts' days are settled anew. */
export function assignSource(
  context: TaskContext,
  input: { readonly sourceId: number; readonly accountId: number },
): null {
  return inTransaction(context.db, () => {
    const source = sourceById(context.db, input.sourceId);
    const target = listAccounts(context.db).find((account) => account.id === input.accountId);
    if (source === undefined || target === undefined)
      throw new AppError('NOT_FOUND', 'That source or account is gone.');
    if (source.kind === 'sync' && source.account_id !== target.id) {
      moveSynced(context, { ...source, provider: providerOfSync(source.importer) }, target.id);
      return null;
    }
    const left = listSources(context.db).filter(
      (other) => other.account_id === source.account_id && other.id !== source.id,
    );
    moveSource(context.db, input.sourceId, input.accountId);
    openBook(context).resettle([input.sourceId, ...left.map((other) => other.id)]);
    return null;
  });
}
