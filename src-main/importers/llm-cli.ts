import type {
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { hasColumns, rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Tables that hold calls (simonw/llm migrations.py): the older one, and the one of the rewrite of 2026. */
const tables = [
  { table: 'responses', conversation: 'conversation_id' },
  { table: 'turns', conversation: 'thread_id' },
] as const;

/**
 * The log of the `llm` command. Calls of the older table were copied into the newer one under their ids, so a call that
 * stands in both counts once.
 */
export const llmCli = {
  spec: 1,
  kind: 'log',
  id: 'llm-cli',
  label: 'llm',
  vendor: 'llm',
  vendorLabel: 'llm',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    'Tokens are as the API reported them. The vendor is told from the model’s name; a call made while logging was off is not in it.',
  howToGet: 'Found by itself (`llm logs path` prints where); or drop logs.db.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: () => false,
  recognisesDatabase: (db) =>
    tables.some(({ table, conversation }) =>
      hasColumns(db, table, conversation, 'token_details', 'datetime_utc'),
    ),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { appData, join, named } = toolFolders(environment);
  const chosen = named('LLM_USER_PATH').map((folder) => join(folder, 'logs.db'));
  return chosen.length > 0
    ? locationsOf('LLM_USER_PATH', ...chosen)
    : locationsOf('default', appData('io.datasette.llm', 'logs.db'));
}

function fileKind(relativePath: string): LogFileKind | null {
  return /^[^/]+\.(?:db|sqlite3?)$/.test(relativePath) ? 'database' : null;
}

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const fields = openFields();
  for (const { table, conversation } of tables) {
    const rows = rowsOf(db, {
      table,
      columns: [
        ...['id', conversation, 'model', 'resolved_model', 'datetime_utc'],
        ...['input_tokens', 'output_tokens', 'token_details'],
      ],
      orderBy: ['datetime_utc', 'id'],
    });
    for (const row of rows)
      yield { line: 0, outcome: fields.read(() => callOutcome(row, conversation, fields)) };
  }
}

function callOutcome(row: Fields, conversation: string, fields: FieldReader): RowOutcome {
  if (row.input_tokens === null && row.output_tokens === null) return { kind: 'skip', reason: 'no tokens' };
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the call has no id' };
  const model = textOf(row.resolved_model) ?? textOf(row.model) ?? null;
  return {
    kind: 'record',
    record: {
      key: id,
      at: utcStamp(fields, row.datetime_utc),
      grain: 'instant',
      // The name the user called it by can say by which way (`openrouter/…`); the resolved one is the model itself.
      provider: modelVendor(undefined, textOf(row.model) ?? model),
      model,
      session: textOf(row[conversation]) ?? null,
      requests: 1,
      tokens: callTokens(row, fields),
    },
  };
}

/** What was left of the vendor's usage once input and output were taken out of it tells what those two hold. */
function callTokens(row: Fields, fields: FieldReader): Tokens {
  const input = fields.count(row, 'input_tokens');
  const output = fields.count(row, 'output_tokens');
  const details = parseFields(textOf(row.token_details) ?? '') ?? {};
  const { cached, beside } = cacheOf(details, fields);
  const reasoning = reasoningOf(details, output, fields);
  return {
    ...noTokens,
    input: Math.max(0, input - cached),
    cacheRead: Math.min(cached, input) + beside.read,
    cacheWrite5m: beside.write5m,
    cacheWrite1h: beside.write1h,
    cacheWriteUnknown: Math.max(0, beside.written - beside.write5m - beside.write1h),
    output: output + reasoning.beside,
    reasoning: Math.min(reasoning.inside, output) + reasoning.beside,
  };
}

/** OpenAI and Gemini count cached tokens in the input, Anthropic beside it. */
function cacheOf(details: Fields, fields: FieldReader) {
  const prompt = fieldsOf(details.prompt_tokens_details) ?? fieldsOf(details.input_tokens_details);
  const split = fieldsOf(details.cache_creation);
  return {
    cached: fields.count(prompt, 'cached_tokens') + fields.count(details, 'cachedContentTokenCount'),
    beside: {
      read: fields.count(details, 'cache_read_input_tokens'),
      written: fields.count(details, 'cache_creation_input_tokens'),
      write5m: fields.count(split, 'ephemeral_5m_input_tokens'),
      write1h: fields.count(split, 'ephemeral_1h_input_tokens'),
    },
  };
}

/** Gemini's thoughts are beside its candidates; newer versions of its plugin add them to the output and leave both. */
function reasoningOf(details: Fields, output: number, fields: FieldReader) {
  const completion = fieldsOf(details.completion_tokens_details) ?? fieldsOf(details.output_tokens_details);
  const thoughts = fields.count(details, 'thoughtsTokenCount');
  const isAdded =
    typeof details.candidatesTokenCount === 'number' && details.candidatesTokenCount + thoughts === output;
  return {
    inside: fields.count(completion, 'reasoning_tokens') + (isAdded ? thoughts : 0),
    beside: isAdded ? 0 : thoughts,
  };
}
