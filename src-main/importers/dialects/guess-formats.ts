import { plainName } from './column-names.ts';
import type { DateFormat } from './dates.ts';
import type { ColumnRole, Mapping } from './mapping.ts';
import { sniffDecimal } from './sniff-decimal.ts';

/** How a file's cells are written. `open` names the fields that the sample leaves open: they must be chosen. */
export interface FormatGuess
  extends Pick<Mapping, 'dateFormat' | 'zone' | 'decimal' | 'inputIncludesCache' | 'currency'> {
  readonly open: readonly string[];
}

interface Guessed<T> {
  readonly value: T;
  readonly isOpen: boolean;
}

/**
 * Guesses how cells are written for chosen columns, whatever they are called; to be asked again when the choice
 * changes. Until a date column is chosen, every cell that looks like a date tells the order of day and month.
 */
export function guessFormats(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  columns: Readonly<Partial<Record<ColumnRole, string | undefined>>>,
): FormatGuess {
  const cells = (role: ColumnRole) => cellsOf(header, sample, columns[role]);
  const dates = columns.date
    ? cells('date')
    : sample
        .flat()
        .map((text) => text.trim())
        .filter(isOwnOrder);
  const dateFormat = guessDateFormat(dates);
  const decimal = guessDecimal(numberCells(header, sample, columns));
  const currency = guessCurrency(columns.cost ?? '', cells('cost'));
  const includesCache = guessIncludesCache(columns.input ?? '', cells('input'), cells('cacheRead'));
  const isOpen: Readonly<Record<string, boolean>> = {
    dateFormat: dateFormat.isOpen,
    zone: dates.some((text) => /\d:\d\d/.test(text) && !/(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)$/i.test(text)),
    decimal: decimal.isOpen,
    currency: columns.cost !== undefined && columns.currency === undefined && currency.isOpen,
    inputIncludesCache: (columns.cacheRead ?? columns.cacheWrite) !== undefined && includesCache.isOpen,
  };
  return {
    dateFormat: dateFormat.value,
    zone: 'UTC',
    decimal: decimal.value,
    inputIncludesCache: includesCache.value,
    currency: currency.value,
    open: Object.keys(isOpen).filter((field) => isOpen[field]),
  };
}

/** What a column states, trimmed and without blanks; its name is found as importers find it. */
export function cellsOf(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  name: string | undefined,
): readonly string[] {
  const column =
    name === undefined || name === '' ? -1 : header.findIndex((each) => plain(each) === plain(name));
  return sample.map((row) => row[column]?.trim() ?? '').filter((text) => text !== '');
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

const measures = ['cost', 'requests', 'input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const;

function numberCells(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  columns: Readonly<Partial<Record<ColumnRole, string | undefined>>>,
): readonly string[] {
  return measures.flatMap((role) => cellsOf(header, sample, columns[role]));
}

const ownOrder = /^(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})\b/;

function isOwnOrder(text: string): boolean {
  return ownOrder.test(text);
}

/** Open only where cells put day and month in an order that could be either, or contradict each other. */
function guessDateFormat(cells: readonly string[]): Guessed<DateFormat> {
  const every = (pattern: RegExp) => cells.length > 0 && cells.every((text) => pattern.test(text));
  if (every(/^\d{10}(?:\.\d+)?$/)) return { value: 'epoch-s', isOpen: false };
  if (every(/^\d{13}$/)) return { value: 'epoch-ms', isOpen: false };
  const pairs = cells.flatMap((text) => {
    const parts = ownOrder.exec(text);
    return parts ? [[Number(parts[1]), Number(parts[2])] as const] : [];
  });
  if (pairs.length === 0) return { value: 'iso', isOpen: false };
  const dayFirst = pairs.some(([first]) => first > 12);
  const monthFirst = pairs.some(([, second]) => second > 12);
  return { value: monthFirst && !dayFirst ? 'mdy' : 'dmy', isOpen: dayFirst === monthFirst };
}

function guessDecimal(cells: readonly string[]): Guessed<'.' | ','> {
  const told = sniffDecimal([cells.map((text) => text.replace(/\b[A-Z]{3}\b/, ''))]);
  const hasSeparator = cells.some((text) => /\d[.,]\d/.test(text));
  return { value: told ?? '.', isOpen: told === undefined && hasSeparator };
}

function guessCurrency(costName: string, cells: readonly string[]): Guessed<string> {
  const named = /\b(usd|eur|gbp|chf|jpy|cny|inr|cad|aud|brl|pln|sek)\b/.exec(plainName(costName))?.[1];
  if (named) return { value: named.toUpperCase(), isOpen: false };
  const marks = `${costName} ${cells.join(' ')}`;
  if (marks.includes('€')) return { value: 'EUR', isOpen: false };
  if (marks.includes('£')) return { value: 'GBP', isOpen: false };
  const code = /(?:^|\s)([A-Z]{3})(?:\s|$)/.exec(cells.join(' '))?.[1];
  return code ? { value: code, isOpen: false } : { value: 'USD', isOpen: true };
}

/** More cached than input tokens in one row proves that input leaves them out; nothing in a sample proves the other. */
function guessIncludesCache(
  inputName: string,
  input: readonly string[],
  cacheRead: readonly string[],
): Guessed<boolean> {
  if (/\buncached\b|\b(?:no|non|without|w o) cach/.test(plainName(inputName)))
    return { value: false, isOpen: false };
  const whole = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN);
  const isLess =
    input.length === cacheRead.length && input.some((text, row) => whole(text) < whole(cacheRead[row]));
  return isLess ? { value: false, isOpen: false } : { value: true, isOpen: true };
}
