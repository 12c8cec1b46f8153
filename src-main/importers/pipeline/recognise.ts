import { AppError } from '../../platform/error.ts';
import type { TableImporter } from '../../platform/importer.ts';
import type { TextFacts } from './text.ts';

/** Header names as fingerprints compare them: trimmed, lower-cased. */
export function columnSet(header: readonly string[]): ReadonlySet<string> {
  return new Set(header.map((name) => name.trim().toLowerCase()));
}

/** Every importer whose fingerprint fits. More than one means: ask, never choose. */
export function recogniseTable<I extends Pick<TableImporter, 'matches'>>(
  importers: readonly I[],
  facts: Pick<TextFacts, 'header'>,
): readonly I[] {
  const columns = columnSet(facts.header);
  return importers.filter((importer) => importer.matches(columns));
}

/**
 * Makes sure that a chosen importer fits the file: read by names it does not have, every row would state nothing.
 * Throws FORMAT_UNKNOWN with the missing columns. Not for mapped files, whose reader checks its own columns.
 */
export function requireMatch(
  importer: Pick<TableImporter, 'label' | 'matches'>,
  { header }: Pick<TextFacts, 'header'>,
): void {
  const columns = columnSet(header);
  if (importer.matches(columns)) return;
  const missing = missingColumns(importer, columns);
  const one = missing.length === 1;
  throw new AppError(
    'FORMAT_UNKNOWN',
    `This file lacks the ${one ? 'column' : 'columns'} ${joined(missing)} of ${importer.label}. Nothing was imported.`,
  );
}

/** The names a fingerprint asks for and the header lacks: saying yes to each shows the next. */
function missingColumns(
  importer: Pick<TableImporter, 'matches'>,
  columns: ReadonlySet<string>,
): readonly string[] {
  const missing = new Set<string>();
  const asked = new Set(columns);
  asked.has = (name) => {
    if (!columns.has(name)) missing.add(name);
    return true;
  };
  importer.matches(asked);
  return [...missing];
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
