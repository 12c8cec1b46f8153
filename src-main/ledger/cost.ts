import { AppError } from '../platform/error.ts';
import { toNanoUsd } from '../platform/money.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { PriceBook } from '../pricing/index.ts';
import { dayText, utcDay } from './day.ts';

export interface FxRate {
  readonly currency: string;
  /** Decimal string: how many USD one unit is worth. */
  readonly usdPerUnit: string;
  /** `YYYY-MM-DD`: valid from this UTC date on. */
  readonly from: string;
}

export type Cost =
  | { readonly state: 'priced' | 'free'; readonly nanoUsd: number; readonly version: string }
  | { readonly state: 'unpriced'; readonly reason: string };

export type CostOf = (content: ImportedRecord) => Cost;

function rateOn(rates: readonly FxRate[], currency: string, day: string): FxRate | undefined {
  return rates
    .filter((rate) => rate.currency === currency && rate.from <= day)
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

/** Null where the rate makes more of an amount than a whole number of nano-USD holds: that must not stop a repricing. */
function nanoUsdOf(value: string, usdPerUnit: string | undefined): number | null {
  try {
    return toNanoUsd(value, usdPerUnit);
  } catch (error) {
    if (error instanceof AppError && error.code === 'MONEY_OVERFLOW') return null;
    throw error;
  }
}

function stated(content: ImportedRecord, rates: readonly FxRate[]): Cost | undefined {
  const { amount } = content;
  if (amount === undefined) return undefined;
  const rate =
    amount.currency === 'USD' ? undefined : rateOn(rates, amount.currency, dayText(utcDay(content.at)));
  if (amount.currency !== 'USD' && rate === undefined)
    return {
      state: 'unpriced',
      reason: `no exchange rate for ${amount.currency} on this date; add one in Settings`,
    };
  const nanoUsd = nanoUsdOf(amount.value, rate?.usdPerUnit);
  if (nanoUsd === null)
    return { state: 'unpriced', reason: 'in US dollars, the amount is larger than LLMLab can hold exactly' };
  const version =
    rate === undefined ? 'stated' : `stated, 1 ${amount.currency} = ${rate.usdPerUnit} USD from ${rate.from}`;
  return { state: nanoUsd === 0 ? 'free' : 'priced', nanoUsd, version };
}

/** Money of a record: what its witness states, else its tokens at the price of that call. Never another model's price. */
export function createCosts(prices: PriceBook, rates: readonly FxRate[]): CostOf {
  return (content) => {
    const known = stated(content, rates);
    if (known !== undefined) return known;
    const { provider, model, at, grain, requests, tokens, priceFacts } = content;
    const result = prices.price({ provider, model, at, grain, requests, tokens, facts: priceFacts ?? {} });
    return result.state === 'unpriced'
      ? result
      : { state: result.state, nanoUsd: result.costNanoUsd, version: result.version };
  };
}
