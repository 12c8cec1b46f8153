import { type Decimal, multiply } from '../platform/money.ts';
import type { PriceFacts } from '../platform/record.ts';
import { covers } from './covers.ts';
import { mapPrice, mapRates, type Price, type RateKey } from './rates.ts';
import type { Factor } from './supplement.ts';

/** Words of the vendors for being served the ordinary way. */
const ordinary = new Set(['', 'standard', 'default', 'auto', 'on_demand', 'not_available', 'global']);

const modeKinds = ['serviceTier', 'speed', 'geo'] as const;
type ModeKind = (typeof modeKinds)[number];

const labels: { readonly [K in ModeKind]: string } = {
  serviceTier: 'service tier',
  speed: 'speed',
  geo: 'region',
};

/** One way in which a call was not served the ordinary way. */
export interface Mode {
  readonly kind: ModeKind;
  readonly value: string;
}

const none: readonly Mode[] = [];

export function modesOf(facts: PriceFacts): readonly Mode[] {
  if (facts.serviceTier === undefined && facts.speed === undefined && facts.geo === undefined) return none;
  if (isOrdinary(facts.serviceTier) && isOrdinary(facts.speed) && isOrdinary(facts.geo)) return none;
  return modeKinds.flatMap((kind) => {
    const value = facts[kind]?.trim().toLowerCase() ?? '';
    return ordinary.has(value) ? [] : [{ kind, value }];
  });
}

/** Most calls are served the ordinary way and say so in the vendor's own spelling. */
function isOrdinary(value: string | undefined): boolean {
  return value === undefined || ordinary.has(value);
}

export function modeText({ kind, value }: Mode): string {
  return `${labels[kind]} "${value}"`;
}

/** The newest factor known for a mode of a model at a time. */
export function factorFor(
  factors: readonly Factor[],
  mode: Mode,
  provider: string,
  model: string,
  at: number,
): Factor | undefined {
  return factors
    .filter(
      (row) =>
        wordOf(row.mode, mode.kind) === mode.value &&
        covers(row, provider, model) &&
        (row.from ?? Number.NEGATIVE_INFINITY) <= at,
    )
    .sort((a, b) => (b.from ?? Number.NEGATIVE_INFINITY) - (a.from ?? Number.NEGATIVE_INFINITY))[0];
}

function wordOf(mode: Factor['mode'], kind: ModeKind): string | undefined {
  return (mode as Partial<Record<ModeKind, string>>)[kind];
}

/** A price as a mode multiplies it. Buckets the factor does not name lose their rate; searches and requests keep theirs. */
export function applyFactor(price: Price, factor: Factor): Price {
  const scaled = mapPrice(price, (rates) => mapRates(rates, (key, rate) => timesOf(factor, key, rate)));
  if (factor.longContext) return scaled;
  return { rates: scaled.rates, tiers: scaled.tiers.map(({ above }) => ({ above, rates: {} })) };
}

function timesOf({ times }: Factor, key: RateKey, rate: Decimal): Decimal | undefined {
  if (key === 'webSearches' || key === 'requests') return rate;
  const factor = times[key === 'reasoning' ? 'output' : key];
  return factor === undefined ? undefined : multiply(rate, factor);
}
