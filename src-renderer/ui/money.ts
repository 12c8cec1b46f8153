import type { Settings } from '../../src-preload/contract/settings.ts';

/** The currency figures are shown in, and how many USD one unit of it is worth (a decimal string). */
export interface Currency {
  readonly code: string;
  readonly usdPerUnit: string;
}

export const usd: Currency = { code: 'USD', usdPerUnit: '1' };

export interface MoneyOptions {
  readonly currency?: Currency;
  /** `signed` writes a plus before gains; `exact` keeps all digits down to the nano-USD. */
  readonly signed?: boolean;
  readonly exact?: boolean;
  /** For chart axes: no decimals where there are none. */
  readonly short?: boolean;
  /** For estimates: whole units from 10 on. */
  readonly rough?: boolean;
  /** A lower bound, said to be "at least": rounded down, as $1.00 is not the least of $0.9989. */
  readonly atLeast?: boolean;
  /** At least so many decimals. */
  readonly minPlaces?: number;
}

const locale = 'en-US';

/** The display currency of the settings: the newest rate that is valid today, or USD where no rate is known. */
export function currencyOf(settings: Pick<Settings, 'currency' | 'fxRates'>, today: string): Currency {
  if (settings.currency === 'USD') return usd;
  const rates = settings.fxRates
    .filter((rate) => rate.currency === settings.currency && rate.from <= today)
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  const newest = rates[0];
  return newest ? { code: newest.currency, usdPerUnit: newest.usdPerUnit } : usd;
}

/**
 * Integer nano-USD as money text. From a tenth of a unit on it has the currency's own decimals; below that two
 * significant digits, so $0.0042 never reads $0.00. All arithmetic is on integers.
 */
export function formatMoney(nanoUsd: number, options: MoneyOptions = {}): string {
  const currency = options.currency ?? usd;
  const value = convert(nanoUsd, currency);
  const places = placesFor(value, currency, options);
  const round = options.atLeast ? divideDown : divideRounded;
  const text = toDecimal(roundTo(value, places, round), places);
  const formatted = formatter(currency.code, places).format(text as Intl.StringNumericLiteral);
  if (nanoUsd < 0) return formatted.replace('-', '−');
  return options.signed && nanoUsd > 0 ? `+${formatted}` : formatted;
}

const mostCommonPlaces = 4;

/** Amounts that are read together, all with the decimals the smallest needs (four at most), so that they add up. */
export function formatMoneyList(nanoUsd: readonly number[], currency: Currency = usd): readonly string[] {
  const needed = nanoUsd.filter(Boolean).map((one) => shownPlaces(convert(one, currency), currency, false));
  const minPlaces = Math.min(mostCommonPlaces, Math.max(0, ...needed));
  return nanoUsd.map((one) => formatMoney(one, { currency, minPlaces }));
}

/** The exact USD amount, for hover and titles: `$212.481234567`. */
export function formatUsdExact(nanoUsd: number): string {
  return formatMoney(nanoUsd, { exact: true });
}

/** What a figure says on hover: its exact amount, with the USD behind another currency. */
export function moneyTitle(nanoUsd: number, currency: Currency): string {
  const exact = formatUsdExact(nanoUsd);
  return currency.code === 'USD' ? exact : `${exact} (1 ${currency.code} = ${currency.usdPerUnit} USD)`;
}

/** An amount as an integer count of 10^-scale units of the display currency. */
interface Scaled {
  readonly amount: bigint;
  readonly scale: number;
}

/** nano-USD divided by the rate, kept to 18 places so that rounding happens once, at the end. */
function convert(nanoUsd: number, currency: Currency): Scaled {
  if (currency.usdPerUnit === '1') return { amount: BigInt(nanoUsd), scale: 9 };
  const [whole = '0', fraction = ''] = currency.usdPerUnit.split('.');
  const rate = BigInt(whole + fraction);
  if (rate === 0n) return { amount: BigInt(nanoUsd), scale: 9 };
  const numerator = BigInt(nanoUsd) * 10n ** BigInt(9 + fraction.length);
  return { amount: divideRounded(numerator, rate), scale: 18 };
}

function placesFor(
  value: Scaled,
  currency: Currency,
  { exact, rough, short, minPlaces = 0 }: MoneyOptions,
): number {
  if (exact) return exactPlaces(value, currency);
  const size = value.amount < 0n ? -value.amount : value.amount;
  if (rough && size >= 10n ** BigInt(value.scale + 1)) return 0;
  return Math.max(minPlaces, shownPlaces(value, currency, short === true));
}

function shownPlaces({ amount, scale }: Scaled, currency: Currency, short: boolean): number {
  const own = minorDigits(currency.code);
  const size = amount < 0n ? -amount : amount;
  if (size === 0n) return short ? 0 : own;
  if (short && size % 10n ** BigInt(scale) === 0n) return 0;
  if (short && size % 10n ** BigInt(scale - own) === 0n) return own;
  if (size * 10n ** BigInt(Math.max(0, own - 1)) >= 10n ** BigInt(scale + (own === 0 ? 1 : 0))) return own;
  const leadingPlace = scale - size.toString().length + 1;
  return Math.min(scale, Math.max(own, leadingPlace + 1));
}

function exactPlaces({ amount, scale }: Scaled, currency: Currency): number {
  let places = Math.min(scale, 9);
  let rest = roundTo({ amount, scale }, places, divideRounded);
  const own = minorDigits(currency.code);
  while (places > own && rest % 10n === 0n) {
    rest /= 10n;
    places -= 1;
  }
  return places;
}

type Divide = (numerator: bigint, divisor: bigint) => bigint;

function roundTo({ amount, scale }: Scaled, places: number, divide: Divide): bigint {
  return places >= scale
    ? amount * 10n ** BigInt(places - scale)
    : divide(amount, 10n ** BigInt(scale - places));
}

/** To the next smaller, also below zero. */
function divideDown(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  return numerator % divisor < 0n ? quotient - 1n : quotient;
}

/** Half away from zero, as on an invoice. */
function divideRounded(numerator: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return numerator < 0n ? -((-numerator + half) / divisor) : (numerator + half) / divisor;
}

function toDecimal(amount: bigint, places: number): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(places + 1, '0');
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(code: string, places: number): Intl.NumberFormat {
  const key = `${code}/${places}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  formatters.set(key, made);
  return made;
}

function minorDigits(code: string): number {
  return (
    new Intl.NumberFormat(locale, { style: 'currency', currency: code }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}
