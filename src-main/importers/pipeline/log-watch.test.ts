import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEnvironment, LogImporter } from '../../platform/importer.ts';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';
import { findLogFiles } from './log-files.ts';
import { changedLogFiles, isLogChange, isSilent, watchPlaces } from './log-watch.ts';

let dir: TempDir;
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => dir[Symbol.dispose]());

const environment: LogEnvironment = { platform: 'linux', home: '/nowhere', env: {} };
const path = (...names: readonly string[]) => join(dir.path, ...names);

function put(name: string): string {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), 'x');
  return path(name);
}

/** A tool that keeps `*.jsonl`, `*.zst` and `*.db` in `logs` and in the place given. */
function tool(...names: readonly string[]): LogImporter {
  return {
    id: 'some-tool',
    locations: () => ['logs', ...names].map((name) => ({ path: path(name), why: 'default' })),
    fileKind: (name: string) =>
      name.endsWith('.db') ? 'database' : /\.jsonl$|\.zst$/.test(name) ? 'lines' : null,
  } as unknown as LogImporter;
}

function places(importer: LogImporter) {
  return watchPlaces(importer, environment, [], findLogFiles(importer, environment, []));
}

const changed = (...paths: readonly string[]) =>
  changedLogFiles(tool('one/here.jsonl'), environment, [], paths);

describe('where to watch', () => {
  it('is every folder of the logs, and the one in which their folder can vanish', () => {
    put('logs/a/1.jsonl');
    expect(places(tool())).toEqual([
      { folder: path('logs'), below: '', names: null, isEntry: true },
      { folder: path('logs/a'), below: 'a/', names: null, isEntry: false },
      { folder: dir.path, below: null, names: ['logs'], isEntry: true },
    ]);
  });

  it('is, of a folder that is not there, the last folder on the way to it', () => {
    mkdirSync(path('later'));
    expect(places(tool('later/still/deeper'))).toEqual([
      { folder: dir.path, below: null, names: ['logs'], isEntry: true },
      { folder: path('later'), below: null, names: ['still'], isEntry: true },
    ]);
  });

  it('is no whole home on macOS, where that costs what is written anywhere below', () => {
    put('logs/a/1.jsonl');
    const mac = { ...environment, platform: 'darwin', home: path('logs') } as const;
    const found = watchPlaces(tool('logs/none'), mac, [], findLogFiles(tool(), mac, []));
    expect(found.map(({ folder, below }) => [folder, below])).toEqual([
      [path('logs'), ''],
      [path('logs/a'), 'a/'],
    ]);
  });

  it('is, of a pattern, the folder in which another match can appear', () => {
    put('apps/Tool_1/data/1.jsonl');
    expect(places(tool('apps/Tool_*/data'))).toContainEqual({
      folder: path('apps'),
      below: null,
      names: null,
      isEntry: true,
    });
  });

  it('is also where linked files and folders really are', () => {
    put('real/1.jsonl');
    put('far/sub/2.jsonl');
    mkdirSync(path('logs'));
    symlinkSync(path('real/1.jsonl'), path('logs/1.jsonl'));
    symlinkSync(path('far'), path('logs/far'));
    const found = places(tool());
    expect(found).toContainEqual({
      folder: path('real'),
      below: null,
      names: ['1.jsonl', '1.jsonl-wal', '1.jsonl-journal'],
      isEntry: true,
    });
    expect(found).toContainEqual({ folder: path('logs/far'), below: 'far/', names: null, isEntry: true });
    expect(found).toContainEqual({
      folder: path('logs/far/sub'),
      below: 'far/sub/',
      names: null,
      isEntry: false,
    });
  });
});

describe('the logs among changed paths', () => {
  it('are what listing would have found, and nothing else', () => {
    const logs = [put('logs/a/1.jsonl'), put('logs/tool.db'), put('one/here.jsonl')];
    put('logs/readme.md');
    const listed = findLogFiles(tool('one/here.jsonl'), environment, []).files;
    expect(changed(...logs, path('logs/readme.md'), path('elsewhere/1.jsonl'))).toEqual(listed);
  });

  it('are databases whose change is only in the file beside them', () => {
    put('logs/tool.db');
    appendFileSync(path('logs/tool.db-wal'), 'new rows');
    expect(changed(path('logs/tool.db-wal'))).toMatchObject([{ path: path('logs/tool.db'), size: 9 }]);
  });

  it('leave out what is gone, and a packed copy beside its plain log', () => {
    put('logs/1.jsonl');
    put('logs/1.jsonl.zst');
    expect(changed(path('logs/1.jsonl.zst'), path('logs/gone.jsonl'))).toEqual([]);
    rmSync(path('logs/1.jsonl'));
    expect(changed(path('logs/1.jsonl.zst'))).toHaveLength(1);
  });

  it('are not known from the path alone when a folder or a link came', () => {
    put('logs/a/1.jsonl');
    symlinkSync('a/1.jsonl', path('logs/2.jsonl'));
    expect(changed(path('logs/a'))).toBeNull();
    expect(changed(path('logs/2.jsonl'))).toBeNull();
  });
});

describe('rotated logs', () => {
  it('are read under their new name, so that lines written just before are not lost', () => {
    const names = ['1.jsonl.1', '2.jsonl-20261121', '3.jsonl.old'];
    for (const name of [...names, '4.jsonl.gz', '5.md.1', '6.db.1', '7.jsonl.draft']) put(`logs/${name}`);
    expect(findLogFiles(tool(), environment, []).files.map(({ relativePath }) => relativePath)).toEqual(
      names,
    );
    expect(changed(path('logs/1.jsonl.1'))).toHaveLength(1);
  });
});

describe('a change', () => {
  it('matters when it is of a log or of what lies beside a database', () => {
    const matters = (name: string) => isLogChange(tool(), name);
    expect(['a/1.jsonl', 'x.db', 'x.db-wal', '1.jsonl.1'].map(matters)).toEqual([true, true, true, true]);
    expect(['readme.md', 'x.jsonl-wal', 'picture.png'].map(matters)).toEqual([false, false, false]);
  });

  it('on another machine may go unreported', () => {
    expect(isSilent('\\\\server\\share', 'win32')).toBe(true);
    expect(isSilent('C:\\Users\\me', 'win32')).toBe(false);
    expect(isSilent(dir.path, 'linux')).toBe(false);
    expect(isSilent(path('gone'), 'linux')).toBe(false);
  });
});
