/** What a group of dragged files is, as far as the system tells before they are dropped: number and media type. */
export interface DropGroup {
  readonly kind: 'table' | 'archive' | 'unknown' | 'refused';
  readonly count: number;
  readonly title: string;
  readonly promise: string;
}

const tableTypes = new Set([
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.ms-excel',
  'text/plain',
]);
const archiveTypes = new Set([
  'application/zip',
  'application/x-zip-compressed',
  'application/gzip',
  'application/x-gzip',
]);
const unknownTypes = new Set([
  '',
  'application/json',
  'application/x-ndjson',
  'application/jsonl',
  'application/octet-stream',
]);

/** Sorts dragged files by what can be promised about them. Names and formats come with the preview. */
export function groupDrop(types: readonly string[]): readonly DropGroup[] {
  const counts = { table: 0, archive: 0, unknown: 0, refused: 0 };
  for (const type of types) counts[kindOf(type)] += 1;
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({ kind, count: counts[kind], ...words(kind, counts[kind]) }));
}

const kinds = ['table', 'archive', 'unknown', 'refused'] as const;

function kindOf(type: string): DropGroup['kind'] {
  if (tableTypes.has(type)) return 'table';
  if (archiveTypes.has(type)) return 'archive';
  return unknownTypes.has(type) ? 'unknown' : 'refused';
}

function words(kind: DropGroup['kind'], count: number): { title: string; promise: string } {
  const one = count === 1;
  switch (kind) {
    case 'table':
      return {
        title: one ? '1 CSV table' : `${count} CSV tables`,
        promise: 'Billing exports are recognised; unknown columns you map once',
      };
    case 'archive':
      return {
        title: one ? '1 archive' : `${count} archives`,
        promise: 'Each file inside is read on its own',
      };
    case 'unknown':
      return {
        title: one ? '1 file of unknown type' : `${count} files of unknown type`,
        promise: 'Read if it is an agent log (.jsonl)',
      };
    case 'refused':
      return {
        title: one ? '1 other file' : `${count} other files`,
        promise: 'Not a format LLMLab reads: previewed, and left alone',
      };
  }
}
