import { zstdDecompressSync } from 'node:zlib';
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
import { projectOf } from './dialects/project.ts';
import { hasColumns, rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * Threads of Zed's own agent: a database whose rows hold a thread each as JSON, mostly packed with zstd. Fields that
 * are zero are left out. The usage of single requests is overwritten within a turn, so the thread's sum counts.
 */
export const zedAgent = {
  spec: 1,
  kind: 'log',
  id: 'zed-agent',
  label: 'Zed agent',
  vendor: 'zed',
  vendorLabel: 'Zed',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    'Tokens per thread, not per call, under the model the thread used last and on the day it was first seen. Agents that Zed only hosts keep their own logs.',
  howToGet: 'Found by itself; or drop threads.db.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: () => false,
  recognisesDatabase: (db) => hasColumns(db, 'threads', 'summary', 'data_type', 'data'),
  needles: [],
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { localData } = toolFolders(environment);
  const isMoved = environment.platform === 'linux' && environment.env.XDG_DATA_HOME;
  // The folder is called Zed, and zed on Linux alone.
  const folder = environment.platform === 'linux' ? 'zed' : 'Zed';
  return locationsOf(isMoved ? 'XDG_DATA_HOME' : 'default', localData(folder, 'threads', 'threads.db'));
}

function fileKind(relativePath: string): LogFileKind | null {
  return /^[^/]+\.db$/.test(relativePath) ? 'database' : null;
}

function* readDatabase(db: ReadonlyDatabase): Generator<{ line: number; outcome: RowOutcome }> {
  const fields = openFields();
  const rows = rowsOf(db, {
    table: 'threads',
    columns: ['id', 'updated_at', 'data_type', 'data', 'folder_paths'],
    orderBy: ['updated_at', 'id'],
  });
  for (const row of rows) yield { line: 0, outcome: fields.read(() => threadOutcome(row, fields)) };
}

function threadOutcome(row: Fields, fields: FieldReader): RowOutcome {
  const id = textOf(row.id);
  if (id === undefined) return { kind: 'refuse', reason: 'the thread has no id' };
  const thread = parseFields(threadText(row) ?? '');
  if (thread === null) return { kind: 'refuse', reason: `thread ${id.slice(0, 60)} cannot be unpacked` };
  // A thread somebody shared was paid for by them.
  if (thread.imported === true) return { kind: 'skip', reason: 'a thread of another person' };
  const tokens = threadTokens(thread, fields);
  const { input, cacheRead, cacheWriteUnknown, output } = tokens;
  if (input + cacheRead + cacheWriteUnknown + output === 0) return { kind: 'skip', reason: 'no tokens' };
  const used = fieldsOf(thread.model);
  const model = textOf(used?.model) ?? null;
  return {
    kind: 'record',
    record: {
      key: id,
      at: utcStamp(fields, row.updated_at ?? thread.updated_at),
      grain: 'instant',
      provider: modelVendor(textOf(used?.provider), model),
      model,
      project: projectOf(textOf(row.folder_paths)?.split('\n')[0]),
      session: id,
      requests: 0,
      tokens,
    },
  };
}

const mostBytes = 256 * 1024 ** 2;

/** Undefined for a packing of another version, or one that does not unpack. */
function threadText({ data, data_type: type }: Fields): string | undefined {
  if (type === 'json' && typeof data === 'string') return data;
  if (!(data instanceof Uint8Array)) return undefined;
  if (type === 'json') return Buffer.from(data).toString('utf8');
  if (type !== 'zstd') return undefined;
  try {
    return zstdDecompressSync(data, { maxOutputLength: mostBytes }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Threads of versions that kept no sum have their requests only. */
function threadTokens(thread: Fields, fields: FieldReader): Tokens {
  const sum = fieldsOf(thread.cumulative_token_usage) ?? {};
  const requests = thread.request_token_usage;
  const parts = Object.keys(sum).length > 0 ? [sum] : Object.values(requests ?? {});
  return parts.reduce<Tokens>((total, part) => {
    const usage = fieldsOf(part);
    return {
      ...noTokens,
      input: total.input + fields.count(usage, 'input_tokens'),
      cacheRead: total.cacheRead + fields.count(usage, 'cache_read_input_tokens'),
      cacheWriteUnknown: total.cacheWriteUnknown + fields.count(usage, 'cache_creation_input_tokens'),
      output: total.output + fields.count(usage, 'output_tokens'),
    };
  }, noTokens);
}
