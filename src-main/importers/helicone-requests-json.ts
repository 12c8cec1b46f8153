import type { LineReader, LogImporter } from '../platform/importer.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { heliconeFacts, openHeliconeRequests } from './dialects/helicone-request.ts';
import { rowsByLine, rowsOfDocument } from './dialects/json-rows.ts';

/** JSONL of Helicone's requests page, and the rows its API answers with. */
export const heliconeRequestsJson = {
  ...heliconeFacts,
  spec: 1,
  kind: 'log',
  id: 'helicone-requests-json',
  label: 'Helicone requests export (JSONL)',
  howToGet: 'helicone.ai > Requests > Export > JSONL; page by page, because an export holds 500 rows.',
  locations: () => [],
  fileKind: () => null,
  recognises,
  needles: [''],
  openLines: (): LineReader => rowsByLine(openHeliconeRequests()),
  readDocument: (text: string): Iterable<Read> => rowsOfDocument(text, openHeliconeRequests()),
} as const satisfies LogImporter;

/** Bodies stand before the metadata and can be longer than what is looked at; the first three names do not change. */
function recognises(head: string): boolean {
  const keys = firstKeys(head);
  const isExport = [...keys].slice(0, 3).join() === '_type,id,schema';
  return (
    isExport ||
    keys.has('heliconeMetadata') ||
    ['request_created_at', 'request_id'].every((key) => keys.has(key))
  );
}
