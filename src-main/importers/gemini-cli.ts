import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { type GeminiSession, geminiRecord, isQwenRecording } from './dialects/gemini-message.ts';
import { fieldsOf, listOf, notJson, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { projectOf } from './dialects/project.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Chat recordings of the Gemini CLI: one JSON document per session until early 2026, appended lines since. A resumed
 * document becomes lines and stays beside them; both name a reply by session and message id.
 */
export const geminiCli = {
  spec: 1,
  kind: 'log',
  id: 'gemini-cli',
  label: 'Gemini CLI',
  vendor: 'google',
  vendorLabel: 'Google',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are as the API reported them. The log does not tell a Google login from an API key or Vertex AI.',
  howToGet: 'Found by itself in ~/.gemini/tmp; or drop a session file (.jsonl or .json).',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) =>
    head.includes('"sessionId"') &&
    head.includes('"projectHash"') &&
    head.includes('"startTime"') &&
    !isQwenRecording(head),
  needles: ['"tokens"', '"sessionId"'],
  openLines,
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const data = named('GEMINI_DATA_DIR');
  if (data.length > 0) return locationsOf('GEMINI_DATA_DIR', ...data.map((path) => join(path, 'tmp')));
  const homes = named('GEMINI_CLI_HOME');
  if (homes.length > 0)
    return locationsOf('GEMINI_CLI_HOME', ...homes.map((path) => join(path, '.gemini', 'tmp')));
  return locationsOf('default', home('.gemini', 'tmp'));
}

function fileKind(relativePath: string): LogFileKind | null {
  const isChat = /(?:^|\/)chats\//.test(relativePath) || /^session-[^/]*$/.test(relativePath);
  if (!isChat) return null;
  if (relativePath.endsWith('.jsonl')) return 'lines';
  return relativePath.endsWith('.json') ? 'document' : null;
}

const notUsage: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };

function openLines(file: LogFile, state: Json | null): LineReader {
  const fields = openFields();
  let sessionId = typeof state === 'string' ? state : nameOf(file);
  return {
    line(text) {
      const entry = parseFields(text);
      if (entry === null) return notJson;
      const set = fieldsOf(entry.$set) ?? {};
      sessionId = textOf(entry.sessionId) ?? textOf(set.sessionId) ?? sessionId;
      const session = sessionOf(sessionId, file);
      // A checkpoint repeats the session so far; after a resume it can be the only place a reply stands in.
      const messages = Array.isArray(set.messages) ? set.messages : [entry];
      return fields.read(() =>
        outcomeOf(messages.flatMap((one) => geminiRecord(one, session, fields) ?? [])),
      );
    },
    state: () => sessionId,
  };
}

function outcomeOf(records: NonNullable<ReturnType<typeof geminiRecord>>[]): RowOutcome {
  const [record] = records;
  if (record === undefined) return notUsage;
  return records.length === 1 ? { kind: 'record', record } : { kind: 'records', records };
}

function* readDocument(text: string, file: LogFile): Generator<{ line: number; outcome: RowOutcome }> {
  const chat = parseFields(text);
  if (chat === null)
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const session = sessionOf(textOf(chat.sessionId) ?? nameOf(file), file);
  const fields = openFields();
  for (const message of listOf(chat.messages)) {
    const outcome = fields.read(() => {
      const record = geminiRecord(message, session, fields);
      return record === null ? notUsage : { kind: 'record', record };
    });
    yield { line: 0, outcome };
  }
}

/** Recordings do not state the working directory; a file in the project's folder does since 2026. */
function sessionOf(id: string, file: LogFile): GeminiSession {
  const folders = file.relativePath.split('/');
  const chats = folders.lastIndexOf('chats');
  const up = '../'.repeat(Math.max(1, folders.length - 1 - chats));
  const root = chats === -1 ? undefined : file.sibling(`${up}.project_root`)?.trim();
  const folder = folders[chats - 1] ?? '';
  // Older folders are named by a hash of the path, which tells a person nothing.
  const slug = /^[0-9a-f]{64}$/.test(folder) ? null : folder || null;
  return { id, project: projectOf(root) ?? slug, cwd: root ?? '' };
}

function nameOf(file: LogFile): string {
  return file.relativePath.replace(/\.jsonl?$/, '');
}
