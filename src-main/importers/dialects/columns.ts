import type { RowOutcome, TableFile } from '../../platform/importer.ts';
import type { DateCell, DateReader } from './dates.ts';
import { type NumberCell, parseCount, parseMoney, parseQuantity, quoted } from './numbers.ts';
import { openOccurrences } from './occurrences.ts';

/** Where a column stands; -1 when the file has none of that name. */
export type Column = number;

/**
 * Reads the cells of one row after the other by column name. What cannot be read is noted, not thrown: the row's
 * outcome then is a refusal with the first reason.
 */
export interface Columns {
  /** The first of these names that the header has, whatever its case. */
  at(...names: readonly string[]): Column;
  /** Names of the header, lower-cased, in order. */
  readonly names: readonly string[];
  /**
   * Runs `build` on a row and answers with its outcome, or with a refusal when a cell could not be read or the row
   * ends before the header's last column: a file cut off holds half a row, and half an amount reads like a whole one.
   */
  read(cells: readonly string[], build: () => RowOutcome): RowOutcome;
  /** Trimmed text; '' where blank or missing. */
  text(column: Column): string;
  /** A whole number; 0 where blank, missing or a word like `N/A`. */
  count(column: Column): number;
  /**
   * Exact decimal text of an amount in a currency, USD unless told; null where blank, missing or a word. A cell that
   * names another currency is refused.
   */
  money(column: Column, currency?: string): string | null;
  /** Exact decimal text of any size; null where blank, missing or a word like `Included`. */
  quantity(column: Column): string | null;
  /** A date, which must be there. */
  date(column: Column, reader: DateReader): Extract<DateCell, { kind: 'date' }>;
  /** Notes why the row cannot be trusted. */
  refuse(reason: string): void;
  /** Names that stand twice in the header: only the first is read. */
  repeatedNames(): readonly string[];
}

const noDate = { kind: 'date', at: 0, precision: 'day' } as const;

/** `isShortRow` names the rows a format writes with fewer fields than its header; without it there are none. */
export function openColumns(
  file: Pick<TableFile, 'header' | 'decimal'>,
  isShortRow: (cells: readonly string[]) => boolean = () => false,
): Columns {
  const names = file.header.map((name) => name.trim().toLowerCase());
  // Columns without a name, from commas behind the last, hold nothing that could be missed.
  const width = names.findLastIndex((name) => name !== '') + 1;
  const places = new Map<string, Column>();
  for (const [index, name] of names.entries()) if (!places.has(name)) places.set(name, index);
  let row: readonly string[] = [];
  let problem = '';

  function refuse(reason: string): void {
    if (problem === '') problem = reason;
  }

  /** A missing column is asked for in every row, and an index of -1 is a slow look-up by name. */
  function cellAt(column: Column): string {
    return column < 0 ? '' : (row[column] ?? '');
  }

  function text(column: Column): string {
    return cellAt(column).trim();
  }

  function exact(column: Column, parse: (cell: string) => NumberCell<string>): string | null {
    const cell = cellAt(column);
    if (cell === '') return null;
    const parsed = parse(cell);
    if (parsed.kind === 'value') return parsed.value;
    if (parsed.kind === 'unreadable') refuse(`${file.header[column]} ${parsed.reason}`);
    return null;
  }

  return {
    names,
    refuse,
    text,
    at: (...wanted) => places.get(wanted.find((name) => places.has(name)) ?? '') ?? -1,
    read(cells, build) {
      if (cells.length < width && !isShortRow(cells)) return tooShort(cells.length, width);
      row = cells;
      problem = '';
      const outcome = build();
      return problem === '' ? outcome : { kind: 'refuse', reason: problem };
    },
    count(column) {
      const cell = cellAt(column);
      if (cell === '') return 0;
      const parsed = parseCount(cell, file.decimal);
      if (parsed.kind === 'value') return parsed.value;
      if (parsed.kind === 'unreadable') refuse(`${file.header[column]} ${parsed.reason}`);
      return 0;
    },
    money: (column, currency = 'USD') => exact(column, (cell) => parseMoney(cell, file.decimal, currency)),
    quantity: (column) => exact(column, (cell) => parseQuantity(cell, file.decimal)),
    date(column, reader) {
      const cell = reader(text(column));
      if (cell.kind === 'date') return cell;
      refuse(
        column === -1 || text(column) === ''
          ? 'the row has no date'
          : `${file.header[column]} ${cell.reason}`,
      );
      return noDate;
    },
    repeatedNames: () => names.filter((name, index) => name !== '' && places.get(name) !== index),
  };
}

function tooShort(fields: number, columns: number): RowOutcome {
  return {
    kind: 'refuse',
    reason: `the row has ${fields} ${fields === 1 ? 'field' : 'fields'}, the header ${columns}`,
  };
}

/** The key of a bucket: its dimensions. For importers whose rows of one bucket add up. */
export function bucketKey(dimensions: readonly string[]): string {
  return dimensions.join('\u001f');
}

/**
 * Keys for rows that have no id: what they state, and for a further row that states the same its number in the file, so
 * that no money is swallowed.
 */
export function openBucketKeys(): (dimensions: readonly string[]) => string {
  const occurrence = openOccurrences();
  return (dimensions) => {
    const key = dimensions.join('\u001f');
    const number = occurrence(key);
    return number === 1 ? key : `${key}\u001f#${number}`;
  };
}

/**
 * How an export was cut, from its first rows: which of these columns hold anything. A dimension the export was not
 * grouped by is blank in every row.
 */
export function cutOf(file: Pick<TableFile, 'sample'>, dimensions: Readonly<Record<string, Column>>): string {
  const grouped = Object.entries(dimensions)
    .filter(([, column]) => column >= 0 && file.sample.some((row) => (row[column] ?? '').trim() !== ''))
    .map(([name]) => name);
  return grouped.length === 0 ? 'as a whole' : `by ${grouped.join(', ')}`;
}

/** A sentence for `end()` when columns stand twice in the header. */
export function repeatedColumnWarnings(columns: Columns): readonly string[] {
  return columns
    .repeatedNames()
    .map((name) => `The column ${quoted(name)} stands twice; only the first was read.`);
}

/** What a row states besides the fields of a record: its non-blank texts. */
export function withoutBlanks(texts: Readonly<Record<string, string>>): Record<string, string> {
  const stated: Record<string, string> = {};
  for (const name in texts) {
    const text = texts[name];
    if (text) stated[name] = text;
  }
  return stated;
}
