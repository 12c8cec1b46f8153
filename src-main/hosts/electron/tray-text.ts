import type { Settings } from '../../../src-preload/contract/settings.ts';
import type { Figures } from '../../../src-preload/contract/values.ts';

type Money = Pick<Figures, 'cashNanoUsd' | 'unpricedCash'>;

export interface TrayFigures {
  readonly today: Money;
  readonly month: Money;
}

export interface TrayText {
  /** Beside the icon where the system shows text there (macOS). */
  readonly title: string;
  readonly tooltip: string;
  readonly today: string;
  readonly month: string;
}

type Currency = Pick<Settings, 'currency' | 'fxRates'>;

/** What the tray says: cash only, `at least` where some of it has no price. `date` is today's, for the rate. */
export function trayText({ today, month }: TrayFigures, currency: Currency, date: string): TrayText {
  const [spentToday, spentThisMonth] = [money(today, currency, date), money(month, currency, date)];
  return {
    title: spentToday,
    tooltip: `LLMLab: ${spentToday} today`,
    today: `Today: ${spentToday}`,
    month: `This month: ${spentThisMonth}`,
  };
}

function money({ cashNanoUsd, unpricedCash }: Money, currency: Currency, date: string): string {
  const rate = rateOf(currency, date);
  const code = rate === null ? 'USD' : currency.currency;
  const amount = cashNanoUsd / 1e9 / (rate ?? 1);
  const digits = amount !== 0 && Math.abs(amount) < 0.01 ? { maximumSignificantDigits: 2 } : {};
  // A lower bound is never rounded up.
  const rounding = unpricedCash > 0 ? ({ roundingMode: 'floor' } as const) : {};
  const format = { style: 'currency', currency: code, ...digits, ...rounding } as const;
  const text = new Intl.NumberFormat('en-US', format).format(amount);
  return unpricedCash > 0 ? `at least ${text}` : text;
}

/** USD per unit of the chosen currency on a date; null where only USD can be shown. */
function rateOf({ currency, fxRates }: Currency, date: string): number | null {
  if (currency === 'USD') return 1;
  const rates = fxRates.filter((rate) => rate.currency === currency && rate.from <= date);
  const latest = rates.toSorted((a, b) => a.from.localeCompare(b.from)).at(-1);
  const usdPerUnit = Number(latest?.usdPerUnit ?? 0);
  return usdPerUnit > 0 ? usdPerUnit : null;
}
