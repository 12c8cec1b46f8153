import type { Settings } from '../../../src-preload/contract/settings.ts';

export type FxRate = Settings['fxRates'][number];

/** Rates in the order they are shown: by currency, the newest date first. */
export function ratesInOrder(rates: readonly FxRate[]): readonly FxRate[] {
  return rates.toSorted((a, b) => a.currency.localeCompare(b.currency) || b.from.localeCompare(a.from));
}

/** The rate a currency has on a date: the last one that started on it or before; USD needs none. */
export function rateOn(rates: readonly FxRate[], currency: string, date: string): string | null {
  if (currency === 'USD') return '1';
  const started = rates.filter((rate) => rate.currency === currency && rate.from <= date);
  return ratesInOrder(started)[0]?.usdPerUnit ?? null;
}

/** Rates with one more; a rate of the same currency and date is replaced. */
export function withRate(rates: readonly FxRate[], rate: FxRate): FxRate[] {
  return [...ratesInOrder([...withoutRate(rates, rate), rate])];
}

export function withoutRate(rates: readonly FxRate[], rate: Pick<FxRate, 'currency' | 'from'>): FxRate[] {
  return rates.filter((one) => one.currency !== rate.currency || one.from !== rate.from);
}
