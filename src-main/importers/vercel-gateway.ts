import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Tokens } from '../platform/record.ts';
import { bucketKey } from './dialects/columns.ts';
import { type Read, whole } from './dialects/documents.ts';
import { splitPrompt, statedCost } from './dialects/gateway-call.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';

/**
 * Report of the Vercel AI Gateway by day (GET /v1/report, vercel.com/docs/ai-gateway/observability-and-spend/
 * custom-reporting, September 2026). `total_cost` is what Vercel charges, 0 for calls with your own key; `market_cost`
 * is the list price.
 */
export const vercelGateway = {
  spec: 1,
  kind: 'log',
  id: 'vercel-gateway',
  label: 'Vercel AI Gateway report',
  vendor: 'vercel',
  vendorLabel: 'Vercel',
  evidence: 'billed',
  coverage: 'account',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What Vercel charges per day and model; calls with your own vendor key are charged by that vendor and cost nothing here. Days are UTC, the newest may still grow.',
  howToGet:
    'Save the answer of GET https://ai-gateway.vercel.sh/v1/report?start_date=…&end_date=…&date_part=day&group_by=model as .json.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises: (head) =>
    /^\s*\{\s*"results"\s*:/.test(head) &&
    ['"total_cost"', '"request_count"'].every((name) => head.includes(name)),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function* readDocument(text: string): Generator<Read, void> {
  const report = parseFields(text);
  if (report === null) return yield whole({ kind: 'refuse', reason: 'the file is not valid JSON' });
  const rows = listOf(report.results).map((row) => fieldsOf(row) ?? {});
  const [reader, keyOf] = [openFields(), bucketKey];
  const facts = { cut: cutOf(rows), isBeside: countsBeside(rows), keyOf };
  for (const row of rows) yield whole(reader.read(() => bucketOf(row, facts, reader)));
}

const dimensions = ['model', 'provider', 'user', 'tag', 'credential_type', 'api_key_id', 'project_id'];

/** A report is grouped by one thing; two groupings of a day, or its hours beside it, state the same calls twice. */
function cutOf(rows: readonly Fields[]): string {
  const grouped = dimensions.filter((name) => rows.some((row) => textOf(row[name]) !== undefined));
  const by = grouped.length === 0 ? 'as a whole' : `by ${grouped.join(', ').replaceAll('_', ' ')}`;
  return rows.some((row) => textOf(row.hour) !== undefined) ? `${by}, hours` : by;
}

interface Report {
  readonly cut: string;
  readonly isBeside: boolean;
  readonly keyOf: (dimensions: readonly string[]) => string;
}

function bucketOf(row: Fields, { cut, isBeside, keyOf }: Report, reader: FieldReader): RowOutcome {
  const value = statedCost(row, 'total_cost', reader);
  if (value === null) return { kind: 'refuse', reason: 'the row has no total_cost' };
  const stamp = textOf(row.hour) ?? textOf(row.day);
  if (stamp === undefined) return { kind: 'refuse', reason: 'the row has no day: ask for date_part=day' };
  const market = statedCost(row, 'market_cost', reader);
  return {
    kind: 'record',
    record: {
      key: keyOf([stamp, ...dimensions.map((name) => textOf(row[name]) ?? '')]),
      at: startOf(stamp, reader),
      grain: textOf(row.hour) === undefined ? 'day' : 'hour',
      cut,
      provider: 'vercel',
      model: textOf(row.model) ?? null,
      project: textOf(row.tag) ?? textOf(row.project_id) ?? null,
      requests: reader.count(row, 'request_count'),
      tokens: tokensOf(row, isBeside, reader),
      amount: { value, currency: 'USD' },
      ...(market !== null && market !== value && { extras: { marketCostUsd: market } }),
    },
  };
}

function startOf(stamp: string, reader: FieldReader): number {
  const [, date, hour = '00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2})(?::00){1,2}(?:\.0+)?Z?)?$/.exec(stamp) ?? [];
  return reader.moment(date === undefined ? stamp : `${date}T${hour}:00:00Z`);
}

/** Input includes cached tokens, as in the gateway's replies, unless a row of the report has more of them than input. */
function countsBeside(rows: readonly Fields[]): boolean {
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  return rows.some(
    (row) =>
      number(row.cached_input_tokens) + number(row.cache_creation_input_tokens) > number(row.input_tokens),
  );
}

function tokensOf(row: Fields, isBeside: boolean, reader: FieldReader): Tokens {
  const tokens = splitPrompt(
    {
      prompt: reader.count(row, 'input_tokens'),
      output: reader.count(row, 'output_tokens'),
      cacheRead: reader.count(row, 'cached_input_tokens'),
      cacheWrite: reader.count(row, 'cache_creation_input_tokens'),
      total: 0,
      isBeside,
    },
    reader,
  );
  return { ...tokens, reasoning: Math.min(reader.count(row, 'reasoning_tokens'), tokens.output) };
}
