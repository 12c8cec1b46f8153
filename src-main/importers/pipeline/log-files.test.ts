import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEnvironment, LogImporter, LogLocation } from '../../platform/importer.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { findLogFiles } from './log-files.ts';

let dir: TempDir;
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => dir[Symbol.dispose]());

const environment: LogEnvironment = { platform: 'linux', home: '/nowhere', env: {} };

function put(name: string, content = 'x'): string {
  const path = join(dir.path, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Finds `*.jsonl`, `*.zst` and `*.db` in the locations given. */
function find(locations: readonly LogLocation[], extra: readonly string[] = []) {
  const importer = {
    id: 'some-tool',
    locations: () => locations,
    fileKind: (path: string) =>
      path.endsWith('.db') ? 'database' : /\.jsonl$|\.zst$/.test(path) ? 'lines' : null,
  };
  return findLogFiles(importer as unknown as LogImporter, environment, extra);
}

const at = (...names: readonly string[]) =>
  names.map((name) => ({ path: join(dir.path, name), why: 'default' }));

describe('finding logs', () => {
  it('lists the wanted files below a folder, sorted, with what tells a change', () => {
    put('logs/b/2.jsonl', 'four');
    put('logs/a/b/c/1.jsonl');
    put('logs/readme.md');
    const { files, folders } = find(at('logs'));
    expect(files.map(({ relativePath }) => relativePath)).toEqual(['a/b/c/1.jsonl', 'b/2.jsonl']);
    expect(files[1]).toMatchObject({
      importerId: 'some-tool',
      kind: 'lines',
      size: 4,
      location: join(dir.path, 'logs'),
    });
    expect(folders).toEqual([
      { path: join(dir.path, 'logs'), why: 'default', found: true, files: 2, bytes: 5, error: null },
    ]);
  });

  it('does not walk through repositories, which tools keep copies of work in', () => {
    put('store/checkpoints/1/.git/objects/a.jsonl');
    put('store/tasks/1.jsonl');
    expect(find(at('store')).files.map(({ relativePath }) => relativePath)).toEqual(['tasks/1.jsonl']);
  });

  it('says which folders are not there, and reads the others', () => {
    put('here/1.jsonl');
    put('file');
    const { folders, files } = find(at('missing', 'here', 'file/below'));
    expect(folders.map(({ found, error }) => [found, error])).toEqual([
      [false, null],
      [true, null],
      [false, null],
    ]);
    expect(files).toHaveLength(1);
  });

  it('takes a file as a location, and folders the user added', () => {
    const [one, two] = [put('a/1.jsonl'), put('b/2.jsonl')];
    const { files, folders } = find([{ path: one, why: 'TOOL_FILE' }], [dirname(two)]);
    expect(files.map(({ path, relativePath }) => [path, relativePath])).toEqual([
      [one, '1.jsonl'],
      [two, '2.jsonl'],
    ]);
    expect(folders.map(({ why }) => why)).toEqual(['TOOL_FILE', 'added']);
  });

  it('lists a file once that several folders and links lead to', () => {
    put('logs/1.jsonl');
    symlinkSync(join(dir.path, 'logs'), join(dir.path, 'link'));
    const { files, folders } = find(at('logs', 'link', 'logs'), [dir.path]);
    expect(files).toHaveLength(1);
    expect(folders).toHaveLength(3);
  });

  it('follows links, ends at loops and says what leads nowhere', () => {
    put('elsewhere/2.jsonl');
    put('logs/1.jsonl');
    symlinkSync('..', join(dir.path, 'logs', 'up'));
    symlinkSync('self', join(dir.path, 'logs', 'self'));
    symlinkSync('gone', join(dir.path, 'logs', 'dangling'));
    const { files, folders } = find(at('logs'));
    expect(files.map(({ relativePath }) => relativePath)).toEqual(['1.jsonl', 'up/elsewhere/2.jsonl']);
    expect(folders[0]?.error).toMatch(/self cannot be read \(ELOOP\)$/);
  });

  it('writes out a star in a location, and keeps the place in the list when nothing fits', () => {
    put('Packages/Claude_one/data/1.jsonl');
    put('Packages/Claude_two/data/2.jsonl');
    put('Packages/Other/data/3.jsonl');
    const { files, folders } = find(at('Packages/Claude_*/data', 'None/x*/y'));
    expect(files.map(({ relativePath }) => relativePath)).toEqual(['1.jsonl', '2.jsonl']);
    expect(folders.map(({ found }) => found)).toEqual([true, true, false]);
    expect(folders[2]?.path).toBe(join(dir.path, 'None/x*/y'));
  });

  it('does not find the folders of another system', () => {
    const { folders } = find([{ path: 'C:\\Users\\a\\AppData\\Claude_*\\x', why: 'default' }]);
    expect(folders).toMatchObject([{ found: false, files: 0, error: null }]);
  });

  it('prefers a plain log to its packed copy', () => {
    put('logs/1.jsonl');
    put('logs/1.jsonl.zst');
    put('logs/2.jsonl.zst');
    expect(find(at('logs')).files.map(({ relativePath }) => relativePath)).toEqual([
      '1.jsonl',
      '2.jsonl.zst',
    ]);
  });

  it('sees that a database changed when only the log beside it did', () => {
    const path = put('tool.db', '0123456789');
    utimesSync(path, 1_000, 1_000);
    const before = find(at('tool.db')).files[0];
    const wal = put('tool.db-wal', 'abc');
    utimesSync(wal, 2_000, 2_000);
    expect(before).toMatchObject({ size: 10, mtimeMs: 1_000_000 });
    expect(find(at('tool.db')).files[0]).toMatchObject({ size: 13, mtimeMs: 2_000_000 });
    rmSync(wal);
    expect(find(at('tool.db')).files[0]).toEqual(before);
  });
});
