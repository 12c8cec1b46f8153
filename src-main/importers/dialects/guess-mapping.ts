import { columnsByName, plainName } from './column-names.ts';
import type { DateFormat } from './dates.ts';
import type { ColumnRole, Mapping } from './mapping.ts';
import { sniffDecimal } from './sniff-decimal.ts';

/** A mapping to start from. `open` names the fields of it that the sample leaves open: they must be chosen. */
export interface MappingGuess {
  readonly guess: Mapping;
  readonly open: readonly string[];
}

interface Guessed<T> {
  readonly value: T;
  readonly isOpen: boolean;
}

/**
 * Guesses a mapping from names and sample cells. Columns are guessed by name; how dates and numbers are written is
 * taken only from cells that allow one reading, and is open otherwise.
 */
export function guessMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  fileName: string,
): MappingGuess {
  const { date: named = '', ...columns } = columnsByName(header);
  // "Tag" is a day in German and a label in English: a column of words holds no dates.
  const stated = cellsOf(header, sample, named).filter((text) => text !== '');
  const date = stated.length > 0 && !stated.some((text) => /\d/.test(text)) ? '' : named;
  const cells = (role: Exclude<ColumnRole, 'date'>) => cellsOf(header, sample, columns[role]);
  const dates = cellsOf(header, sample, date);
  const dateFormat = guessDateFormat(dates);
  const decimal = guessDecimal(numberCells(header, sample, columns));
  const currency = guessCurrency(columns.cost ?? '', cells('cost'));
  const includesCache = guessIncludesCache(columns.input ?? '', cells('input'), cells('cacheRead'));
  const hasCost = columns.cost !== undefined;
  const isOpen: Readonly<Record<string, boolean>> = {
    date: date === '',
    dateFormat: dateFormat.isOpen,
    zone: dates.some((text) => /\d:\d\d/.test(text) && !/(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)$/i.test(text)),
    decimal: decimal.isOpen,
    currency: hasCost && columns.currency === undefined && currency.isOpen,
    provider: columns.provider === undefined,
    evidence: hasCost,
    inputIncludesCache: (columns.cacheRead ?? columns.cacheWrite) !== undefined && includesCache.isOpen,
  };
  const guess: Mapping = {
    name: nameOf(fileName),
    columns: { date, ...columns },
    dateFormat: dateFormat.value,
    zone: 'UTC',
    decimal: decimal.value,
    inputIncludesCache: includesCache.value,
    currency: currency.value,
    provider: '',
    evidence: hasCost ? 'billed' : 'recorded',
  };
  return { guess, open: Object.keys(isOpen).filter((field) => isOpen[field]) };
}

function cellsOf(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  name: string | undefined,
): readonly string[] {
  const column = name === undefined || name === '' ? -1 : header.indexOf(name);
  return sample.map((row) => row[column]?.trim() ?? '').filter((text) => text !== '');
}

const measures = ['cost', 'requests', 'input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const;

function numberCells(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  columns: Partial<Record<ColumnRole, string>>,
): readonly string[] {
  return measures.flatMap((role) => cellsOf(header, sample, columns[role]));
}

function guessDateFormat(cells: readonly string[]): Guessed<DateFormat> {
  const every = (pattern: RegExp) => cells.length > 0 && cells.every((text) => pattern.test(text));
  if (every(/^\d{4}-\d{2}(?:-\d{2}.*)?$/)) return { value: 'iso', isOpen: false };
  if (every(/^\d{10}(?:\.\d+)?$/)) return { value: 'epoch-s', isOpen: false };
  if (every(/^\d{13}$/)) return { value: 'epoch-ms', isOpen: false };
  const pairs = cells.flatMap((text) => {
    const parts = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b/.exec(text);
    return parts ? [[Number(parts[1]), Number(parts[2])] as const] : [];
  });
  const dayFirst = pairs.some(([first]) => first > 12);
  const monthFirst = pairs.some(([, second]) => second > 12);
  if (pairs.length === 0) return { value: 'iso', isOpen: true };
  return { value: monthFirst && !dayFirst ? 'mdy' : 'dmy', isOpen: dayFirst === monthFirst };
}

function guessDecimal(cells: readonly string[]): Guessed<'.' | ','> {
  const told = sniffDecimal([cells]);
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
  const plain = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN);
  const isLess =
    input.length === cacheRead.length && input.some((text, row) => plain(text) < plain(cacheRead[row]));
  return isLess ? { value: false, isOpen: false } : { value: true, isOpen: true };
}

/** A file's name without its dates and numbers, so that next month's file finds the same mapping by name. */
function nameOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const name = base
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[\d_\-.()]+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return name.slice(0, 100) || 'My table';
}
