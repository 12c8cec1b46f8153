import { AppError } from './error.ts';

/** An exact decimal: `units / 10^scale`, with the smallest scale that holds it. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const maxDigits = 40;
const nanoScale = 9;
const zero = 48;
const minus = 45;
/** What a dot is, counted from the digit zero. */
const dotDigit = -2;
/** Six digits, a dot and nine more. */
const maxEverydayChars = 16;
const powersOfTen = Array.from({ length: nanoScale + 1 }, (_, power) => 10 ** power);

/**
 * Reads a decimal exactly: sign, at most 40 digits, dot, E-notation with an exponent of at most 40 either way.
 * Null for everything else: separators, currency signs, words and the empty text are for the caller to interpret.
 */
export function parseDecimal(text: string): Decimal | null {
  const found = shape.exec(text);
  if (found === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  const digits = whole + fraction;
  const shift = Number(exponent);
  if (digits === '' || digits.length > maxDigits || Math.abs(shift) > maxDigits) return null;
  const units = BigInt(digits) * (sign === '-' ? -1n : 1n);
  return reduced(units, fraction.length - shift);
}

/** The shortest decimal text of it, without an exponent. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return reduced(a.units * b.units, a.scale + b.scale);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return reduced(unitsAt(a, scale) + unitsAt(b, scale), scale);
}

/** The units of a decimal at a scale at least as fine as its own. */
export function unitsAt({ units, scale }: Decimal, finer: number): bigint {
  return units * 10n ** BigInt(finer - scale);
}

/** Quotient to the nearest whole number, halves away from zero. `by` is positive. */
export function divideRounded(amount: bigint, by: bigint): bigint {
  const size = amount < 0n ? -amount : amount;
  const rounded = (size + by / 2n) / by;
  return amount < 0n ? -rounded : rounded;
}

/**
 * An amount of money as integer nano-USD, halves away from zero; with a rate, of an amount in another currency.
 * Both are decimal strings and are multiplied exactly before the one rounding.
 * Throws BAD_INPUT where one is no decimal (`parseDecimal` tells beforehand) and MONEY_OVERFLOW past the safe integers.
 */
export function toNanoUsd(value: string, usdPerUnit = '1'): number {
  const everyday = usdPerUnit === '1' ? everydayNanoUsd(value) : null;
  if (everyday !== null) return everyday;
  const product = multiply(decimalOf(value), decimalOf(usdPerUnit));
  const nano =
    product.scale <= nanoScale
      ? unitsAt(product, nanoScale)
      : divideRounded(product.units, 10n ** BigInt(product.scale - nanoScale));
  const number = Number(nano);
  if (!Number.isSafeInteger(number))
    throw new AppError(
      'MONEY_OVERFLOW',
      `The amount ${value} is larger than LLMLab can hold exactly (about 9 million USD).`,
    );
  return number;
}

/**
 * What nearly every amount in a billing file looks like, read without a pattern or BigInt: at most six digits, a dot and
 * at most nine more, whose nano-USD are far inside the safe integers. Null for every other text.
 */
function everydayNanoUsd(text: string): number | null {
  const isMinus = text.charCodeAt(0) === minus;
  const start = isMinus ? 1 : 0;
  let digits = 0;
  let dot = -1;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit >= 0 && digit <= 9 && at - start <= maxEverydayChars) digits = digits * 10 + digit;
    else if (digit === dotDigit && dot === -1) dot = at;
    else return null;
  }
  const whole = (dot === -1 ? text.length : dot) - start;
  const fraction = dot === -1 ? 0 : text.length - dot - 1;
  if (whole < 1 || whole > 6 || fraction > nanoScale || (dot !== -1 && fraction === 0)) return null;
  const nano = digits * (powersOfTen[nanoScale - fraction] ?? 0);
  return isMinus ? 0 - nano : nano;
}

function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new AppError('BAD_INPUT', `"${text}" is not a decimal number.`);
  return decimal;
}

function reduced(units: bigint, scale: number): Decimal {
  if (units === 0n) return { units, scale: 0 };
  if (scale < 0) return { units: units * 10n ** BigInt(-scale), scale: 0 };
  let [left, places] = [units, scale];
  while (places > 0 && left % 10n === 0n) {
    left /= 10n;
    places -= 1;
  }
  return { units: left, scale: places };
}
