import type { LineReader, LogFile, LogImporter, RowOutcome } from '../platform/importer.ts';
import type { ImportedRecord, Tokens } from '../platform/record.ts';
import { notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  listOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Chats of LM Studio, one JSON document each, and what `lms log stream --json` prints, which also sees the local
 * server (2025 to 2026; undocumented, so fields are looked for and not relied on).
 */
export const lmStudio = {
  spec: 1,
  kind: 'log',
  id: 'lm-studio',
  label: 'LM Studio',
  vendor: 'lmstudio',
  vendorLabel: 'LM Studio',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'local',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as LM Studio counted them, at no cost. A chat states one time for all its calls. A recorded stream holds the calls of chats too: count one of them. Calls to the local server are stored nowhere else.',
  howToGet:
    'Chats are found by themselves in ~/.lmstudio/conversations; for the server, drop what "lms log stream --json" printed (.jsonl).',
  hosts: [],
  settings: [],
  locations: (environment) => {
    const { home } = toolFolders(environment);
    return locationsOf(
      'default',
      home('.lmstudio', 'conversations'),
      home('.cache', 'lm-studio', 'conversations'),
    );
  },
  fileKind: (relativePath) => (relativePath.endsWith('.conversation.json') ? 'document' : null),
  recognises: (head) => isChat(head) || /^\s*\{[^\n]*"type":\s*"llm\.prediction\.(?:in|out)put"/.test(head),
  needles: ['llm.prediction.output'],
  openLines,
  readDocument,
} as const satisfies LogImporter;

function isChat(head: string): boolean {
  const keys = firstKeys(head);
  return (
    ['name', 'createdAt', 'messages'].every((name) => keys.has(name)) &&
    ['"versions"', '"currentlySelected"'].every((name) => head.includes(name))
  );
}

function* readDocument(text: string): Generator<Read> {
  const chat = parseFields(text);
  if (chat === null) return yield notADocument;
  const fields = openFields();
  for (const { place, info } of generationsOf(chat))
    yield whole(fields.read(() => generation(chat, place, info, fields)));
}

/** A version that was regenerated is work too, whichever one the chat shows. */
function generationsOf(chat: Fields): readonly { place: string; info: Fields }[] {
  return listOf(chat.messages).flatMap((message, m) =>
    listOf(fieldsOf(message)?.versions).flatMap((version, v) =>
      [version, ...listOf(fieldsOf(version)?.steps)].flatMap((step, s) => {
        const info = fieldsOf(fieldsOf(step)?.genInfo);
        return info === undefined ? [] : [{ place: `${m}.${v}.${s}`, info }];
      }),
    ),
  );
}

function generation(chat: Fields, place: string, info: Fields, fields: FieldReader): RowOutcome {
  const model = textOf(info.identifier) ?? textOf(fieldsOf(chat.lastUsedModel)?.identifier);
  const at = fields.epochMs(chat.createdAt);
  const call = callOf(fieldsOf(info.stats), { at, model, key: `${at}:${place}` }, fields);
  return call === null
    ? { kind: 'skip', reason: 'no tokens' }
    : { kind: 'record', record: { ...call, session: String(at), extras: { timeFrom: 'chat' } } };
}

function openLines(_: LogFile): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : fields.read(() => prediction(entry, fields));
    },
    state: () => null,
  };
}

function prediction({ timestamp, data }: Fields, fields: FieldReader): RowOutcome {
  const event = fieldsOf(data);
  if (event?.type !== 'llm.prediction.output') return { kind: 'skip', reason: 'not a finished reply' };
  const stats = fieldsOf(event.stats);
  const at = fields.epochMs(numeric(timestamp));
  const model = textOf(event.modelIdentifier);
  const id =
    textOf(event.predictionId) ??
    [model, stats?.promptTokensCount, stats?.predictedTokensCount].map(keyText).join(':');
  const call = callOf(stats, { at, model, key: `${at}:${id}` }, fields);
  return call === null ? { kind: 'skip', reason: 'no tokens' } : { kind: 'record', record: call };
}

interface Named {
  readonly at: number;
  readonly model: string | undefined;
  readonly key: string;
}

function callOf(
  stats: Fields | undefined,
  { at, model, key }: Named,
  fields: FieldReader,
): ImportedRecord | null {
  const tokens = tokensOf(stats, fields);
  if (isEmpty(tokens)) return null;
  return {
    key,
    at,
    grain: 'instant',
    provider: 'lmstudio',
    model: model ?? null,
    requests: 1,
    tokens,
  };
}

function tokensOf(stats: Fields | undefined, fields: FieldReader): Tokens {
  const counted = {
    promptTokensCount: numeric(stats?.promptTokensCount),
    predictedTokensCount: numeric(stats?.predictedTokensCount),
  };
  return bucketsBeside({
    input: fields.count(counted, 'promptTokensCount'),
    output: fields.count(counted, 'predictedTokensCount'),
  });
}

/** Some builds print numbers as texts. */
function numeric(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}
