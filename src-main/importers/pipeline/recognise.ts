import type { TableImporter } from '../../platform/importer.ts';
import type { TextFacts } from './text.ts';

/** Header names as fingerprints compare them: trimmed, lower-cased. */
export function columnSet(header: readonly string[]): ReadonlySet<string> {
  return new Set(header.map((name) => name.trim().toLowerCase()));
}

/** Every importer whose fingerprint fits. More than one means: ask, never choose. */
export function recogniseTable(
  importers: readonly TableImporter[],
  facts: Pick<TextFacts, 'header'>,
): readonly TableImporter[] {
  const columns = columnSet(facts.header);
  return importers.filter((importer) => importer.matches(columns));
}
