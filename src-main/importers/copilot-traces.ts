import type { LogImporter, ReadonlyDatabase, RowOutcome } from '../platform/importer.ts';
import { copilotCall, copilotSpanKeys, modelCall, spanNames } from './dialects/copilot-span.ts';
import { type Read, whole } from './dialects/documents.ts';
import { editorStorage } from './dialects/editor-storage.ts';
import { type Fields, openFields, textOf } from './dialects/json-fields.ts';
import { hasColumns, rowsOf } from './dialects/sqlite-rows.ts';

const provider = 'github-copilot';

/**
 * Spans Copilot Chat keeps in the editor's storage when its setting says so (`agent-traces.db`, schema 1 of 2026).
 * The editor deletes them after a week; what was read stays.
 */
export const copilotTraces = {
  spec: 1,
  kind: 'log',
  id: 'copilot-traces',
  label: 'GitHub Copilot Chat',
  vendor: provider,
  vendorLabel: 'GitHub Copilot',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'first',
  keyScope: 'global',
  keySpace: copilotSpanKeys,
  accuracy:
    'Tokens are as the API reported them. The editor keeps spans only when told to, and for a week. What GitHub bills is in its billing report.',
  howToGet:
    'Found by itself in the storage of VS Code and its relatives once github.copilot.chat.otel.dbSpanExporter.enabled is set; or drop agent-traces.db.',
  hosts: [],
  settings: [],
  locations: (environment) => editorStorage(environment, 'github.copilot-chat', 'agent-traces.db'),
  fileKind: (relativePath) => (/(?:^|\/)agent-traces\.db$/.test(relativePath) ? 'database' : null),
  recognises: () => false,
  recognisesDatabase: (db) =>
    hasColumns(db, 'spans', 'span_id', 'trace_id') &&
    hasColumns(db, 'span_attributes', 'span_id', 'key', 'value'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

/** Columns of a span that repeat an attribute of it. */
const copies: Readonly<Record<string, string>> = {
  operation_name: 'gen_ai.operation.name',
  conversation_id: 'gen_ai.conversation.id',
  request_model: 'gen_ai.request.model',
  response_model: 'gen_ai.response.model',
  input_tokens: 'gen_ai.usage.input_tokens',
  output_tokens: 'gen_ai.usage.output_tokens',
  cached_tokens: 'gen_ai.usage.cache_read.input_tokens',
  reasoning_tokens: 'gen_ai.usage.reasoning_tokens',
  chat_session_id: 'copilot_chat.chat_session_id',
};

function* readDatabase(db: ReadonlyDatabase): Generator<Read> {
  const attributesOf = attributesBySpan(db);
  const spans = {
    table: 'spans',
    columns: ['span_id', 'trace_id', 'start_time_ms', 'end_time_ms', ...Object.keys(copies)],
    orderBy: ['end_time_ms', 'span_id'],
  };
  for (const row of rowsOf(db, spans))
    yield whole(outcomeOf(row, attributesOf.get(textOf(row.span_id) ?? '')));
}

/** Only attributes that are read are taken out of the table: others hold whole conversations. */
function attributesBySpan(db: ReadonlyDatabase): ReadonlyMap<string, Fields> {
  const all = new Map<string, Record<string, unknown>>();
  if (!hasColumns(db, 'span_attributes', 'span_id', 'key', 'value')) return all;
  const names = Object.values(spanNames).flat();
  const rows = db.query(
    `SELECT span_id, key, value FROM span_attributes WHERE key IN (${names.map(() => '?').join(', ')})`,
    ...names,
  );
  for (const { span_id, key, value } of rows) {
    const id = String(span_id);
    const known = all.get(id) ?? {};
    known[String(key)] = value;
    all.set(id, known);
  }
  return all;
}

function outcomeOf(row: Fields, stated: Fields = {}): RowOutcome {
  const own = Object.entries(copies).map(([column, name]) => [name, row[column]]);
  const attributes: Fields = { ...Object.fromEntries(own), ...stated };
  if (attributes['gen_ai.operation.name'] !== modelCall)
    return { kind: 'skip', reason: 'not a call to a model' };
  const fields = openFields();
  return fields.read(() => {
    const at = fields.epochMs(row.end_time_ms ?? row.start_time_ms ?? undefined);
    const span = { traceId: textOf(row.trace_id), spanId: textOf(row.span_id), at, attributes };
    const record = copilotCall(span, provider, fields);
    return record === null ? { kind: 'skip', reason: 'no tokens' } : { kind: 'record', record };
  });
}
