import { type CatalogueModel, catalogueVersion, createCatalogue } from './catalogue.ts';
import { covers } from './covers.ts';
import { matches } from './match.ts';
import { spellings, withoutVariant } from './names.ts';
import { deriveRate, mapPrice, type Rates } from './rates.ts';
import { always, type Dated, onEveryDay } from './schedule.ts';
import type { Supplement } from './supplement.ts';

/** What the bundled data says about a provider's model. */
export type Listing =
  | {
      readonly kind: 'prices';
      readonly provider: string;
      readonly id: string;
      /** The name asked for in the spelling of the list. */
      readonly name: string;
      readonly schedule: readonly Dated[];
      readonly from: string;
    }
  | { readonly kind: 'free'; readonly from: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Listings {
  readonly version: string;
  find(provider: string, model: string): Listing;
  /** The name reports group a model by. */
  canonical(provider: string, model: string, listing: Listing): string;
}

/** The catalogue and the supplement as one: the supplement's rows come first. */
export function createListings(supplement: Supplement): Listings {
  const ids = new Map(supplement.providers.map(({ id, catalogue }) => [id, catalogue]));
  const ownId = (provider: string): string => ids.get(provider) ?? provider;
  const local = new Set(supplement.local);
  const catalogue = createCatalogue(ownId);
  const supplementVersion = `supplement ${supplement.date}`;
  const bundled = `genai-prices ${catalogueVersion}`;

  const listed = (
    provider: string,
    names: readonly string[],
    model: string,
  ): Extract<Listing, { kind: 'prices' }> | undefined => {
    const row = supplement.models.find(
      (candidate) =>
        candidate.provider === provider &&
        candidate.match.some((prefix) => names.some((name) => matches({ starts_with: prefix }, name))),
    );
    if (row !== undefined)
      return {
        kind: 'prices',
        provider,
        id: row.id,
        name: row.id,
        schedule: row.prices.map(scheduled),
        from: supplementVersion,
      };
    const found = catalogue.find(provider, model);
    return found === undefined
      ? undefined
      : {
          kind: 'prices',
          provider: found.provider,
          id: found.id,
          name: found.name,
          schedule: derive(supplement, found),
          from: bundled,
        };
  };

  return {
    version: `${bundled}, ${supplementVersion}`,
    find(asked, model) {
      const provider = ownId(asked.toLowerCase());
      if (local.has(provider)) return { kind: 'free', from: 'runs on this machine' };
      const names = spellings(model);
      const prices = listed(provider, names, model);
      const isFree = [...names, ...(prices === undefined ? [] : [prices.id])].some((name) =>
        supplement.free.some((row) => covers(row, provider, name)),
      );
      if (isFree) return { kind: 'free', from: supplementVersion };
      if (prices !== undefined) return prices;
      return {
        kind: 'unknown',
        reason: catalogue.hasProvider(provider)
          ? `"${model}" is not among the bundled prices of ${asked}; add a price or an alias`
          : `no prices are bundled for the provider "${asked}"; add a price or an alias`,
      };
    },
    canonical(provider, model, listing) {
      if (local.has(ownId(provider.toLowerCase()))) return model.trim();
      const listed = listing.kind === 'prices' ? listing.name : undefined;
      const made = catalogue.makersName(model) ?? (listed && catalogue.makersName(listed)) ?? listed;
      if (made !== undefined) return made;
      return listing.kind === 'free' ? withoutVariant(model.trim()) : model.trim();
    },
  };
}

function scheduled(row: Supplement['models'][number]['prices'][number]): Dated {
  const { from, until, weekdays, windows } = row;
  const times = windows === undefined ? null : { weekdays: weekdays ?? onEveryDay, windows };
  return {
    from: from ?? always.from,
    until: until ?? always.until,
    times,
    price: { rates: row.rates, tiers: [] },
  };
}

/** A catalogue entry with the rates its vendor derives from others and the catalogue leaves out. */
function derive(supplement: Supplement, { provider, id, schedule }: CatalogueModel): readonly Dated[] {
  const rules = supplement.derived.filter((row) => covers(row, provider, id));
  if (rules.length === 0) return schedule;
  const complete = (rates: Rates): Rates =>
    rules.reduce((all, rule) => deriveRate(all, rule.bucket, rule.of, rule.times), rates);
  return schedule.map((dated) => ({ ...dated, price: mapPrice(dated.price, complete) }));
}
