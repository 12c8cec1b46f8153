import { columnsByName } from './column-names.ts';
import { cellsOf, guessFormats } from './guess-formats.ts';
import type { Mapping } from './mapping.ts';

/** A mapping to start from. `open` names the fields of it that the sample leaves open: they must be chosen. */
export interface MappingGuess {
  readonly guess: Mapping;
  readonly open: readonly string[];
}

/**
 * Guesses a mapping from names and sample cells. Columns are guessed by name; how their cells are written is taken
 * only from cells that allow one reading, and is open otherwise.
 */
export function guessMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  fileName: string,
): MappingGuess {
  const { date: named = '', ...others } = columnsByName(header);
  // "Tag" is a day in German and a label in English: a column of words holds no dates.
  const stated = cellsOf(header, sample, named);
  const date = stated.length > 0 && !stated.some((text) => /\d/.test(text)) ? '' : named;
  const columns = { date, ...others };
  const { open, ...formats } = guessFormats(header, sample, columns);
  const hasCost = columns.cost !== undefined;
  return {
    guess: {
      name: nameOf(fileName),
      columns,
      ...formats,
      provider: '',
      evidence: hasCost ? 'billed' : 'recorded',
    },
    open: [
      ...(date === '' ? ['date'] : []),
      ...open,
      ...(columns.provider === undefined ? ['provider'] : []),
      ...(hasCost ? ['evidence'] : []),
    ],
  };
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
