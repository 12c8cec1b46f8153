import { type Decimal, decimalText, parseDecimal, unitsAt } from '../../platform/money.ts';

/**
 * The decimal text of a JSON number that states money: the shortest one that reads back as the same number, which
 * is what its writer printed. Null for what is no number, is negative or beyond 40 digits.
 */
export function decimalOfNumber(value: unknown): string | null {
  if (typeof value !== 'number' || value < 0) return null;
  const decimal = parseDecimal(String(value));
  return decimal === null ? null : decimalText(decimal);
}

/** The exact sum of decimal texts. Throws on text that is no decimal. */
export function sumDecimals(texts: readonly string[]): string {
  return decimalText(texts.map(decimalOf).reduce(add, { units: 0n, scale: 0 }));
}

function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new RangeError(`${text} is no decimal`);
  return decimal;
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const sum = decimalText({ units: unitsAt(a, scale) + unitsAt(b, scale), scale });
  return decimalOf(sum);
}
