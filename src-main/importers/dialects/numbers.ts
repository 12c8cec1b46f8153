/** How a file writes decimals. Undefined: not told; then a lone comma before three digits is refused, not read. */
export type DecimalSign = '.' | ',' | undefined;

/** A cell read as a number: a value, a word that stands for "no number" (blank, `N/A`, `Included` …), or neither. */
export type NumberCell<T> =
  | { readonly kind: 'value'; readonly value: T; readonly currency?: string }
  | { readonly kind: 'state'; readonly word: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

const states = new Set([
  '',
  '-',
  '–',
  '—',
  'included',
  'free',
  'n/a',
  'na',
  'null',
  'none',
  'not applicable',
]);
const maxChars = 100;
const maxExponent = 40;
const maxWholeDigits = 12;
/** Digits of an amount that can be turned into whole nano-USD exactly. */
const maxMoneyDigits = 40;

/**
 * A whole number of things: `59200`, `59200.0`, `1,234` where the decimal sign is a dot, `1.5E+3`.
 * Refuses negative, fractional and unsafe (over 2^53 - 1) ones, other digits than 0-9, hex and underscores.
 */
export function parseCount(text: string, decimal: DecimalSign): NumberCell<number> {
  const plainValue = plainCount(text, decimal);
  if (plainValue !== -1) return { kind: 'value', value: plainValue };
  const cell = parseDecimal(text, decimal);
  if (cell.kind !== 'value') return cell;
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(cell.value) ?? [];
  if (/[1-9]/.test(fraction)) return unreadable(`${quoted(text)} is not a whole number`);
  const value = Number(whole);
  if (sign === '-' && value !== 0) return unreadable(`${quoted(text)} is negative`);
  if (!Number.isSafeInteger(value)) return unreadable(`${quoted(text)} is too large to count exactly`);
  return { kind: 'value', value };
}

/** Reads `59200` and `59200.0`, the forms of nearly every cell, without patterns; -1 for any other text. */
function plainCount(text: string, decimal: DecimalSign): number {
  let value = 0;
  for (let at = 0; at < text.length && at < 16; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else return at > 0 && decimal !== ',' && text.slice(at) === '.0' ? value : -1;
  }
  return text.length > 0 && text.length < 16 ? value : -1;
}

/** One row's amount ends below this: nano-USD past 2^53 - 1, about 9 million USD, cannot be held exactly. */
const maxAmount = 9_000_000;
/** Currencies of which one USD buys far over a hundred, so that everyday amounts have many digits. */
const smallCurrencies = new Set(
  'ARS CLP COP CRC HUF IDR IQD IRR ISK JPY KRW KZT LBP LKR NGN PKR PYG UGX UZS VND'.split(' '),
);

/**
 * Money as an exact plain decimal string, like `parseQuantity`. Refuses a cell that names another currency than the
 * one told, and amounts too large for one row of the ledger: 9,000,000 or more of the currency either way, a hundred
 * times that where its unit is below a US cent.
 */
export function parseMoney(text: string, decimal: DecimalSign, currency?: string): NumberCell<string> {
  const cell = parseQuantity(text, decimal);
  if (cell.kind !== 'value') return cell;
  if (cell.currency !== undefined && currency !== undefined && cell.currency !== currency)
    return unreadable(`${quoted(text)} is in ${cell.currency}, not in ${currency || 'a currency told'}`);
  const trouble = moneyTrouble(cell.value, currency ?? cell.currency);
  return trouble === null ? cell : unreadable(quoted(text) + trouble);
}

/** The last amount that was looked at and can stand: an importer asks of a cell, and the ledger of the record made of it. */
let soundValue = '';
let soundCurrency = '';

/** Why a decimal amount cannot stand in a row of the ledger, to be said behind it; null where it can. */
export function moneyTrouble(value: string, currency = 'USD'): string | null {
  if (value.length < 7 || (value === soundValue && currency === soundCurrency)) return null;
  if (value.length > maxMoneyDigits && value.replace(/[-.]/g, '').length > maxMoneyDigits)
    return ' has more digits than an amount can hold';
  const limit = smallCurrencies.has(currency) ? maxAmount * 100 : maxAmount;
  // A float tells: the limit is far below where floats skip whole numbers.
  if (!(Math.abs(Number(value)) < limit)) return ': the amount is too large';
  soundValue = value;
  soundCurrency = currency;
  return null;
}

/**
 * An exact plain decimal string (`-1234.5`, `0.00000012`), with the currency the cell itself names.
 * Takes `$1.20`, `1.20 USD`, `(1.20)` for minus, thousands signs where they cannot be decimals, E-notation.
 */
export function parseQuantity(text: string, decimal: DecimalSign): NumberCell<string> {
  const cell = parseDecimal(text, decimal);
  if (cell.kind !== 'value' || cell.value.length <= maxWholeDigits || /^-?\d{1,12}(?:\.|$)/.test(cell.value))
    return cell;
  return unreadable(`${quoted(text)} is out of range`);
}

function parseDecimal(text: string, decimal: DecimalSign): NumberCell<string> {
  if (decimal !== ',' && /^-?\d{1,12}(?:\.\d{1,40})?$/.test(text)) return { kind: 'value', value: text };
  const trimmed = text.trim();
  if (states.has(trimmed.toLowerCase())) return { kind: 'state', word: trimmed };
  if (trimmed.length > maxChars) return unreadable(`${quoted(trimmed)} is too long for a number`);
  const { body, negative, currency } = unwrap(trimmed);
  const parts = /^([\d.,'’\s]*\d[.,]?)(?:[eE]([+-]?\d{1,4}))?$/.exec(body);
  if (!parts) return unreadable(`${quoted(trimmed)} is not a number`);
  const mantissa = readMantissa(parts[1] ?? '', decimal);
  if (mantissa === 'ambiguous')
    return unreadable(`${quoted(trimmed)} is ambiguous: the comma may stand for thousands or for decimals`);
  if (mantissa === null) return unreadable(`${quoted(trimmed)} is not a number as this file writes them`);
  const value = plain(mantissa, Number(parts[2] ?? 0));
  if (value === null) return unreadable(`${quoted(trimmed)} is out of range`);
  return { kind: 'value', value: negative ? negate(value) : value, ...(currency && { currency }) };
}

const signs: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/** Takes off sign, brackets and currency. `$` and `¥` name several currencies, so they name none. */
function unwrap(text: string): { body: string; negative: boolean; currency: string | undefined } {
  const brackets = /^\((.*)\)$/.exec(text);
  const inner = (brackets?.[1] ?? text).trim();
  const parts =
    /^([-+−]?)\s*([A-Z]{3}(?=[\s\d])|US\$|[$€£¥])?\s*([-+−]?)\s*(.*?)\s*([A-Z]{3}|[$€£¥])?$/su.exec(inner);
  if (!parts) return { body: inner, negative: false, currency: undefined };
  const [, first = '', before = '', second = '', body = '', after = ''] = parts;
  const signed = [first, second].filter((sign) => sign !== '');
  const twice = signed.length > 1 || (signed.length > 0 && brackets) || (before !== '' && after !== '');
  if (twice) return { body: text, negative: false, currency: undefined };
  const mark = before || after;
  const currency = signs[mark] ?? (/^[A-Z]{3}$/.test(mark) ? mark : mark === 'US$' ? 'USD' : undefined);
  return { body, negative: Boolean(brackets) || signed.some((sign) => sign !== '+'), currency };
}

interface Mantissa {
  readonly whole: string;
  readonly fraction: string;
}

/** Digits before and after the decimal sign; null when the separators fit no way of writing numbers. */
function readMantissa(text: string, decimal: DecimalSign): Mantissa | 'ambiguous' | null {
  const body = /[\s'’]/.test(text) ? joinSpaced(text) : text;
  if (body === null) return null;
  if (decimal === '.') return splitAt(body, '.', ',');
  if (decimal === ',') return splitAt(body, ',', '.');
  const dots = body.split('.').length - 1;
  const commas = body.split(',').length - 1;
  if (commas === 0 && dots <= 1) return splitAt(body, '.', ',');
  if (commas === 1 && dots === 0) {
    const couldGroup = /^[1-9]\d{0,2},\d{3}$/.test(body);
    return couldGroup ? 'ambiguous' : splitAt(body, ',', '.');
  }
  return splitAt(body, '.', ',') ?? splitAt(body, ',', '.');
}

/** `1 234 567,89` and `1'234.50`: spaces and apostrophes only ever group by three. */
function joinSpaced(text: string): string | null {
  return /^\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d*)?$/u.test(text) ? text.replace(/[\s'’]/gu, '') : null;
}

function splitAt(text: string, decimal: '.' | ',', group: '.' | ','): Mantissa | null {
  const [whole = '', fraction = '', more] = text.split(decimal);
  if (more !== undefined || /[.,]/.test(fraction)) return null;
  const grouped = whole.split(group);
  const fits = grouped.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  if (grouped.length > 1 ? !fits : !/^\d*$/.test(whole)) return null;
  if (whole === '' && fraction === '') return null;
  return { whole: grouped.join('') || '0', fraction };
}

function plain({ whole, fraction }: Mantissa, exponent: number): string | null {
  if (Math.abs(exponent) > maxExponent) return null;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const front = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const back = padded.slice(at);
  return back === '' ? front : `${front}.${back}`;
}

function negate(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

function unreadable(reason: string): { kind: 'unreadable'; reason: string } {
  return { kind: 'unreadable', reason };
}

/** A cell's text for a sentence: in quotes, cut where long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
