import { type ConditionalPrice, findProvider, type ModelInfo, type Provider } from '@pydantic/genai-prices';
import { AppError } from '../platform/error.ts';
import { type Decimal, multiply, parseDecimal } from '../platform/money.ts';
import { cachedIn } from './cache.ts';
import { lists, matches } from './match.ts';
import { isRespelling, isVariant, madeBy, spellings, withoutLatest, withoutSnapshot } from './names.ts';
import type { Price, RateKey, Rates } from './rates.ts';
import { always, type Dated, onEveryDay } from './schedule.ts';

/** The release of @pydantic/genai-prices whose data is bundled; a test holds it to the installed package. */
export const catalogueVersion = '0.1.8';

export interface CatalogueModel {
  /** The catalogue's provider that lists it. */
  readonly provider: string;
  readonly id: string;
  /** The name asked for in the catalogue's spelling. */
  readonly name: string;
  readonly schedule: readonly Dated[];
}

export interface Catalogue {
  /** The model a provider (by the catalogue's id) means by a name, or undefined: never another provider's. */
  find(provider: string, name: string): CatalogueModel | undefined;
  /** What its maker's own list calls the model behind a name, wherever it is served. */
  makersName(name: string): string | undefined;
  hasProvider(provider: string): boolean;
}

interface Found {
  readonly provider: Provider;
  readonly model: ModelInfo;
  readonly name: string;
}

export function createCatalogue(ownId: (provider: string) => string): Catalogue {
  const sameModels = new Map<string, ReadonlyMap<string, readonly ModelInfo[]>>();

  const makersName = (name: string): string | undefined =>
    firstOf(spellings(name), (spelling) => {
      const { maker, model } = madeBy(spelling);
      const provider = maker === null ? findProvider({ modelId: model }) : exactProvider(ownId(maker));
      return provider && firstOf(spellings(model), (text) => listedBy(provider, text)?.name);
    });

  /** For ids a gateway coins itself (dated slugs): its one entry for the same model of the same maker. */
  const byMakersName = (provider: Provider, name: string): ModelInfo | undefined => {
    const wanted = isVariant(name.toLowerCase()) ? undefined : makersName(name);
    if (wanted === undefined) return undefined;
    const known = cachedIn(sameModels, provider.id, () =>
      Map.groupBy(
        provider.models.filter((model) => !isVariant(model.id)),
        (model) => makersName(model.id) ?? '',
      ),
    );
    const same = known.get(wanted) ?? [];
    const inFull = same.filter((model) => model.id.includes('/'));
    const candidates = inFull.length > 0 ? inFull : same;
    return candidates.length === 1 ? candidates[0] : undefined;
  };

  return {
    find(providerId, name) {
      const provider = exactProvider(providerId);
      if (provider === undefined) return undefined;
      const listed = firstOf(spellings(name), (spelling) => listedUnder(provider, spelling));
      if (listed !== undefined) return entry(listed);
      const same = byMakersName(provider, name);
      return same && entry({ provider, model: same, name: same.id });
    },
    makersName,
    hasProvider: (provider) => exactProvider(provider) !== undefined,
  };
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Only the very provider: the catalogue's own look-up also takes names that merely contain one. */
function exactProvider(id: string): Provider | undefined {
  const found = findProvider({ providerId: id });
  return found?.id === id ? found : undefined;
}

/** A provider's own list first, then the lists it says it resells at the same price. */
function listedUnder(provider: Provider, name: string): Found | undefined {
  const resold = (provider.fallback_model_providers ?? []).flatMap((id) => exactProvider(id) ?? []);
  return firstOf([provider, ...resold], (lister) => listedBy(lister, name));
}

function listedBy(provider: Provider, name: string): Found | undefined {
  const own = name.startsWith(`${provider.id}/`) ? name.slice(provider.id.length + 1) : name;
  return firstOf(name === own ? [name] : [name, own], (text) => {
    const model = provider.models.find((candidate) => isNamed(candidate, text));
    return model && { provider, model, name: nameOf(provider, model, text) };
  });
}

function isNamed({ id, match }: ModelInfo, name: string): boolean {
  return id.toLowerCase() === name || matches(match, name);
}

/**
 * The catalogue files models of equal price under one id. A name it lists outright stays apart from that id
 * (`…-codex`), unless it only spells the id in another way.
 */
function nameOf(provider: Provider, { id, match }: ModelInfo, name: string): string {
  if (lists(match, name) && !isRespelling(name, id)) return withoutSnapshot(name);
  const plain = withoutLatest(id);
  return provider.models.find((candidate) => matches(candidate.match, plain))?.id === id ? plain : id;
}

function entry({ provider, model, name }: Found): CatalogueModel {
  const rows: readonly ConditionalPrice[] = Array.isArray(model.prices)
    ? model.prices
    : [{ prices: model.prices }];
  return { provider: provider.id, id: model.id, name, schedule: rows.map(dated) };
}

function dated({ constraint, prices }: ConditionalPrice): Dated {
  const price = priceOf(prices);
  if (constraint === undefined) return { ...always, price };
  switch (constraint.type) {
    case 'start_date':
      return { ...always, from: Date.parse(constraint.start_date), price };
    case 'time_of_date':
      return {
        ...always,
        price,
        times: {
          weekdays: onEveryDay,
          windows: [{ start: secondsOf(constraint.start_time), end: secondsOf(constraint.end_time) }],
        },
      };
  }
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.replace('Z', '').split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** The catalogue's price keys that our buckets can be charged by, and how many of them make a million units. */
const keys: readonly (readonly [key: string, rate: RateKey, perMillion: string])[] = [
  ['input_mtok', 'input', '1'],
  ['cache_read_mtok', 'cacheRead', '1'],
  ['cache_write_mtok', 'cacheWrite5m', '1'],
  ['cache_write_1h_mtok', 'cacheWrite1h', '1'],
  ['output_mtok', 'output', '1'],
  ['output_reasoning_mtok', 'reasoning', '1'],
  ['web_searches_kcount', 'webSearches', '1000'],
  ['requests_kcount', 'requests', '1000'],
];

function priceOf(prices: ConditionalPrice['prices']): Price {
  const starts = new Set<number>();
  for (const value of Object.values(prices))
    if (typeof value === 'object') for (const tier of value.tiers) starts.add(tier.start);
  const tiers = [...starts].sort((a, b) => a - b);
  return {
    rates: ratesAbove(prices, 0),
    tiers: tiers.map((above) => ({ above, rates: ratesAbove(prices, above + 1) })),
  };
}

function ratesAbove(prices: ConditionalPrice['prices'], prompt: number): Rates {
  const rates: { [K in RateKey]?: Decimal } = {};
  for (const [key, rate, perMillion] of keys) {
    const value = prices[key];
    if (value === undefined) continue;
    const tier = typeof value === 'number' ? undefined : value.tiers.findLast(({ start }) => prompt > start);
    const number = typeof value === 'number' ? value : (tier?.price ?? value.base);
    rates[rate] = multiply(exactly(number), exactly(Number(perMillion)));
  }
  // A cache bucket the vendor has no rate for is charged like any other input. A one-hour write only where
  // there is no rate for writes at all: next to a five-minute rate it costs more, and how much is not known.
  const { input } = rates;
  if (input !== undefined) {
    rates.cacheRead ??= input;
    if (rates.cacheWrite5m === undefined) rates.cacheWrite1h ??= input;
    rates.cacheWrite5m ??= input;
  }
  return rates;
}

/** A catalogue number through its shortest decimal text, which is what its authors wrote. */
function exactly(number: number): Decimal {
  const decimal = parseDecimal(String(number));
  if (decimal === null) throw new AppError('INTERNAL', `price catalogue: ${number} is no price`);
  return decimal;
}
