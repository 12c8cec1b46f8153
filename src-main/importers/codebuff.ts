import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import { notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  openFields,
  textOf,
} from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { makerOf } from './dialects/model-maker.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Chats of Codebuff, earlier Manicode (2025 to 2026): one JSON list of messages each. */
export const codebuff = {
  spec: 1,
  kind: 'log',
  id: 'codebuff',
  label: 'Codebuff',
  vendor: 'codebuff',
  vendorLabel: 'Codebuff',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  accuracy:
    'Tokens are as the messages state them, valued at list prices; messages with credits but no tokens are passed over. Codebuff bills credits: they are kept with each record and are not turned into money.',
  howToGet: 'Found by itself in ~/.config/manicode/projects; or drop a chat-messages.json.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)chat-messages\.json$/.test(relativePath) ? 'document' : null),
  recognises: (head) => /^\s*\[/.test(head) && firstKeys(head).has('variant'),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

/** One folder for each channel: `manicode`, `manicode-dev`, `manicode-staging`. */
function locations(environment: LogEnvironment): readonly LogLocation[] {
  return locationsOf('default', toolFolders(environment).home('.config', 'manicode*', 'projects'));
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const messages = listIn(text);
  if (messages === null) return yield notADocument;
  const fields = openFields();
  for (const [place, value] of messages.entries())
    yield whole(fields.read(() => outcomeOf(fieldsOf(value), { place, file }, fields)));
}

function listIn(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

interface Origin {
  readonly place: number;
  readonly file: LogFile;
}

function outcomeOf(message: Fields | undefined, origin: Origin, fields: FieldReader): RowOutcome {
  const metadata = fieldsOf(message?.metadata);
  const usage = fieldsOf(metadata?.usage) ?? fieldsOf(fieldsOf(metadata?.codebuff)?.usage);
  if (message?.variant !== 'ai') return { kind: 'skip', reason: 'not a reply of the model' };
  const tokens = bucketsBeside({
    input: fields.count(usage, 'inputTokens'),
    cacheRead: fields.count(usage, 'cacheReadInputTokens'),
    cacheWrite: fields.count(usage, 'cacheCreationInputTokens'),
    output: fields.count(usage, 'outputTokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const chat = chatOf(origin.file);
  const model = textOf(metadata?.model);
  const stated = timeIn(message.timestamp);
  // Neither depends on the folder, so that a copy of the file is the same chat.
  const id = textOf(message.id) ?? `${origin.place}:${model}:${Object.values(tokens).join(',')}`;
  return {
    kind: 'record',
    record: {
      key: `${id}:${keyText(message.timestamp)}`,
      at: stated ?? chat.startedAt ?? fields.epochMs(origin.file.modifiedAt),
      grain: 'instant',
      provider: makerOf(model) || 'codebuff',
      model: model ?? null,
      project: chat.project,
      session: chat.id,
      requests: 1,
      tokens,
      extras: withoutBlanks({
        credits: decimalOfNumber(message.credits) ?? '',
        timeFrom: stated === null ? (chat.startedAt === null ? 'file' : 'chat') : '',
      }),
    },
  };
}

/** `<project>/chats/<start>/chat-messages.json`, where the start is an ISO time with `-` for `:`. */
function chatOf({ relativePath }: LogFile) {
  const [, project, id] = /([^/]+)\/chats\/([^/]+)\/[^/]+$/.exec(relativePath) ?? [];
  const start = id?.replace(/T(\d\d)-(\d\d)-(\d\d)/, 'T$1:$2:$3');
  return { project: project ?? null, id: id ?? null, startedAt: timeIn(start) };
}
