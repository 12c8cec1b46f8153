import type { RouteInput } from '../../src-preload/contract/index.ts';
import type { Filters } from '../../src-preload/contract/values.ts';
import { saveExport } from '../api/bridge.ts';
import { callRoute } from '../api/client.ts';
import { plural } from './numbers.ts';
import { toast } from './toast.tsx';

export type ExportFormat = RouteInput<'exports.create'>['format'];

/** Writes the matching records to a file and hands it to the user; says how it ended. */
export async function exportRecords(format: ExportFormat, filters: Filters): Promise<void> {
  try {
    const made = await callRoute('exports.create', { format, filters });
    const saved = await saveExport(made.exportId, made.fileName);
    if (saved) toast.success(`${plural(made.rows, 'record')} exported as ${made.fileName}.`);
  } catch (error) {
    toast.error(error instanceof Error ? error.message : 'The export failed. Nothing was written.');
  }
}
