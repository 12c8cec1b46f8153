import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { noTokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { type FieldReader, type Fields, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { hasColumns, rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Goose's sessions: an SQLite database since version 1.10 (2025-10), one file of lines per session before, whose first
 * line is the session's own and is rewritten as it grows. Counters named `accumulated_…` are those of the session.
 */
export const goose = {
  spec: 1,
  kind: 'log',
  id: 'goose',
  label: 'Goose',
  vendor: 'goose',
  vendorLabel: 'Goose',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens per session, not per call: a session stands on the day it was first seen. Cached input is not told apart, so its cost reads high.',
  howToGet: 'Found by itself; or drop sessions.db, or a session file (.jsonl) of a version before 1.10.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) => isOwnLine(parseFields(head.split('\n', 1)[0] ?? '')),
  recognisesDatabase: (db) => hasColumns(db, 'sessions', 'accumulated_total_tokens', 'working_dir'),
  needles: ['"accumulated_', '"working_dir"'],
  openLines,
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { platform, env } = environment;
  const { appData, xdgData, join, named } = toolFolders(environment);
  const roots = named('GOOSE_PATH_ROOT');
  if (roots.length > 0)
    return locationsOf('GOOSE_PATH_ROOT', ...roots.map((root) => join(root, 'data', 'sessions')));
  if (platform === 'win32') return locationsOf('default', appData('Block', 'goose', 'data', 'sessions'));
  const why = env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  const shared = locationsOf(why, xdgData('goose', 'sessions'), xdgData('Block', 'goose', 'sessions'));
  return platform === 'darwin'
    ? [...locationsOf('default', appData('goose', 'sessions')), ...shared]
    : shared;
}

function fileKind(relativePath: string): LogFileKind | null {
  if (/^[^/]+\.jsonl$/.test(relativePath)) return 'lines';
  return /^[^/]+\.db$/.test(relativePath) ? 'database' : null;
}

function isOwnLine(line: Fields | null): boolean {
  return line !== null && 'working_dir' in line && 'message_count' in line && 'total_tokens' in line;
}

/** Providers of Goose that run another coding tool: that tool keeps the log of these calls. */
const otherTools = /^(?:claude[-_](?:code|acp)|codex(?:[-_]acp)?|gemini[-_]cli|cursor[-_]agent)$/;

const keptElsewhere: RowOutcome = { kind: 'skip', reason: 'the tool Goose ran keeps the log of these calls' };
const noUsage: RowOutcome = { kind: 'skip', reason: 'no tokens' };
const message: RowOutcome = { kind: 'skip', reason: 'not the session’s own line' };

interface Session {
  readonly id: string;
  readonly row: Fields;
  readonly at: number;
  readonly provider: string | undefined;
  readonly model: string | null;
  /** The database knows more of a session than the file it was taken over from. */
  readonly precedence: number;
}

function sessionOutcome(
  { id, row, at, provider, model, precedence }: Session,
  fields: FieldReader,
): RowOutcome {
  // Sessions of the first versions state their last request only: at least that was used.
  const isWhole = row.accumulated_input_tokens != null || row.accumulated_output_tokens != null;
  const input = fields.count(row, isWhole ? 'accumulated_input_tokens' : 'input_tokens');
  const output = fields.count(row, isWhole ? 'accumulated_output_tokens' : 'output_tokens');
  if (input + output === 0) return noUsage;
  if (provider !== undefined && otherTools.test(provider)) return keptElsewhere;
  const cwd = textOf(row.working_dir);
  return {
    kind: 'record',
    record: {
      key: keyOf(id, row),
      at,
      grain: 'instant',
      provider: modelVendor(provider, model),
      model,
      project: projectOf(cwd),
      session: id,
      requests: 0,
      tokens: { ...noTokens, input, output },
      precedence,
      ...(!isWhole && { status: 'incomplete' }),
      extras: withoutBlanks({ cwd: cwd ?? '', kind: textOf(row.session_type) ?? '' }),
    },
  };
}

/** Ids since 1.10 are a date and a number that starts anew each day and on each machine. */
function keyOf(id: string, row: Fields): string {
  return /^\d{8}_\d{1,5}$/.test(id) ? `${id} ${textOf(row.created_at) ?? ''}` : id;
}

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const fields = openFields();
  const rows = rowsOf(db, {
    table: 'sessions',
    columns: [
      ...['id', 'session_type', 'working_dir', 'created_at', 'updated_at', 'provider_name'],
      ...['input_tokens', 'output_tokens', 'accumulated_input_tokens', 'accumulated_output_tokens'],
      'model_config_json',
    ],
    orderBy: ['created_at', 'id'],
  });
  for (const row of rows) {
    const outcome = fields.read(() => {
      const id = textOf(row.id);
      if (id === undefined) return { kind: 'refuse', reason: 'the session has no id' };
      const config = parseFields(textOf(row.model_config_json) ?? '');
      const model = textOf(config?.model_name) ?? null;
      const at = utcStamp(fields, row.updated_at ?? row.created_at);
      return sessionOutcome(
        { id, row, at, provider: textOf(row.provider_name), model, precedence: 1 },
        fields,
      );
    });
    yield { line: 0, outcome };
  }
}

/** The session's own line states neither a time nor a model: the file's time stands for it. */
function openLines(file: LogFile, _state: Json | null): LineReader {
  const fields = openFields();
  const id = /([^/]+?)(?:\.jsonl)?$/.exec(file.relativePath)?.[1] ?? file.relativePath;
  return {
    line(text) {
      const row = parseFields(text);
      if (row === null) return { kind: 'refuse', reason: 'the line is not valid JSON' };
      if (!isOwnLine(row)) return message;
      return fields.read(() =>
        sessionOutcome(
          { id, row, at: file.modifiedAt, provider: undefined, model: null, precedence: 0 },
          fields,
        ),
      );
    },
    state: () => null,
  };
}
