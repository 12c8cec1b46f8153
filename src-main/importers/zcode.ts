import type {
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { type FieldReader, type Fields, openFields, textOf } from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { hasColumns, rowsOf, unixStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Calls of ZCode, the coding tool of Z.ai (database of 2026): one row per call, also of those that failed. */
export const zcode = {
  spec: 1,
  kind: 'log',
  id: 'zcode',
  label: 'ZCode',
  vendor: 'zcode',
  vendorLabel: 'ZCode',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  accuracy:
    'Tokens are as the API reported them; calls through a coding plan of Z.ai are marked as covered by it.',
  howToGet: 'Found by itself in ~/.zcode/cli/db; or drop db.sqlite.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath: string): LogFileKind | null =>
    /^[^/]+\.(?:sqlite3?|db)$/.test(relativePath) ? 'database' : null,
  recognises: () => false,
  recognisesDatabase: (db) =>
    hasColumns(db, 'model_usage', 'model_id', 'started_at', 'cache_read_input_tokens'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, named } = toolFolders(environment);
  for (const variable of ['ZCODE_SESSION_DB_PATH', 'ZCODE_SESSION_DB']) {
    const chosen = named(variable);
    if (chosen.length > 0) return locationsOf(variable, ...chosen);
  }
  return locationsOf('default', home('.zcode', 'cli', 'db', 'db.sqlite'));
}

const usageColumns = [
  ...['input_tokens', 'output_tokens', 'reasoning_tokens', 'cache_creation_input_tokens'],
  ...['cache_read_input_tokens', 'computed_total_tokens'],
] as const;

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const folders = new Map<string, string>();
  for (const { id, directory } of rowsOf(db, { table: 'session', columns: ['id', 'directory'] }))
    if (typeof directory === 'string') folders.set(String(id), directory);
  const fields = openFields();
  const rows = rowsOf(db, {
    table: 'model_usage',
    columns: [
      'id',
      'session_id',
      'provider_id',
      'model_id',
      'agent',
      'status',
      'started_at',
      ...usageColumns,
    ],
    orderBy: ['started_at', 'id'],
  });
  for (const row of rows) {
    const folder = folders.get(String(row.session_id));
    yield { line: 0, outcome: fields.read(() => callOutcome(row, folder, fields)) };
  }
}

function callOutcome(row: Fields, folder: string | undefined, fields: FieldReader): RowOutcome {
  const tokens = callTokens(row, fields);
  const { input, cacheRead, cacheWriteUnknown, output } = tokens;
  if (input + cacheRead + cacheWriteUnknown + output === 0) return { kind: 'skip', reason: 'no tokens' };
  const { vendor, isPlan } = vendorOf(textOf(row.provider_id) ?? '');
  const model = textOf(row.model_id) ?? null;
  const session = textOf(row.session_id) ?? null;
  return {
    kind: 'record',
    record: {
      key: textOf(row.id) ?? JSON.stringify([session, row.id, row.started_at, model]),
      at: unixStamp(fields, row.started_at),
      grain: 'instant',
      provider: modelVendor(vendor, model),
      model,
      project: projectOf(folder),
      session,
      requests: 1,
      tokens,
      ...(isPlan && { coveredByPlan: true }),
      ...statusOf(row.status),
      extras: withoutBlanks({ cwd: folder ?? '', agent: textOf(row.agent) ?? '' }),
    },
  };
}

function statusOf(status: unknown): { status?: string } {
  if (typeof status !== 'string' || /^(?:|completed|success|succeeded|ok)$/i.test(status)) return {};
  return { status: status.slice(0, 40) };
}

/** `builtin:zai-coding-plan` is Z.ai, paid by its plan; a name of the user's own is that of the vendor. */
function vendorOf(name: string): { readonly vendor: string; readonly isPlan: boolean } {
  const own = name.replace(/^builtin:/, '');
  const vendor = own.replace(/-(?:coding|start)-plan$/, '');
  return { vendor, isPlan: vendor !== own };
}

/** Input holds what was read from and written to the cache. Output holds the reasoning unless the total says otherwise. */
function callTokens(row: Fields, fields: FieldReader): Tokens {
  const [input = 0, output = 0, reasoning = 0, written = 0, read = 0, total = 0] = usageColumns.map((name) =>
    fields.count(row, name),
  );
  const isBeside = total > 0 && reasoning > 0 && total === input + output + reasoning;
  const isDisjoint = total > 0 && read + written > 0 && total >= input + output + read + written;
  return {
    ...noTokens,
    input: isDisjoint ? input : Math.max(0, input - read - written),
    cacheRead: read,
    cacheWriteUnknown: written,
    output: isBeside ? output + reasoning : output,
    reasoning: isBeside ? reasoning : Math.min(reasoning, output),
  };
}
