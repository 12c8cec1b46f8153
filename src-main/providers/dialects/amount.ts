import { add, decimalText, multiply, parseDecimal } from '../../platform/money.ts';
import type { Amount } from '../../platform/record.ts';

/** How many decimal places a vendor's unit lies below one unit of its currency. */
export const unitPlaces = {
  whole: 0,
  cents: 2,
  /** Novita: 1/10,000 USD. */
  tenThousandths: 4,
  nano: 9,
  /** xAI: 1 USD is 10,000,000,000 ticks. */
  ticks: 10,
} as const;

/**
 * An amount as vendors send it, a number or its text, as an exact decimal string without an exponent; null for
 * anything else. `places` moves the point to the left: 2 makes dollars of cents.
 */
export function amountText(value: unknown, places = 0): string | null {
  // The shortest decimal text of a double is what was sent, up to the 15 digits `parseJson` leaves as numbers.
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  const decimal = typeof text === 'string' ? parseDecimal(text.trim()) : null;
  if (decimal === null) return null;
  if (places === 0) return decimalText(decimal);
  return decimalText(
    multiply(
      decimal,
      places > 0 ? { units: 1n, scale: places } : { units: 10n ** BigInt(-places), scale: 0 },
    ),
  );
}

/** The same as money; USD unless a currency is named. */
export function amountOf(value: unknown, places = 0, currency: unknown = 'USD'): Amount | null {
  const text = amountText(value, places);
  const code = typeof currency === 'string' ? currency.toUpperCase() : '';
  return text === null || !/^[A-Z]{3}$/.test(code) ? null : { value: text, currency: code };
}

/** A price in USD per token as USD per million; null for what is no price (OpenRouter writes -1 for "varies"). */
export function perMillion(perToken: unknown): string | null {
  const text = amountText(perToken, -6);
  return text === null || text.startsWith('-') ? null : text;
}

/** Money in Google's shape, `{units: "12", nanos: 340000000}`, both of one sign (also Fireworks'); null for anything else. */
export function unitsAndNanos(units: unknown, nanos: unknown): string | null {
  const whole = amountText(units ?? 0);
  const part = amountText(nanos ?? 0, unitPlaces.nano);
  if (whole === null || part === null || (units === undefined && nanos === undefined)) return null;
  return sumText([whole, part]);
}

/** The exact sum of decimal strings. Throws on what is none: they come from `amountText`. */
export function sumText(amounts: readonly string[]): string {
  return decimalText(
    amounts.reduce(
      (sum, text) => {
        const decimal = parseDecimal(text);
        if (decimal === null) throw new TypeError(`${text} is no decimal`);
        return add(sum, decimal);
      },
      { units: 0n, scale: 0 },
    ),
  );
}

/** The same amount with the other sign: what a vendor states as owed is money that is missing. */
export function negated(amount: string): string {
  if (/^-?0(\.0*)?$/.test(amount)) return '0';
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
