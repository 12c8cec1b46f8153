/**
 * A time as SQLite's CURRENT_TIMESTAMP writes it (`2026-07-01 10:00:05`, UTC without saying so) in ISO form; any other
 * value as it is. Source: sqlite.org/lang_datefunc.html, 2026-10.
 */
export function isoOfSqlite(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)$/, '$1T$2Z');
}
