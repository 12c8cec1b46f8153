import type { Importer, LogImporter, TableImporter } from '../platform/importer.ts';
import { logImporters } from './logs.ts';
import { mappedImporterId } from './mapper.ts';
import { refusedExports } from './refused.ts';
import { tableImporters } from './tables.ts';

export const importers: readonly Importer[] = [...tableImporters, ...logImporters];

export function importerById(id: string): Importer | undefined {
  return importers.find((importer) => importer.id === id);
}

export function isTable(importer: Importer): importer is TableImporter {
  return importer.kind === 'table';
}

export function isLog(importer: Importer): importer is LogImporter {
  return importer.kind === 'log';
}

/** How a source merges repeated keys, by the id kept with it. Mapped files merge like any table without ids. */
export function mergeRuleOf(importerId: string): Importer['merge'] {
  return importerById(importerId)?.merge ?? 'first';
}

export { logImporters, mappedImporterId, refusedExports, tableImporters };
