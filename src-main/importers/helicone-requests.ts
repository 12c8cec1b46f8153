import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { openColumns, repeatedColumnWarnings } from './dialects/columns.ts';
import { heliconeFacts, openHeliconeRequests } from './dialects/helicone-request.ts';

/**
 * CSV of Helicone's requests page. Since 2025 all facts stand as JSON in the cell `heliconeMetadata`; the files of
 * 2023 and 2024 had a column for each.
 */
export const heliconeRequests = {
  ...heliconeFacts,
  spec: 1,
  kind: 'table',
  id: 'helicone-requests',
  label: 'Helicone requests export (CSV)',
  howToGet: 'helicone.ai > Requests > Export > CSV; page by page, because an export holds 500 rows.',
  matches: (columns) => (columns.has('heliconemetadata') && columns.has('id')) || isFlat(columns),
  open: openRequests,
} as const satisfies TableImporter;

const flat = ['createdat', 'model', 'totaltokens', 'prompttokens', 'completiontokens', 'latency', 'cost'];

function isFlat(columns: ReadonlySet<string>): boolean {
  return flat.every((name) => columns.has(name));
}

const names = [
  ...['heliconeMetadata', 'id', 'requestId', 'createdAt', 'model', 'provider', 'status', 'cost'],
  ...['totalTokens', 'promptTokens', 'completionTokens', 'promptCacheReadTokens', 'promptCacheWriteTokens'],
  ...['cacheReferenceId', 'project', 'app'],
];

function openRequests(file: TableFile): TableReader {
  const columns = openColumns(file);
  const places = names.map((name) => [name, columns.at(name.toLowerCase())] as const);
  const requestOf = openHeliconeRequests();

  function request(): RowOutcome {
    const row = Object.fromEntries(places.map(([name, column]) => [name, columns.text(column)]));
    if (row.heliconeMetadata !== '' && !isObject(row.heliconeMetadata ?? ''))
      return { kind: 'refuse', reason: 'heliconeMetadata is not valid JSON' };
    return requestOf(row);
  }

  return { row: (cells) => columns.read(cells, request), end: () => repeatedColumnWarnings(columns) };
}

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
