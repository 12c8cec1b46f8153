import type { Book } from '../ledger/book.ts';
import { AppError } from '../platform/error.ts';
import type { PriceAlias, PriceBook, PriceOverride } from '../pricing/index.ts';
import { inTransaction } from '../store/database.ts';
import { refreshImportSums } from '../store/imports.ts';
import { removePrice, saveAlias, saveOverride } from '../store/prices.ts';
import { openBook, openPrices, type TaskContext } from './context.ts';
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
  if (changed > 0) refreshImportSums(context.db);
  return changed;
}

/** Records without a price, or every record: one whose money is stated still goes by a model's name and an exchange rate. */
function idsOf(context: TaskContext, scope: 'unpriced' | 'all'): readonly number[] {
  const sql =
    scope === 'unpriced' ? 'SELECT id FROM records WHERE cost_nano_usd IS NULL' : 'SELECT id FROM records';
  return context.db.prepare(sql).pluck().all() as number[];
}

/** Prices records again with today's catalogue, overrides and rates; past calls keep the price of their date. */
export function reprice(context: TaskContext, input: { readonly scope: 'unpriced' | 'all' }): number {
  return inTransaction(context.db, () => repriceIds(context, openBook(context), idsOf(context, input.scope)));
}

interface WrittenName {
  readonly provider_id: number;
  readonly model_raw_id: number;
  readonly provider: string;
  readonly model: string;
}

/** Records of the names, as witnesses write them, that the user's own rows treat otherwise in one book than in the other. */
function idsBetween(context: TaskContext, before: PriceBook, after: PriceBook): readonly number[] {
  const names = context.db
    .prepare(
      `SELECT provider_id, model_raw_id, p.text AS provider, m.text AS model
       FROM (SELECT DISTINCT provider_id, model_raw_id FROM facets WHERE model_raw_id <> 0)
       JOIN names p ON p.id = provider_id JOIN names m ON m.id = model_raw_id`,
    )
    .all() as WrittenName[];
  const ownIn = (book: PriceBook, name: WrittenName): string =>
    JSON.stringify(book.own(name.provider, name.model));
  const touched = names.filter((name) => ownIn(before, name) !== ownIn(after, name));
  if (touched.length === 0) return [];
  return context.db
    .prepare(
      `SELECT id FROM record_rows WHERE (provider_id, model_raw_id) IN
         (SELECT value ->> 0, value ->> 1 FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(touched.map((name) => [name.provider_id, name.model_raw_id]))) as number[];
}

/** Changes the user's own prices and prices anew what the change bears on. */
function changePrices<T>(context: TaskContext, change: () => T): { changed: T; repriced: number } {
  return inTransaction(context.db, () => {
    const before = openPrices(context.db, context.resourcesDir);
    const changed = change();
    const after = openPrices(context.db, context.resourcesDir);
    return { changed, repriced: repriceIds(context, openBook(context), idsBetween(context, before, after)) };
  });
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
  const { changed, repriced } = changePrices(context, () =>
    saveOverride(context.db, {
      id: id ?? null,
      provider,
      model,
      valid_from: from,
      body: JSON.stringify(rates),
    }),
  );
  return { id: changed, repriced };
}

export function saveAliasAndReprice(
  context: TaskContext,
  input: PriceAlias & { readonly id?: number | undefined },
): SavedPrice {
  const { changed, repriced } = changePrices(context, () =>
    saveAlias(context.db, {
      id: input.id ?? null,
      provider: input.provider,
      alias: input.alias,
      to_provider: input.toProvider,
      to_model: input.toModel,
    }),
  );
  return { id: changed, repriced };
}

export function removePriceAndReprice(
  context: TaskContext,
  input: { readonly kind: 'override' | 'alias'; readonly id: number },
): number {
  const { repriced } = changePrices(context, () => {
    if (!removePrice(context.db, input.kind === 'override' ? 'price_overrides' : 'price_aliases', input.id))
      throw new AppError('NOT_FOUND', 'That price is already gone.');
  });
  return repriced;
}
