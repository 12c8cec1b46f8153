import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { openColumns, repeatedColumnWarnings } from './dialects/columns.ts';
import { langfuseFacts, openObservations } from './dialects/langfuse-observation.ts';

/** CSV of Langfuse's observations. Cells that were no plain text are JSON: times stand in quotes of their own. */
export const langfuseObservations = {
  ...langfuseFacts,
  spec: 1,
  kind: 'table',
  id: 'langfuse-observations',
  label: 'Langfuse observations export (CSV)',
  howToGet: 'Langfuse > Tracing > Observations > Export > CSV. Not the traces: they repeat the observations.',
  matches: (columns) => ['traceid', 'usagedetails', 'costdetails'].every((name) => columns.has(name)),
  open: openExport,
} as const satisfies TableImporter;

const names = [
  ...['id', 'traceId', 'startTime', 'type', 'environment', 'level', 'metadata', 'model', 'promptName'],
  ...['usageDetails', 'costDetails', 'totalCost', 'inputUsage', 'outputUsage', 'traceName', 'sessionId'],
];

function openExport(file: TableFile): TableReader {
  const columns = openColumns(file);
  const places = names.map((name) => [name, columns.at(name.toLowerCase())] as const);
  const observationOf = openObservations();

  function observation(): RowOutcome {
    const row = Object.fromEntries(places.map(([name, column]) => [name, textOfCell(columns.text(column))]));
    for (const name of ['usageDetails', 'costDetails'])
      if (row[name] !== '' && !isJson(row[name] ?? '')) columns.refuse(`${name} is not valid JSON`);
    return observationOf(row);
  }

  return { row: (cells) => columns.read(cells, observation), end: () => repeatedColumnWarnings(columns) };
}

/** A cell of JSON text without its quotes; objects are left as they are. */
function textOfCell(cell: string): string {
  if (!cell.startsWith('"') || !isJson(cell)) return cell;
  return String(JSON.parse(cell));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
