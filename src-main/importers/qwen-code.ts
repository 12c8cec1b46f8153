import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import type { ImportedRecord, Tokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { geminiRecord, isQwenRecording } from './dialects/gemini-message.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { projectOf } from './dialects/project.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const provider = 'alibaba';

/**
 * Chat recordings of Qwen Code, a fork of the Gemini CLI: lines that form a tree (0.5 to 0.18, 2025 to 2026), and
 * the older documents in the layout of the Gemini CLI.
 */
export const qwenCode = {
  spec: 1,
  kind: 'log',
  id: 'qwen-code',
  label: 'Qwen Code',
  vendor: provider,
  vendorLabel: 'Alibaba Cloud',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'first',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as the API reported them. The log does not tell a Qwen login from an API key or from another vendor’s endpoint.',
  howToGet: 'Found by itself in ~/.qwen/projects and ~/.qwen/tmp; or drop a chat (.jsonl or .json).',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises,
  needles: ['"usageMetadata"'],
  openLines,
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const data = named('QWEN_DATA_DIR');
  const [why, roots] =
    data.length > 0 ? (['QWEN_DATA_DIR', data] as const) : (['default', [home('.qwen')]] as const);
  return roots.flatMap((root) => locationsOf(why, join(root, 'projects'), join(root, 'tmp')));
}

function fileKind(relativePath: string): LogFileKind | null {
  if (!/(?:^|\/)chats\//.test(relativePath)) return null;
  if (relativePath.endsWith('.jsonl')) return 'lines';
  return /\/session-[^/]*\.json$/.test(relativePath) ? 'document' : null;
}

function recognises(head: string): boolean {
  if (!head.includes('"sessionId"')) return false;
  const isTree = head.includes('"parentUuid"') && !head.includes('"isSidechain"');
  if (isTree) return head.includes('"usageMetadata"') || head.includes('"ui_telemetry"');
  return head.includes('"projectHash"') && head.includes('"startTime"') && isQwenRecording(head);
}

const notReply: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };

function openLines(): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const entry = parseFields(text);
      if (entry === null) return notJson;
      const usage = fieldsOf(entry.usageMetadata);
      // The telemetry line before a reply states the same call once more.
      if (entry.type !== 'assistant' || usage === undefined) return notReply;
      return fields.read(() => {
        const record = recordOf(entry, usage, fields);
        const { input, cacheRead, output } = record.tokens;
        return input + cacheRead + output === 0 ? notReply : { kind: 'record', record };
      });
    },
    state: () => null,
  };
}

function recordOf(entry: Fields, usage: Fields, fields: FieldReader): ImportedRecord {
  const [session, uuid] = [textOf(entry.sessionId) ?? '', textOf(entry.uuid)];
  const cwd = textOf(entry.cwd);
  return {
    ...(uuid !== undefined && { key: `${session}:${uuid}` }),
    at: fields.moment(entry.timestamp),
    grain: 'instant',
    provider,
    model: textOf(entry.model) ?? null,
    project: projectOf(cwd),
    session: session || null,
    requests: 1,
    tokens: tokensOf(usage, fields),
    extras: withoutBlanks({ cwd: cwd ?? '', version: textOf(entry.version) ?? '' }),
  };
}

/**
 * Cached tokens are part of the prompt. Thoughts are inside the candidates or beside them, by the endpoint behind it:
 * the total tells.
 */
function tokensOf(usage: Fields, fields: FieldReader): Tokens {
  const prompt = fields.count(usage, 'promptTokenCount');
  const candidates = fields.count(usage, 'candidatesTokenCount');
  const thoughts = fields.count(usage, 'thoughtsTokenCount');
  const cacheRead = Math.min(fields.count(usage, 'cachedContentTokenCount'), prompt);
  const isInside = fields.count(usage, 'totalTokenCount') === prompt + candidates;
  return {
    input: prompt - cacheRead,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: 0,
    output: isInside ? candidates : candidates + thoughts,
    reasoning: isInside ? Math.min(thoughts, candidates) : thoughts,
  };
}

function* readDocument(text: string, file: LogFile): Generator<{ line: number; outcome: RowOutcome }> {
  const chat = parseFields(text);
  if (chat === null)
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const id = textOf(chat.sessionId) ?? file.relativePath.replace(/\.json$/, '');
  const fields = openFields();
  // Folders are named by a hash of the project's path, which tells a person nothing.
  const session = { id, project: null, cwd: '', provider };
  for (const message of listOf(chat.messages)) {
    const outcome = fields.read(() => {
      const record = geminiRecord(message, session, fields);
      return record === null ? notReply : { kind: 'record', record };
    });
    yield { line: 0, outcome };
  }
}
