import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { makeDatabase, type SampleDump, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { importers } from './index.ts';
import { logImporters } from './logs.ts';
import { recogniseLog } from './pipeline/recognise-log.ts';
import { recogniseUnusable } from './pipeline/recognise-unusable.ts';
import { unusableTools } from './unusable.ts';

/** These two samples write their tables down without the words that make them. */
const cursor = sampleDump('cursor_state_vscdb.json') as unknown as { table: string; rows: object[] };
const cursorDump = { ddl: [`CREATE TABLE ${cursor.table}`], cursorDiskKV: cursor.rows } as SampleDump;
const ollama = sampleDump('ollama_db.json');
const ollamaDump: SampleDump = { ...ollama, ddl: ollama.ddl.map((table) => `CREATE TABLE ${table}`) };

const samples = [
  ['state.vscdb', cursorDump, 'cursor'],
  ['db.sqlite', ollamaDump, 'ollama'],
] as const;
const recognised = (path: string) => recogniseUnusable(unusableTools, path)?.id;

describe.each(samples)('%s', (name, dump, tool) => {
  it('is no log that can be imported, and its tool is told', () => {
    using dir = tempDir();
    const path = makeDatabase(join(dir.path, name), dump);
    expect(recogniseLog(logImporters, path)).toEqual([]);
    expect(recognised(path)).toBe(tool);
  });

  it('is told in write-ahead mode, with a schema larger than a page, and by another name', () => {
    using dir = tempDir();
    const path = makeDatabase(join(dir.path, 'x.db'), {
      ddl: [
        ...Array.from({ length: 90 }, (_, i) => `CREATE TABLE filler${i} (a, b, c, d, e, f, g)`),
        ...dump.ddl,
      ],
    });
    const db = new Database(path);
    db.pragma('journal_mode = wal');
    expect(recognised(path)).toBe(tool);
    db.close();
  });
});

it('a database of many gigabytes is told by its first page', () => {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'state.vscdb'), cursorDump);
  truncateSync(path, 5 * 1024 ** 3);
  expect(recognised(path)).toBe('cursor');
});

it('no database of a tool that is read, no other one and no other file is taken for one of these', () => {
  using dir = tempDir();
  for (const name of ['goose_sessions_db.json', 'opencode_db.json', 'copilot_cli_session_store.json'])
    expect(recognised(makeDatabase(join(dir.path, name), { ddl: sampleDump(name).ddl }))).toBeUndefined();
  const talk = ['CREATE TABLE notes (text)'];
  const notes = [{ text: 'CREATE TABLE cursorDiskKV (key, value)' }];
  expect(recognised(makeDatabase(join(dir.path, 'talk.db'), { ddl: [...talk], other: [] }))).toBeUndefined();
  const path = makeDatabase(join(dir.path, 'notes.db'), { ddl: [...talk], notes });
  expect(recognised(path)).toBeUndefined();
  writeFileSync(join(dir.path, 'a.csv'), 'a,cursorDiskKV\n1,2\n');
  expect(recognised(join(dir.path, 'a.csv'))).toBeUndefined();
});

describe('each row', () => {
  it.each(unusableTools.map((tool) => [tool.id, tool] as const))('%s speaks to a person', (id, tool) => {
    expect(tool.reason).toMatch(/^[A-Z].+\.$/);
    expect(tool.instead).toMatch(/^[A-Z].+\.$/);
    expect(importers.map((importer) => importer.id)).not.toContain(id);
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const home = platform === 'win32' ? 'C:\\Users\\me' : '/home/me';
      for (const { path } of tool.locations({ platform, home, env: {} }))
        expect(path.startsWith(home)).toBe(true);
    }
  });

  it('has an id of its own', () => {
    expect(new Set(unusableTools.map(({ id }) => id)).size).toBe(unusableTools.length);
  });
});
