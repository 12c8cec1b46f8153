/** Decimal strings as vendors state them, compared and shown without ever becoming a float. */

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** -1, 0 or 1, as for sorting; what is no plain decimal number counts as zero. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const places = Math.max(placesOf(a), placesOf(b));
  const [left, right] = [scaled(a, places), scaled(b, places)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/**
 * An amount in its own currency: `$12.35`, `¥110.00`, `−$4.20`. Below a tenth two significant digits are kept, so that a
 * cent's fraction is not nothing. The exact amount belongs on hover.
 */
export function formatAmount(amount: string, currency: string): string {
  const zeros = /^-?0*\.(0*)[1-9]/.exec(amount)?.[1]?.length;
  const digits = zeros === undefined || zeros === 0 ? 2 : Math.min(9, zeros + 2);
  if (!/^[A-Z]{3}$/.test(currency)) return `${plain(amount, digits)} ${currency}`.trim();
  const text = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount as Intl.StringNumericLiteral);
  return text.replace('-', '−');
}

const rates = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** USD per million tokens: `$3.00`, `$0.075`, `free`; six decimals are more than any price list has. */
export function formatRate(usdPerMillion: string): string {
  if (compareDecimals(usdPerMillion, '0') === 0) return 'free';
  return rates.format(usdPerMillion as Intl.StringNumericLiteral);
}

/** The exact sum, with as many places as the longest has. */
export function sumDecimals(texts: readonly string[]): string {
  const places = Math.max(0, ...texts.map(placesOf));
  const sum = texts.reduce((total, text) => total + scaled(text, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const whole = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return sum < 0n ? `-${whole}` : whole;
}

/** The share by which `b` differs from `a`, in whole percent; null where `a` is zero or they are the same. */
export function percentBetween(a: string, b: string): number | null {
  const places = Math.max(placesOf(a), placesOf(b));
  const [from, to] = [scaled(a, places), scaled(b, places)];
  if (from === 0n || from === to) return null;
  const permille = ((to - from) * 1000n) / from;
  const percent = Math.round(Number(permille) / 10);
  return percent === 0 ? (to > from ? 1 : -1) : percent;
}

function placesOf(text: string): number {
  return decimal.exec(text)?.[3]?.length ?? 0;
}

function scaled(text: string, places: number): bigint {
  const match = decimal.exec(text);
  if (!match) return 0n;
  const [, sign = '', whole = '0', fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction.padEnd(places, '0')}`);
}

function plain(amount: string, digits: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: digits })
    .format(amount as Intl.StringNumericLiteral)
    .replace('-', '−');
}
