import type { TableFile } from '../../platform/importer.ts';
import type { Column } from './columns.ts';
import { type DateReader, openDates } from './dates.ts';

const slashed = /^(\d{1,2})\/\d{1,2}\/\d{2,4}/;

/**
 * Dates of an export that writes ISO dates and that American spreadsheets save again as `M/D/YY`. A first number
 * over 12 in the sample proves that days come first. Dates with dots or dashes in their own order are refused.
 */
export function openSlashDates(
  { sample, now }: Pick<TableFile, 'sample' | 'now'>,
  column: Column,
): DateReader {
  const isDayFirst = sample.some((row) => Number(slashed.exec((row[column] ?? '').trim())?.[1]) > 12);
  const iso = openDates('iso', 'UTC', now);
  const own = openDates(isDayFirst ? 'dmy' : 'mdy', 'UTC', now);
  return (text) => (slashed.test(text.trim()) ? own(text) : iso(text));
}
