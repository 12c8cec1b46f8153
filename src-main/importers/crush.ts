import type {
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
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
import { unknownProvider } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { hasColumns, rowsOf, unixStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/**
 * Crush's sessions (charmbracelet/crush internal/db, 2026): a database in every project, listed in one registry. A
 * session's token columns are those of its last call; only the cost grows, and it holds that of its child sessions.
 */
export const crush = {
  spec: 1,
  kind: 'log',
  id: 'crush',
  label: 'Crush',
  vendor: 'crush',
  vendorLabel: 'Crush',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'none',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    'Cost per session by Crush’s own price table, not per call; tokens are unknown, because Crush keeps those of the last call only. A session stands on the day it was first seen.',
  howToGet: 'Found by itself through Crush’s list of projects; or drop a project’s .crush/crush.db.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: () => false,
  recognisesDatabase: (db) =>
    hasColumns(db, 'sessions', 'parent_session_id', 'prompt_tokens', 'completion_tokens', 'cost'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { platform, env } = environment;
  const { localData, xdgData, join, isAbsolute, named } = toolFolders(environment);
  const chosen = named('CRUSH_GLOBAL_DATA');
  const usual = platform === 'win32' ? localData('crush') : xdgData('crush');
  const usualWhy = platform !== 'win32' && env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  const why = chosen.length > 0 ? 'CRUSH_GLOBAL_DATA' : usualWhy;
  const folders = chosen.length > 0 ? chosen : [usual];
  return locationsOf(why, ...folders.map((folder) => join(folder, 'projects.json'))).map((location) => ({
    ...location,
    leadsTo: (content) => databasesOf(content, { join, isAbsolute }),
  }));
}

type Paths = Pick<ReturnType<typeof toolFolders>, 'join' | 'isAbsolute'>;

/** A project that states no absolute place cannot be found from here. */
function databasesOf(content: string, { join, isAbsolute }: Paths): readonly string[] {
  const found = listOf(parseFields(content)?.projects).flatMap((entry) => {
    const project = fieldsOf(entry);
    const path = textOf(project?.path);
    const data = textOf(project?.data_dir) ?? '.crush';
    const folder = isAbsolute(data) || path === undefined ? data : join(path, data);
    return isAbsolute(folder) ? [join(folder, 'crush.db')] : [];
  });
  return [...new Set(found)];
}

function fileKind(relativePath: string): LogFileKind | null {
  return /(?:^|\/)crush\.db$/.test(relativePath) ? 'database' : null;
}

function* readDatabase(
  db: ReadonlyDatabase,
  file: LogFile,
): Generator<{ line: number; outcome: RowOutcome }> {
  if (!db.hasTable('sessions')) return;
  const modelOf = modelsBySession(db);
  const project = projectOfDatabase(file.path);
  const fields = openFields();
  const sessions = rowsOf(db, {
    table: 'sessions',
    columns: ['id', 'parent_session_id', 'cost', 'updated_at', 'created_at'],
    orderBy: ['created_at', 'id'],
  });
  for (const row of sessions)
    yield { line: 0, outcome: fields.read(() => sessionOutcome(row, { modelOf, project, fields })) };
}

interface Around {
  readonly modelOf: (session: string) => { provider: string; model: string | null };
  readonly project: string | null;
  readonly fields: FieldReader;
}

function sessionOutcome(row: Fields, { modelOf, project, fields }: Around): RowOutcome {
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the session has no id' };
  if (row.parent_session_id !== null)
    return { kind: 'skip', reason: 'its cost is part of the session that started it' };
  const cost = decimalOfNumber(row.cost);
  if (cost === null)
    return { kind: 'refuse', reason: `the cost of session ${id.slice(0, 60)} is not a number` };
  if (cost === '0') return { kind: 'skip', reason: 'no cost' };
  return {
    kind: 'record',
    record: {
      key: id,
      at: unixStamp(fields, row.updated_at ?? row.created_at),
      grain: 'instant',
      ...modelOf(id),
      project,
      session: id,
      requests: 0,
      tokens: noTokens,
      amount: { value: cost, currency: 'USD' },
    },
  };
}

/** The model of a session that used one alone, its children included; a cost over several cannot be divided. */
function modelsBySession(db: ReadonlyDatabase): Around['modelOf'] {
  const parents = new Map<string, string>();
  for (const { id, parent_session_id } of rowsOf(db, {
    table: 'sessions',
    columns: ['id', 'parent_session_id'],
  }))
    if (typeof parent_session_id === 'string') parents.set(String(id), parent_session_id);
  const used = new Map<string, Set<string>>();
  for (const row of rowsOf(db, { table: 'messages', columns: ['session_id', 'provider', 'model'] })) {
    const [provider, model] = [textOf(row.provider), textOf(row.model)];
    if (provider === undefined && model === undefined) continue;
    const root = rootOf(parents, String(row.session_id));
    const known = used.get(root) ?? new Set();
    used.set(root, known.add(JSON.stringify([toolProvider(provider ?? ''), model ?? null])));
  }
  return (session) => {
    const pairs = [...(used.get(session) ?? [])].map((text) => JSON.parse(text) as [string, string | null]);
    const providers = new Set(pairs.map(([provider]) => provider));
    const models = new Set(pairs.map(([, model]) => model));
    const [provider] = providers;
    const [model] = models;
    return {
      provider: (providers.size === 1 && provider) || unknownProvider,
      model: (models.size === 1 && model) || null,
    };
  };
}

function rootOf(parents: ReadonlyMap<string, string>, session: string): string {
  const seen = new Set<string>();
  let root = session;
  for (let up = parents.get(root); up !== undefined && !seen.has(up); up = parents.get(root)) {
    seen.add(root);
    root = up;
  }
  return root;
}

/** The database lies in the project unless the user moved it elsewhere. */
function projectOfDatabase(path: string): string | null {
  const folder = /^(.+)[\\/]\.crush[\\/][^\\/]+$/.exec(path)?.[1];
  return projectOf(folder);
}
