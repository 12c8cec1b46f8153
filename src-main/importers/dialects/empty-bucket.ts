import type { TableFile } from '../../platform/importer.ts';
import { openDates } from './dates.ts';

const times = ['start_time', 'end_time', 'start_time_iso', 'end_time_iso'];

/**
 * Tells the short rows that OpenAI's exports write for a bucket without usage (files of 2025) from rows cut off: such
 * a row states its four times, whole, and nothing else. Both ISO times have one form, so a cut one is the shorter.
 */
export function openEmptyBuckets({ header, now }: Pick<TableFile, 'header' | 'now'>) {
  const places = header.map((name) => times.indexOf(name.trim().toLowerCase()));
  const dates = openDates('iso', 'UTC', now + 40 * 86_400_000);
  return (cells: readonly string[]): boolean => {
    const stated = times.map(() => '');
    for (const [index, cell] of cells.entries()) {
      const place = places[index] ?? -1;
      const text = cell.trim();
      if (place !== -1) stated[place] = text;
      else if (text !== '') return false;
    }
    const [start, end, startIso = '', endIso = ''] = stated;
    return (
      start !== '' &&
      end !== '' &&
      startIso.length === endIso.length &&
      [startIso, endIso].map(dates).every((cell) => cell.kind === 'date' && cell.precision === 'time')
    );
  };
}
