import type { ReadonlyDatabase } from '../../platform/importer.ts';
import type { FieldReader, Fields } from './json-fields.ts';

/** The columns a table has in this build of the tool; none when there is no such table. */
export function columnsOf(db: ReadonlyDatabase, table: string): ReadonlySet<string> {
  if (!db.hasTable(table)) return new Set();
  const rows = [...db.query('SELECT name FROM pragma_table_info(?)', table)];
  return new Set(rows.map(({ name }) => String(name)));
}

export interface Selection {
  readonly table: string;
  /** Columns to read; those this build lacks read as null. */
  readonly columns: readonly string[];
  /** Columns whose numbers are too large for exact ones and come as text. */
  readonly asText?: readonly string[];
  /** The first of these columns there is puts the rows in order. */
  readonly orderBy?: readonly string[];
}

/** All rows of a table, whatever columns the build that wrote it had. Names are the importer's own, never the file's. */
export function rowsOf(
  db: ReadonlyDatabase,
  { table, columns, asText = [], orderBy = [] }: Selection,
): Iterable<Fields> {
  const present = columnsOf(db, table);
  if (present.size === 0) return [];
  const read = columns.map((name) => {
    if (!present.has(name)) return `NULL AS "${name}"`;
    return asText.includes(name) ? `CAST("${name}" AS TEXT) AS "${name}"` : `"${name}"`;
  });
  const order = orderBy.filter((name) => present.has(name)).map((name) => `"${name}"`);
  const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  return db.query(`SELECT ${read.join(', ')} FROM "${table}"${sorted}`);
}

/** Whether a table has all of these columns. */
export function hasColumns(db: ReadonlyDatabase, table: string, ...names: readonly string[]): boolean {
  const present = columnsOf(db, table);
  return names.every((name) => present.has(name));
}

/** UTC ms of a time as SQLite and the tools' languages print it, `YYYY-MM-DD HH:MM:SS`: without a zone it is UTC. */
export function utcStamp(fields: FieldReader, value: unknown): number {
  if (typeof value !== 'string') return fields.moment(value ?? undefined);
  const iso = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T');
  return fields.moment(/(?:Z|[+-]\d{2}:\d{2})$/.test(iso) ? iso : `${iso}Z`);
}

/** UTC ms of a Unix time in seconds, or in milliseconds where the number can only be that. */
export function unixStamp(fields: FieldReader, value: unknown): number {
  const isSeconds = typeof value === 'number' && value < 100_000_000_000;
  return fields.epochMs(isSeconds ? Math.round(value * 1000) : (value ?? undefined));
}
