import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { compareDecimals } from '../../ui/decimal-text.ts';
import { priceGaps } from '../../ui/price-gap.ts';

export const shows = ['all', 'unpriced', 'differs', 'retiring'] as const;
export type Show = (typeof shows)[number];

export interface ModelQuery {
  readonly search: string;
  /** Ids of providers; none means all. */
  readonly providers: readonly string[];
  readonly connectionId: number | null;
  readonly show: Show;
}

const sortKeys = ['model', 'provider', 'context', 'input', 'cacheRead', 'output', 'retires'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface ModelSort {
  readonly key: SortKey;
  readonly order: 'asc' | 'desc';
}

/** The models a query asks for; every typed word must be in the id, the label, the provider or the connection. */
export function matching(models: readonly VendorModel[], query: ModelQuery): readonly VendorModel[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(
    (model) =>
      (query.connectionId === null || model.connectionId === query.connectionId) &&
      (query.providers.length === 0 || query.providers.includes(model.provider)) &&
      isShown(model, query.show) &&
      hasWords(model, words),
  );
}

/** How many of the models each choice of `show` has. */
export function countShows(models: readonly VendorModel[]): Readonly<Record<Show, number>> {
  const count = (show: Show) => models.filter((model) => isShown(model, show)).length;
  return {
    all: models.length,
    unpriced: count('unpriced'),
    differs: count('differs'),
    retiring: count('retiring'),
  };
}

/** Sorted by one column; what is not known stands last either way, and ties go by id. */
export function sorted(models: readonly VendorModel[], { key, order }: ModelSort): readonly VendorModel[] {
  const sign = order === 'asc' ? 1 : -1;
  return models.toSorted((a, b) => {
    const [left, right] = [valueIn(a, key), valueIn(b, key)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byId(a, b);
    return sign * compare(left, right, key) || byId(a, b);
  });
}

/** Names and models ascend first; figures descend first. */
export function nextSort(now: ModelSort, key: SortKey): ModelSort {
  if (now.key === key) return { key, order: now.order === 'asc' ? 'desc' : 'asc' };
  return { key, order: key === 'context' ? 'desc' : 'asc' };
}

function isShown(model: VendorModel, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'unpriced':
      return model.price === null;
    case 'differs':
      return priceGaps(model).length > 0;
    case 'retiring':
      return model.retiresAt !== null;
  }
}

function hasWords(model: VendorModel, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [model.id, model.label ?? '', model.providerLabel, model.connection].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function valueIn(model: VendorModel, key: SortKey): string | number | null {
  switch (key) {
    case 'model':
      return model.id;
    case 'provider':
      return model.providerLabel;
    case 'context':
      return model.contextTokens;
    case 'retires':
      return model.retiresAt;
    default:
      return model.price?.[key] ?? null;
  }
}

function compare(a: string | number, b: string | number, key: SortKey): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return key === 'model' || key === 'provider'
    ? left.localeCompare(right, 'en', { numeric: true })
    : compareDecimals(left, right);
}

function byId(a: VendorModel, b: VendorModel): number {
  return a.id.localeCompare(b.id) || a.connectionId - b.connectionId;
}
