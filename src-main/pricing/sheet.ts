import { decimalText, divideRounded, unitsAt } from '../platform/money.ts';
import { type RateKey, type Rates, rateKeys } from './rates.ts';
import type { PriceLine } from './types.ts';

interface SheetRate {
  /** Rate at the sheet's scale. */
  readonly exact: bigint;
  /** The same as a number; NaN where it is no safe integer. */
  readonly quick: number;
  readonly usdPerMillion: string;
}

/** Rates ready to multiply: whole numbers of one common scale. */
export interface Sheet {
  readonly rates: { readonly [K in RateKey]?: SheetRate };
  /** A sum of units times rates is divided by this and multiplied by `times` to give nano-USD; one of the two is 1. */
  readonly by: number;
  readonly times: number;
}

/** One bucket to charge. `bucket` names it on the price line, `key` says which rate it takes. */
export interface Usage {
  readonly bucket: string;
  readonly key: RateKey;
  readonly units: number;
}

export type Charge =
  | { readonly kind: 'charged'; readonly costNanoUsd: number; readonly lines: readonly PriceLine[] }
  | { readonly kind: 'missing'; readonly key: RateKey }
  | { readonly kind: 'overflow' };

/** USD per million is 1,000 nano-USD per unit: three decimals of a rate are whole nano-USD. */
const wholeScale = 3;

export function compileSheet(rates: Rates): Sheet {
  const known = rateKeys.flatMap((key) => rates[key] ?? []);
  const scale = Math.max(0, ...known.map((rate) => rate.scale));
  const compiled: { [K in RateKey]?: SheetRate } = {};
  for (const key of rateKeys) {
    const rate = rates[key];
    if (rate === undefined) continue;
    const exact = unitsAt(rate, scale);
    const number = Number(exact);
    compiled[key] = {
      exact,
      quick: Number.isSafeInteger(number) ? number : Number.NaN,
      usdPerMillion: decimalText(rate),
    };
  }
  return {
    rates: compiled,
    by: 10 ** Math.max(0, scale - wholeScale),
    times: 10 ** Math.max(0, wholeScale - scale),
  };
}

/**
 * The cost of usage: units times rates summed exactly, then rounded once, halves away from zero. Each line gets the
 * part of the rounded total that its bucket moves it by, so that the lines always add up.
 */
export function chargeUsage(sheet: Sheet, usage: readonly Usage[]): Charge {
  const lines: PriceLine[] = [];
  let sum = 0;
  let cost = 0;
  for (const { bucket, key, units } of usage) {
    const rate = sheet.rates[key];
    if (rate === undefined) return { kind: 'missing', key };
    sum += units * rate.quick;
    const upTo = roundedQuotient(sum * sheet.times, sheet.by);
    // Also when the product left the integers a double can hold.
    if (!(sum * sheet.times <= Number.MAX_SAFE_INTEGER)) return chargeExactly(sheet, usage);
    lines.push({ bucket, units, usdPerMillion: rate.usdPerMillion, costNanoUsd: upTo - cost });
    cost = upTo;
  }
  return { kind: 'charged', costNanoUsd: cost, lines };
}

function chargeExactly(sheet: Sheet, usage: readonly Usage[]): Charge {
  const lines: PriceLine[] = [];
  let sum = 0n;
  let cost = 0n;
  for (const { bucket, key, units } of usage) {
    const rate = sheet.rates[key];
    if (rate === undefined) return { kind: 'missing', key };
    sum += BigInt(units) * rate.exact;
    const upTo = divideRounded(sum * BigInt(sheet.times), BigInt(sheet.by));
    if (upTo > BigInt(Number.MAX_SAFE_INTEGER)) return { kind: 'overflow' };
    lines.push({ bucket, units, usdPerMillion: rate.usdPerMillion, costNanoUsd: Number(upTo - cost) });
    cost = upTo;
  }
  return { kind: 'charged', costNanoUsd: Number(cost), lines };
}

/** Of safe integers that are not negative: the remainder is exact, a quotient as a double would not be. */
function roundedQuotient(sum: number, by: number): number {
  if (by === 1) return sum;
  const rest = sum % by;
  return (sum - rest) / by + (rest * 2 >= by ? 1 : 0);
}
