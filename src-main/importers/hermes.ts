import type {
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import { type FieldReader, type Fields, openFields, textOf } from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { hasColumns, rowsOf, unixStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Hermes Agent's sessions (NousResearch, state.db of 2026): one row of totals per session. */
export const hermes = {
  spec: 1,
  kind: 'log',
  id: 'hermes',
  label: 'Hermes Agent',
  vendor: 'hermes',
  vendorLabel: 'Hermes Agent',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    'Totals per session, not per call, on the day the session began. A cost the vendor stated goes before Hermes’s own estimate.',
  howToGet: 'Found by itself in ~/.hermes; or drop state.db.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: () => false,
  recognisesDatabase: (db) =>
    hasColumns(db, 'sessions', 'billing_provider', 'cache_read_tokens', 'started_at'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const chosen = named('HERMES_HOME');
  const why = chosen.length > 0 ? 'HERMES_HOME' : 'default';
  const homes = chosen.length > 0 ? chosen : [home('.hermes')];
  return locationsOf(
    why,
    ...homes.flatMap((folder) => [join(folder, 'state.db'), join(folder, 'profiles', '*', 'state.db')]),
  );
}

function fileKind(relativePath: string): LogFileKind | null {
  return /^[^/]+\.db$/.test(relativePath) ? 'database' : null;
}

const counters = ['input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens'] as const;

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const fields = openFields();
  const rows = rowsOf(db, {
    table: 'sessions',
    columns: [
      ...['id', 'source', 'model', 'cwd', 'billing_provider', 'billing_mode', 'started_at', 'api_call_count'],
      ...counters,
      ...['reasoning_tokens', 'estimated_cost_usd', 'actual_cost_usd', 'cost_status'],
    ],
    orderBy: ['started_at', 'id'],
  });
  for (const row of rows) yield { line: 0, outcome: fields.read(() => sessionOutcome(row, fields)) };
}

function sessionOutcome(row: Fields, fields: FieldReader): RowOutcome {
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the session has no id' };
  const [input = 0, cacheRead = 0, cacheWriteUnknown = 0, output = 0] = counters.map((name) =>
    fields.count(row, name),
  );
  const cost = costOf(row);
  if (input + cacheRead + cacheWriteUnknown + output === 0 && cost === undefined)
    return { kind: 'skip', reason: 'no tokens' };
  const model = textOf(row.model) ?? null;
  const cwd = textOf(row.cwd);
  const isCovered = row.cost_status === 'included' || row.billing_mode === 'subscription_included';
  return {
    kind: 'record',
    record: {
      key: id,
      at: unixStamp(fields, row.started_at),
      grain: 'instant',
      provider: modelVendor(textOf(row.billing_provider), model),
      model,
      project: projectOf(cwd),
      session: id,
      requests: fields.count(row, 'api_call_count'),
      tokens: {
        ...noTokens,
        ...{ input, cacheRead, cacheWriteUnknown, output },
        reasoning: Math.min(fields.count(row, 'reasoning_tokens'), output),
      },
      ...(isCovered ? { coveredByPlan: true } : cost),
      extras: withoutBlanks({ cwd: cwd ?? '', from: textOf(row.source) ?? '' }),
    },
  };
}

/** What the vendor stated replaces the estimate even where it is less. Zero is written where nothing is known. */
function costOf(row: Fields) {
  const [actual, estimated] = [row.actual_cost_usd, row.estimated_cost_usd].map(decimalOfNumber);
  if (actual && actual !== '0')
    return {
      amount: { value: actual, currency: 'USD' },
      evidence: 'metered' as const,
      precedence: 1,
    };
  return estimated && estimated !== '0' ? { amount: { value: estimated, currency: 'USD' } } : undefined;
}
