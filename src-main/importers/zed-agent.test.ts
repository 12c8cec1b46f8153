import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { zedAgent } from './zed-agent.ts';

const ddl = [
  'CREATE TABLE threads (id TEXT PRIMARY KEY, summary TEXT NOT NULL, updated_at TEXT NOT NULL, data_type TEXT NOT NULL, data BLOB NOT NULL, parent_id TEXT, folder_paths TEXT, folder_paths_order TEXT, created_at TEXT)',
];
const sample = readFileSync(join(samplesDir, 'zed_thread.json'), 'utf8');
const row = (thread: string, data_type = 'zstd', more: object = {}) => ({
  ...{ id: 't1', summary: '', updated_at: '2026-07-01T10:10:00Z', data_type },
  data: data_type === 'zstd' ? zstdCompressSync(thread) : thread,
  ...more,
});

conforms(zedAgent, {
  'zed_thread.json': {
    accepted: 1,
    requests: 0,
    tokens: { input: 60, output: 900, cacheWriteUnknown: 5_600, cacheRead: 21_000 },
    as: 'threads.db',
    dump: { ddl, threads: [row(sample)] },
  },
  'the same as text': { accepted: 1, as: 'threads.db', dump: { ddl, threads: [row(sample, 'json')] } },
});

function read(...threads: readonly object[]) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'threads.db'), { ddl, threads } as never);
  return readLog(zedAgent, path, { kind: 'database' }).lines;
}
const thread = (more: object) => JSON.stringify({ ...JSON.parse(sample), ...more });
const only = (more: object) => recordsOf(read(row(thread(more))))[0];

describe('a thread', () => {
  it('packed, as text and as bytes says the same', () => {
    const [packed] = recordsOf(read(row(sample)));
    expect(packed).toMatchObject({ at: Date.UTC(2026, 6, 1, 10, 10), provider: 'anthropic', session: 't1' });
    expect(recordsOf(read(row(sample, 'json')))).toEqual([packed]);
    expect(recordsOf(read(row(sample, 'json', { data: Buffer.from(sample) })))).toEqual([packed]);
  });

  it('counts its sum: the requests of a turn overwrite each other', () => {
    expect(only({ cumulative_token_usage: { output_tokens: 7 } })?.tokens).toMatchObject({
      input: 0,
      output: 7,
    });
    expect(only({ cumulative_token_usage: {} })?.tokens).toMatchObject({
      input: 28,
      output: 550,
      cacheRead: 5000,
    });
  });

  it('that has grown is one record on the day it was first seen', () => {
    const [before] = recordsOf(read(row(sample)));
    const [after] = recordsOf(
      read(
        row(thread({ cumulative_token_usage: { input_tokens: 90 } }), 'zstd', {
          updated_at: '2026-07-04T10:10:00.5+00:00',
        }),
      ),
    );
    expect(before && after && foldRecords(zedAgent, [before, after])).toMatchObject([
      { at: before?.at, tokens: { input: 90, output: 900 } },
    ]);
  });

  it('is billed by the vendor behind Zed’s name for it, by Zed for its own service', () => {
    const vendor = (provider: string | undefined) => only({ model: { provider, model: 'gpt-5' } })?.provider;
    expect([vendor('zed.dev'), vendor('copilot_chat'), vendor(undefined)]).toEqual([
      'zed',
      'github-copilot',
      'openai',
    ]);
  });

  it('has the project of its first folder', () => {
    const [record] = recordsOf(read(row(sample, 'zstd', { folder_paths: '/home/dev/shop\n/home/dev/lib' })));
    expect(record?.project).toBe('shop');
  });

  it('that somebody shared or that used nothing is skipped; one that cannot be unpacked is refused', () => {
    expect(kindsOf(read(row(thread({ imported: true }))))).toEqual(['skip']);
    expect(kindsOf(read(row('{}')))).toEqual(['skip']);
    expect(
      reasonsOf(
        read(
          row(sample, 'zstd', { data: Buffer.from('no zstd') }),
          row(sample, 'brotli', { id: 't2' }),
          row('[', 'json', { id: 't3' }),
        ),
      ),
    ).toEqual([1, 2, 3].map((n) => `thread t${n} cannot be unpacked`));
  });

  it('that would unpack to more than fits is refused', () => {
    const bomb = zstdCompressSync(Buffer.alloc(300 * 1024 ** 2));
    expect(kindsOf(read(row(sample, 'zstd', { data: bomb })))).toEqual(['refuse']);
  });
});

it('lies in Zed’s folder on each system', () => {
  const at = (platform: 'linux' | 'darwin' | 'win32', env: Record<string, string> = {}) =>
    zedAgent.locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/h', env })[0]?.path;
  expect(at('linux')).toBe('/h/.local/share/zed/threads/threads.db');
  expect(at('darwin')).toBe('/h/Library/Application Support/Zed/threads/threads.db');
  expect(at('win32')).toBe('C:\\Users\\a\\AppData\\Local\\Zed\\threads\\threads.db');
  expect(at('linux', { XDG_DATA_HOME: '/d' })).toBe('/d/zed/threads/threads.db');
});
