import type { LineReader, LogImporter } from '../platform/importer.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { rowsByLine, rowsOfDocument } from './dialects/json-rows.ts';
import { langfuseFacts, openObservations } from './dialects/langfuse-observation.ts';

/** JSON and JSONL of Langfuse's observations: the rows of the CSV as objects. */
export const langfuseObservationsJson = {
  ...langfuseFacts,
  spec: 1,
  kind: 'log',
  id: 'langfuse-observations-json',
  label: 'Langfuse observations export (JSON)',
  howToGet:
    'Langfuse > Tracing > Observations > Export > JSON or JSONL. Not the traces: they repeat the observations.',
  locations: () => [],
  fileKind: () => null,
  recognises: (head) => {
    const keys = firstKeys(head);
    return ['traceId', 'startTime', 'parentObservationId', 'type'].every((name) => keys.has(name));
  },
  needles: [''],
  openLines: (): LineReader => rowsByLine(openObservations()),
  readDocument: (text: string): Iterable<Read> => rowsOfDocument(text, openObservations()),
} as const satisfies LogImporter;
