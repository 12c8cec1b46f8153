import type {
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { type Evidence, noTokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { hasColumns, rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Conversations of ForgeCode (antinomyhq/forgecode conversation_record.rs, 2026): one row each, its messages as JSON.
 * Messages state no time and no id, and compaction takes some of them away again.
 */
export const forge = {
  spec: 1,
  kind: 'log',
  id: 'forge',
  label: 'Forge',
  vendor: 'forge',
  vendorLabel: 'Forge',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    'Tokens are as the API reported them. Forge writes no time per call, so calls stand at the time their conversation had when they were first seen; calls that compaction removed before a scan are lost. The vendor is told from the model’s name.',
  howToGet: 'Found by itself in ~/.forge; or drop .forge.db.',
  hosts: [],
  settings: [],
  locations: (environment: LogEnvironment): readonly LogLocation[] =>
    locationsOf('default', toolFolders(environment).home('.forge', '.forge.db')),
  fileKind: (relativePath: string): LogFileKind | null =>
    /^[^/]*\.db$/.test(relativePath) ? 'database' : null,
  recognises: () => false,
  recognisesDatabase: (db) => hasColumns(db, 'conversations', 'conversation_id', 'workspace_id', 'context'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

interface Conversation {
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
}

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const fields = openFields();
  const rows = rowsOf(db, {
    table: 'conversations',
    columns: ['conversation_id', 'workspace_id', 'context', 'created_at', 'updated_at'],
    // A hash of 64 bits: as a number it would lose its last digits and be another workspace's.
    asText: ['workspace_id'],
    orderBy: ['created_at', 'conversation_id'],
  });
  for (const row of rows) yield* conversationCalls(row, fields);
}

function* conversationCalls(
  row: Fields,
  fields: FieldReader,
): Generator<{ line: number; outcome: RowOutcome }> {
  if (row.context === null) return;
  const id = textOf(row.conversation_id);
  const context = parseFields(textOf(row.context) ?? '');
  if (id === undefined || context === null) {
    const reason = `conversation ${String(id ?? 'without an id').slice(0, 60)} is not valid JSON`;
    return yield { line: 0, outcome: { kind: 'refuse', reason } };
  }
  const seen = new Map<string, number>();
  for (const entry of listOf(context.messages)) {
    const outcome = fields.read(() => {
      const at = utcStamp(fields, row.updated_at ?? row.created_at);
      const conversation = { id, at, workspace: textOf(row.workspace_id) ?? '' };
      return callOutcome(fieldsOf(entry) ?? {}, conversation, { fields, seen });
    });
    yield { line: 0, outcome };
  }
}

interface Reading {
  readonly fields: FieldReader;
  readonly seen: Map<string, number>;
}

function callOutcome(entry: Fields, conversation: Conversation, { fields, seen }: Reading): RowOutcome {
  const usage = fieldsOf(entry.usage);
  if (usage === undefined) return { kind: 'skip', reason: 'not a reply of the model' };
  const reply = fieldsOf(fieldsOf(entry.message)?.text);
  const model = textOf(reply?.model) ?? null;
  const prompt = counted(usage.prompt_tokens, fields);
  const cached = Math.min(counted(usage.cached_tokens, fields), prompt);
  const output = counted(usage.completion_tokens, fields);
  const cost = decimalOfNumber(usage.cost) ?? '0';
  if (prompt + output === 0 && cost === '0') return { kind: 'skip', reason: 'no tokens' };
  const evidence = isEstimate(usage) ? ('estimated' satisfies Evidence) : undefined;
  return {
    kind: 'record',
    record: {
      key: keyOf([conversation.id, toolCallOf(reply), model, prompt, cached, output], seen),
      at: conversation.at,
      grain: 'instant',
      provider: modelVendor(undefined, model),
      model,
      session: conversation.id,
      requests: 1,
      tokens: { ...noTokens, input: prompt - cached, cacheRead: cached, output },
      ...(cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
      ...(evidence !== undefined && { evidence }),
      extras: withoutBlanks({ workspace: conversation.workspace }),
    },
  };
}

/** The place of a message changes with compaction, its own figures do not. */
function keyOf(parts: readonly unknown[], seen: Map<string, number>): string {
  const key = JSON.stringify(parts);
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  return times === 1 ? key : `${key} ${times}`;
}

function toolCallOf(reply: Fields | undefined): string | null {
  return textOf(fieldsOf(listOf(reply?.tool_calls)[0])?.call_id) ?? null;
}

/** `{"actual": 12}`, or `approx` where Forge counted itself; older versions wrote both with a capital. */
function counted(value: unknown, fields: FieldReader): number {
  const count = fieldsOf(value);
  const name = ['actual', 'Actual', 'approx', 'Approx'].find((each) => count?.[each] !== undefined);
  return name === undefined ? 0 : fields.count(count, name);
}

function isEstimate(usage: Fields): boolean {
  return [usage.prompt_tokens, usage.completion_tokens].some((value) => {
    const count = fieldsOf(value);
    return count?.approx !== undefined || count?.Approx !== undefined;
  });
}
