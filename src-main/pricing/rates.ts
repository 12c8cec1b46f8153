import { type Decimal, multiply } from '../platform/money.ts';

/** What a price list can charge for. Cache writes of unknown lifetime are charged as `cacheWrite5m`. */
export const rateKeys = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
  'webSearches',
  'requests',
] as const;
export type RateKey = (typeof rateKeys)[number];

/** USD per million units. A key left out has no known price; zero is free. */
export type Rates = { readonly [K in RateKey]?: Decimal };

/** Rates of a model over one stretch of time. A tier replaces all rates of a request whose prompt is larger than `above`. */
export interface Price {
  readonly rates: Rates;
  /** Ascending. */
  readonly tiers: readonly { readonly above: number; readonly rates: Rates }[];
}

export function mapRates(rates: Rates, change: (key: RateKey, rate: Decimal) => Decimal | undefined): Rates {
  const changed: { [K in RateKey]?: Decimal } = {};
  for (const key of rateKeys) {
    const rate = rates[key];
    const next = rate === undefined ? undefined : change(key, rate);
    if (next !== undefined) changed[key] = next;
  }
  return changed;
}

export function mapPrice(price: Price, change: (rates: Rates) => Rates): Price {
  return {
    rates: change(price.rates),
    tiers: price.tiers.map((tier) => ({ above: tier.above, rates: change(tier.rates) })),
  };
}

/** A key that has no rate of its own takes a multiple of another's. */
export function deriveRate(rates: Rates, key: RateKey, of: RateKey, times: Decimal): Rates {
  const base = rates[of];
  return rates[key] !== undefined || base === undefined ? rates : { ...rates, [key]: multiply(base, times) };
}
