import type { Book } from '../ledger/book.ts';
import { AppError } from '../platform/error.ts';
import type { PriceAlias, PriceOverride } from '../pricing/index.ts';
import { inTransaction } from '../store/database.ts';
import { listAliases, listOverrides, removePrice, saveAlias, saveOverride } from '../store/prices.ts';
import { openBook, type TaskContext } from './context.ts';
import { stopIfAsked } from './import-member.ts';

function repriceIds(context: TaskContext, book: Book, ids: readonly number[]): number {
  let changed = 0;
  for (const [i, id] of ids.entries()) {
    if (book.reprice(id)) changed++;
    if (i % 1_000 === 0) {
      stopIfAsked(context);
      context.progress(i, ids.length, 'records');
    }
  }
  book.settle();
  return changed;
}

/** Records priced from tokens, or unpriced. Stated money is repriced too when it is in another currency. */
function idsOf(context: TaskContext, scope: 'unpriced' | 'all'): readonly number[] {
  const sql =
    scope === 'unpriced'
      ? 'SELECT id FROM records WHERE cost_state = 0'
      : "SELECT id FROM records WHERE amount IS NULL OR currency <> 'USD'";
  return context.db.prepare(sql).pluck().all() as number[];
}

/** Prices records again with today's catalogue, overrides and rates; past calls keep the price of their date. */
export function reprice(context: TaskContext, input: { readonly scope: 'unpriced' | 'all' }): number {
  return inTransaction(context.db, () => repriceIds(context, openBook(context), idsOf(context, input.scope)));
}

/** Records a name may touch: by the model as written or as understood, whichever provider wrote it. */
function idsOfModel(context: TaskContext, models: readonly string[]): readonly number[] {
  return context.db
    .prepare(
      `SELECT id FROM records WHERE amount IS NULL AND (model_id IN (SELECT id FROM names WHERE text IN (${models.map(() => '?').join(', ')}))
         OR model_raw_id IN (SELECT id FROM names WHERE text IN (${models.map(() => '?').join(', ')})))`,
    )
    .pluck()
    .all(...models, ...models) as number[];
}

export interface SavedPrice {
  readonly id: number;
  readonly repriced: number;
}

export function saveOverrideAndReprice(
  context: TaskContext,
  input: PriceOverride & { readonly id?: number | undefined },
): SavedPrice {
  const { id, provider, model, from, ...rates } = input;
  return inTransaction(context.db, () => {
    const touched = idsOfModel(context, [model, ...formerNames(context, 'override', id)]);
    const saved = saveOverride(context.db, {
      id: id ?? null,
      provider,
      model,
      valid_from: from,
      body: JSON.stringify(rates),
    });
    return { id: saved, repriced: repriceIds(context, openBook(context), touched) };
  });
}

export function saveAliasAndReprice(
  context: TaskContext,
  input: PriceAlias & { readonly id?: number | undefined },
): SavedPrice {
  return inTransaction(context.db, () => {
    const touched = idsOfModel(context, [input.alias, ...formerNames(context, 'alias', input.id)]);
    const saved = saveAlias(context.db, {
      id: input.id ?? null,
      provider: input.provider,
      alias: input.alias,
      to_provider: input.toProvider,
      to_model: input.toModel,
    });
    return { id: saved, repriced: repriceIds(context, openBook(context), touched) };
  });
}

/** Names a row had before it is changed or removed: their records must be priced anew as well. */
function formerNames(
  context: TaskContext,
  kind: 'override' | 'alias',
  id: number | undefined,
): readonly string[] {
  if (id === undefined) return [];
  if (kind === 'override')
    return listOverrides(context.db)
      .filter((row) => row.id === id)
      .map((row) => row.model);
  return listAliases(context.db)
    .filter((row) => row.id === id)
    .flatMap((row) => [row.alias, row.to_model]);
}

export function removePriceAndReprice(
  context: TaskContext,
  input: { readonly kind: 'override' | 'alias'; readonly id: number },
): number {
  return inTransaction(context.db, () => {
    const models = formerNames(context, input.kind, input.id);
    if (!removePrice(context.db, input.kind === 'override' ? 'price_overrides' : 'price_aliases', input.id))
      throw new AppError('NOT_FOUND', 'That price is already gone.');
    return repriceIds(context, openBook(context), idsOfModel(context, models));
  });
}
