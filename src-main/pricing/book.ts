import { AppError } from '../platform/error.ts';
import { parseDecimal } from '../platform/money.ts';
import { cachedIn } from './cache.ts';
import { createListings, type Listing } from './listings.ts';
import type { Rates } from './rates.ts';
import { always, type Dated } from './schedule.ts';
import type { Supplement } from './supplement.ts';
import { createTariff, type Tariff } from './tariff.ts';
import type {
  OwnRow,
  PriceAlias,
  PriceBook,
  PricedCall,
  PriceOverride,
  PriceResult,
  ResolvedName,
} from './types.ts';

export interface PriceBookOptions {
  /** Already read, so that threads which only price need not load what checks it. */
  readonly supplement: Supplement;
  readonly overrides: readonly PriceOverride[];
  readonly aliases: readonly PriceAlias[];
}

/** All that is known about a provider's model, worked out once per name. */
interface Entry {
  readonly name: ResolvedName;
  readonly own: readonly OwnRow[];
  /** Asked in order; the first that covers the time of the call answers. */
  readonly tariffs: readonly Tariff[];
  readonly otherwise: PriceResult;
}

/**
 * Prices in force: the user's override, else the user's alias, else the bundled catalogue with its supplement, else
 * unpriced with the reason. All arithmetic is exact and rounded once per record, halves away from zero.
 */
export function createPriceBook({ supplement, overrides, aliases }: PriceBookOptions): PriceBook {
  const listings = createListings(supplement);
  const factorsFrom = `supplement ${supplement.date}`;
  const entries = new Map<string, Map<string, Entry>>();

  const tariff = (listing: Extract<Listing, { kind: 'prices' }>, lenient: boolean): Tariff =>
    createTariff({ ...listing, factors: supplement.factors, factorsFrom, lenient });

  const overrideTariff = (own: readonly PriceOverride[], provider: string, listing: Listing): Tariff[] => {
    if (own.length === 0) return [];
    const schedule = own.map((row) => overridden(row, listing)).sort((a, b) => a.from - b.from);
    const listed = listing.kind === 'prices' ? listing : { provider, id: own[0]?.model ?? '' };
    return [
      tariff(
        {
          kind: 'prices',
          provider: listed.provider,
          id: listed.id,
          name: listed.id,
          schedule,
          from: 'own price',
        },
        true,
      ),
    ];
  };

  const entryOf = (provider: string, model: string, withAlias = true): Entry => {
    const listing = listings.find(provider, model);
    const alias = withAlias
      ? aliases.find((row) => same(row.provider, provider) && same(row.alias, model))
      : undefined;
    const target = alias === undefined ? undefined : entryOf(alias.toProvider, alias.toModel, false);
    const canonical = target?.name.canonical ?? listings.canonical(provider, model, listing);
    // The name as written or as understood, never the id of a price list: models of equal price share one.
    const overriding = overrides.filter(
      (row) => same(row.provider, provider) && (same(row.model, model) || same(row.model, canonical)),
    );
    const own = overrideTariff(overriding, provider, listing);
    if (alias !== undefined && target !== undefined)
      return {
        name: { canonical, known: own.length > 0 || target.name.known },
        own: [...overriding, alias, ...target.own],
        tariffs: [...own, ...target.tariffs],
        otherwise: target.otherwise,
      };
    return {
      name: { canonical, known: own.length > 0 || listing.kind !== 'unknown' },
      own: overriding,
      tariffs: listing.kind === 'prices' ? [...own, tariff(listing, false)] : own,
      otherwise: unlisted(listing),
    };
  };

  const cachedEntry = (provider: string, model: string): Entry => {
    const models = cachedIn(entries, provider, () => new Map<string, Entry>());
    return cachedIn(models, model, () => entryOf(provider, model));
  };

  return {
    version: listings.version,
    price(call: PricedCall): PriceResult {
      if (call.model === null) return { state: 'unpriced', reason: 'the record names no model' };
      const entry = cachedEntry(call.provider, call.model);
      for (const each of entry.tariffs) {
        const result = each.price(call);
        if (result !== null) return result;
      }
      return entry.otherwise;
    },
    resolve(provider, model) {
      return model === null ? { canonical: '', known: false } : cachedEntry(provider, model).name;
    },
    own: (provider, model) => cachedEntry(provider, model).own,
  };
}

function unlisted(listing: Listing): PriceResult {
  switch (listing.kind) {
    case 'free':
      return { state: 'free', costNanoUsd: 0, version: listing.from, lines: [] };
    case 'unknown':
      return { state: 'unpriced', reason: listing.reason };
    case 'prices':
      return { state: 'unpriced', reason: `no price of ${listing.id} is known for that time` };
  }
}

/** An override speaks of tokens; searches keep the bundled price. */
function overridden(row: PriceOverride, listing: Listing): Dated {
  const searches = listing.kind === 'prices' ? listing.schedule.at(-1)?.price.rates.webSearches : undefined;
  const rates: Rates = {
    input: usd(row.input),
    output: usd(row.output),
    ...(row.cacheRead === undefined ? {} : { cacheRead: usd(row.cacheRead) }),
    ...(row.cacheWrite5m === undefined ? {} : { cacheWrite5m: usd(row.cacheWrite5m) }),
    ...(row.cacheWrite1h === undefined ? {} : { cacheWrite1h: usd(row.cacheWrite1h) }),
    ...(searches === undefined ? {} : { webSearches: searches }),
  };
  return { ...always, from: Date.parse(`${row.from}T00:00:00Z`), price: { rates, tiers: [] } };
}

function usd(text: string): NonNullable<Rates['input']> {
  const decimal = parseDecimal(text);
  if (decimal === null)
    throw new AppError('BAD_INPUT', `"${text}" is not a price in USD per million tokens.`);
  return decimal;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
