import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import type { ImportedRecord, Tokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import { nameWithout, notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  listOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { makerOf } from './dialects/model-maker.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Threads of Amp, one JSON document each (2025 to 2026). Newer versions keep threads on the server. */
export const amp = {
  spec: 1,
  kind: 'log',
  id: 'amp',
  label: 'Amp',
  vendor: 'amp',
  vendorLabel: 'Amp',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  accuracy:
    'Tokens are as the thread states them, valued at list prices. Amp bills credits: they are kept with each record and are not turned into money. Newer versions keep threads on the server, so the folder can be incomplete.',
  howToGet: 'Found by itself in ~/.local/share/amp/threads; or drop a thread (.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)T-[^/]*\.json$/.test(relativePath) ? 'document' : null),
  recognises: (head) => /"id":\s*"T-/.test(head) && ['id', 'created', 'messages'].every(has(head)),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function has(head: string): (name: string) => boolean {
  const keys = firstKeys(head);
  return (name) => keys.has(name);
}

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { xdgData, join, named } = toolFolders(environment);
  const roots = named('AMP_DATA_DIR');
  if (roots.length > 0) return locationsOf('AMP_DATA_DIR', ...roots.map((root) => join(root, 'threads')));
  const why = environment.env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  return locationsOf(why, xdgData('amp', 'threads'));
}

/** A call as the thread's ledger and its message state it; at least one of them does. */
interface Call {
  readonly id: string;
  readonly event: Fields | undefined;
  readonly usage: Fields | undefined;
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const thread = parseFields(text);
  if (thread === null) return yield notADocument;
  const fields = openFields();
  for (const call of callsOf(thread)) yield whole(fields.read(() => outcomeOf(call, thread, file, fields)));
}

/**
 * The ledger is what is billed, and it can lack calls: a message counts by itself only where no event is about it. A
 * call is named by its message where there is one, so that it keeps its name when the ledger catches up.
 */
function callsOf(thread: Fields): readonly Call[] {
  const usages = new Map<string, Fields>();
  for (const [place, value] of listOf(thread.messages).entries()) {
    const message = fieldsOf(value);
    const usage = fieldsOf(message?.usage);
    if (message?.role !== 'assistant' || usage === undefined) continue;
    usages.set(keyText(message.messageId ?? `at ${place}`), usage);
  }
  const events = listOf(fieldsOf(thread.usageLedger)?.events)
    .map(fieldsOf)
    .filter((event) => event !== undefined);
  const taken = new Set<string>();
  const billed = events.map((event) => {
    const named = messageOf(event, usages);
    // A message can be billed in several events: the first has its name and its counts.
    const id = named === undefined || taken.has(named) ? undefined : named;
    const usage = id === undefined ? undefined : usages.get(id);
    if (id !== undefined) {
      taken.add(id);
      usages.delete(id);
    }
    return { id: id === undefined ? eventId(event) : `message ${id}`, event, usage };
  });
  const rest = [...usages].map(([id, usage]) => ({ id: `message ${id}`, event: undefined, usage }));
  return [...billed, ...rest];
}

/** The message an event is about: the one it names, whether or not it states its usage yet, else the first of the same model and tokens. */
function messageOf(event: Fields, usages: ReadonlyMap<string, Fields>): string | undefined {
  const named = event.toMessageId;
  if (named !== undefined && named !== null) return keyText(named);
  const tokens = fieldsOf(event.tokens);
  return [...usages].find(
    ([, { model, inputTokens, outputTokens }]) =>
      model === event.model && inputTokens === tokens?.input && outputTokens === tokens?.output,
  )?.[0];
}

function eventId({ id, timestamp, model, tokens }: Fields): string {
  return `event ${textOf(id) ?? JSON.stringify([timestamp, model, tokens])}`;
}

function outcomeOf(call: Call, thread: Fields, file: LogFile, fields: FieldReader): RowOutcome {
  const tokens = tokensOf(call, fields);
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  return { kind: 'record', record: recordOf(call, tokens, thread, file, fields) };
}

/** Events leave out the cache, which the message states. */
function tokensOf({ event, usage }: Call, fields: FieldReader): Tokens {
  const counted = fieldsOf(event?.tokens);
  const isSplit = typeof counted?.input === 'number' || typeof counted?.output === 'number';
  if (counted !== undefined && !isSplit && usage === undefined && fields.count(counted, 'total') > 0)
    fields.refuse(`the event states a total of ${counted.total} tokens and not what they are`);
  const cache = (name: string) =>
    fields.count(typeof counted?.[name] === 'number' || usage === undefined ? counted : usage, name);
  return bucketsBeside({
    input: isSplit ? fields.count(counted, 'input') : fields.count(usage, 'inputTokens'),
    output: isSplit ? fields.count(counted, 'output') : fields.count(usage, 'outputTokens'),
    cacheRead: cache('cacheReadInputTokens'),
    cacheWrite: cache('cacheCreationInputTokens'),
  });
}

function recordOf(
  { id, event, usage }: Call,
  tokens: Tokens,
  thread: Fields,
  file: LogFile,
  fields: FieldReader,
): ImportedRecord {
  const threadId = textOf(thread.id) ?? nameWithout(file, /\.json$/);
  const model = textOf(event?.model) ?? textOf(usage?.model);
  const stated = timeIn(event?.timestamp) ?? timeIn(usage?.timestamp);
  return {
    key: `${threadId}:${id}`,
    at: stated ?? fields.epochMs(thread.created),
    grain: 'instant',
    provider: makerOf(model) || 'amp',
    model: model ?? null,
    session: threadId,
    requests: 1,
    tokens,
    precedence: event === undefined ? 0 : 1,
    extras: withoutBlanks({
      credits: decimalOfNumber(event?.credits ?? usage?.credits) ?? '',
      operation: textOf(event?.operationType) ?? '',
      timeFrom: stated === null ? 'thread' : '',
    }),
  };
}
