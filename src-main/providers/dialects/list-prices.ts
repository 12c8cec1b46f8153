import type { VendorPrice } from '../../platform/provider.ts';

/** Prices of a vendor's list, by model and kind of tokens: USD per million. */
export interface ListPrices {
  /** Where a list asks differently for one thing, neither is its price. */
  add(model: string, part: string, price: string): void;
  /** What the first of the names that is in the list costs; null where none is, or no tokens of it. */
  find(names: readonly string[], note: string): VendorPrice | null;
}

export function createListPrices(): ListPrices {
  const models = new Map<string, Map<string, string | null>>();
  return {
    add(model, part, price) {
      const known = models.get(model) ?? new Map<string, string | null>();
      known.set(part, known.has(part) && known.get(part) !== price ? null : price);
      models.set(model, known);
    },
    find(names, note) {
      const found = names.map((name) => models.get(name)).find((parts) => parts !== undefined);
      const [input, output, cacheRead] = ['input', 'output', 'cacheRead'].map(
        (part) => found?.get(part) ?? null,
      );
      if (input == null && output == null) return null;
      return {
        ...(input != null && { input }),
        ...(output != null && { output }),
        ...(cacheRead != null && { cacheRead }),
        note,
      };
    },
  };
}
