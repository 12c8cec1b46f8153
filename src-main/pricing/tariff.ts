import { cachedIn } from './cache.ts';
import { applyFactor, factorFor, type Mode, modesOf, modeText } from './modes.ts';
import { mapRates, type Price, type RateKey } from './rates.ts';
import { type Dated, priceOver } from './schedule.ts';
import { chargeUsage, compileSheet, type Sheet, type Usage } from './sheet.ts';
import type { Factor } from './supplement.ts';
import type { PricedCall, PriceResult } from './types.ts';

/** A dated list of prices for one model, ready to be charged. */
export interface Tariff {
  /** Null where the list says nothing about the time of the call. */
  price(call: PricedCall): PriceResult | null;
}

export interface TariffOptions {
  /** Provider and id the list is kept under: factors are looked up by them. */
  readonly provider: string;
  readonly id: string;
  readonly schedule: readonly Dated[];
  /** What the version of a price begins with. */
  readonly from: string;
  readonly factors: readonly Factor[];
  /** Name of the factors' source in the version of a price. */
  readonly factorsFrom: string;
  /** Whether a mode without a known factor leaves the price as it is: the user's own price is the last word. */
  readonly lenient: boolean;
}

interface Prepared {
  readonly base: Sheet;
  readonly tiers: readonly { readonly above: number; readonly sheet: Sheet }[];
  readonly version: string;
  readonly isFree: boolean;
  readonly modes: readonly Mode[];
}

type Preparation = { readonly ready: Prepared } | { readonly reason: string };

const bucketTexts: { readonly [K in RateKey]: string } = {
  input: 'input tokens',
  cacheRead: 'cache reads',
  cacheWrite5m: 'cache writes',
  cacheWrite1h: 'one-hour cache writes',
  output: 'output tokens',
  reasoning: 'reasoning tokens',
  webSearches: 'web searches',
  requests: 'requests',
};

export function createTariff(options: TariffOptions): Tariff {
  const { provider, id, schedule, factors } = options;
  const turns = [...new Set(factors.flatMap((row) => row.from ?? []))].sort((a, b) => a - b);
  const ordinary = new Map<Dated, Preparation>();
  const special = new Map<Dated, Map<string, Preparation>>();

  const prepare = (dated: Dated, modes: readonly Mode[], at: number): Preparation => {
    let price: Price = dated.price;
    if (Object.keys(price.rates).length === 0)
      return { reason: `the bundled prices list ${id} without a price; add one` };
    let isScaled = false;
    for (const mode of modes) {
      const factor = factorFor(factors, mode, provider, id, at);
      if (factor === undefined && options.lenient) continue;
      if (factor === undefined) return { reason: `no price is known for ${id} with ${modeText(mode)}` };
      price = applyFactor(price, factor);
      isScaled = true;
    }
    const since = Number.isFinite(dated.from)
      ? ` from ${new Date(dated.from).toISOString().slice(0, 10)}`
      : '';
    return {
      ready: {
        base: compileSheet(price.rates),
        tiers: price.tiers.map(({ above, rates }) => ({ above, sheet: compileSheet(rates) })),
        version: `${options.from}${since}${isScaled ? `, ${options.factorsFrom}` : ''}`,
        isFree: isAllZero(price),
        modes,
      },
    };
  };

  const preparation = (dated: Dated, call: PricedCall): Preparation => {
    const modes = modesOf(call.facts);
    const cache =
      modes.length === 0 ? ordinary : cachedIn(special, dated, () => new Map<string, Preparation>());
    if (cache === ordinary) return cachedIn(ordinary, dated, () => prepare(dated, modes, call.at));
    const epoch = turns.findLastIndex((turn) => turn <= call.at);
    const key = `${modes.map(modeText).join()}@${epoch}`;
    return cachedIn(cache as Map<string, Preparation>, key, () => prepare(dated, modes, call.at));
  };

  return {
    price(call) {
      const dated = priceOver(schedule, call.at, call.grain);
      if (dated === undefined) return null;
      if (dated === 'changes')
        return {
          state: 'unpriced',
          reason: `the price of ${id} changes within the ${call.grain} this record stands for`,
        };
      const prepared = preparation(dated, call);
      return 'reason' in prepared
        ? { state: 'unpriced', reason: prepared.reason }
        : charge(prepared.ready, call, id);
    },
  };
}

function charge(prepared: Prepared, call: PricedCall, id: string): PriceResult {
  const sheet = sheetFor(prepared, call);
  const charged = chargeUsage(sheet, usageOf(call, sheet));
  switch (charged.kind) {
    case 'charged':
      return {
        state: prepared.isFree ? 'free' : 'priced',
        costNanoUsd: charged.costNanoUsd,
        version: prepared.version,
        lines: charged.lines,
      };
    case 'missing': {
      const modes = prepared.modes.map((mode) => ` with ${modeText(mode)}`).join('');
      const size = sheet === prepared.base ? '' : ' at the long-context rate';
      return {
        state: 'unpriced',
        reason: `no price is known for ${bucketTexts[charged.key]} of ${id}${modes}${size}`,
      };
    }
    case 'overflow':
      return {
        state: 'unpriced',
        reason: 'the cost is larger than LLMLab can hold exactly (about 9 million USD)',
      };
  }
}

/** The whole request moves to a tier by the prompt of that one request; a sum of requests has no such size. */
function sheetFor(prepared: Prepared, { facts, requests, grain, tokens }: PricedCall): Sheet {
  const { base, tiers } = prepared;
  if (tiers.length === 0 || facts.longContext === false) return base;
  if (facts.longContext === true) return tiers.at(-1)?.sheet ?? base;
  if (requests !== 1 || grain !== 'instant') return base;
  const prompt =
    tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheWriteUnknown;
  return tiers.findLast(({ above }) => prompt > above)?.sheet ?? base;
}

function usageOf({ tokens, facts, requests }: PricedCall, { rates }: Sheet): readonly Usage[] {
  const usage: Usage[] = [];
  const add = (bucket: string, key: RateKey, units: number): void => {
    if (units > 0) usage.push({ bucket, key, units });
  };
  const reasoning = rates.reasoning === undefined ? 0 : Math.min(tokens.reasoning, tokens.output);
  add('input', 'input', tokens.input);
  add('cacheRead', 'cacheRead', tokens.cacheRead);
  add('cacheWrite5m', 'cacheWrite5m', tokens.cacheWrite5m);
  add('cacheWrite1h', 'cacheWrite1h', tokens.cacheWrite1h);
  add('cacheWriteUnknown', 'cacheWrite5m', tokens.cacheWriteUnknown);
  add('output', 'output', tokens.output - reasoning);
  add('reasoning', 'reasoning', reasoning);
  add('webSearches', 'webSearches', facts.webSearches ?? 0);
  if (rates.requests !== undefined) add('requests', 'requests', requests);
  return usage;
}

function isAllZero({ rates, tiers }: Price): boolean {
  return [rates, ...tiers.map((tier) => tier.rates)].every(
    (each) => Object.keys(mapRates(each, (_, rate) => (rate.units === 0n ? undefined : rate))).length === 0,
  );
}
