import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestCore } from '../testing/core.ts';
import { makeDatabase } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { findUnusable } from './find-unusable.ts';

const cursorTables = { ddl: ['CREATE TABLE cursorDiskKV (key TEXT UNIQUE, value BLOB)'] };

function fill(home: string, ...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), 'x');
  }
}

describe('tools from whose files no usage can be told', () => {
  it.each([
    [
      'linux',
      [
        '.config/Cursor/User/globalStorage/state.vscdb',
        '.ollama/db.sqlite',
        '.local/state/warp-terminal/warp.sqlite',
      ],
    ],
    [
      'darwin',
      [
        'Library/Application Support/Cursor/User/globalStorage/state.vscdb',
        'Library/Application Support/Ollama/db.sqlite',
        'Library/Group Containers/2BBY89MBSN.dev.warp/Library/Application Support/dev.warp.Warp-Stable/warp.sqlite',
      ],
    ],
  ] as const)('are found in a home of %s, and only those there are', (platform, paths) => {
    using dir = tempDir();
    const environment = { platform, home: dir.path, env: {} };
    expect(findUnusable(environment)).toEqual([]);
    fill(
      dir.path,
      ...paths,
      '.gemini/antigravity-cli/conversations/1.pb',
      '.config/github-copilot/iu/chat-agent-sessions/a',
    );
    const found = findUnusable(environment);
    expect(found.map(({ tool }) => tool)).toEqual([
      'cursor',
      'ollama',
      'antigravity',
      'copilot-jetbrains',
      'warp',
    ]);
    expect(found[0]).toMatchObject({ label: 'Cursor', path: join(dir.path, paths[0]) });
    expect(found[0]?.instead).toContain('CSV');
  });

  it('are found in a home of win32, where its variables say', () => {
    const env = { APPDATA: 'D:\\Roaming', LOCALAPPDATA: 'D:\\Local' };
    const there = new Set([
      'D:\\Roaming\\Cursor\\User\\globalStorage\\state.vscdb',
      'D:\\Local\\Ollama\\db.sqlite',
      'C:\\Users\\me\\.kiro\\sessions',
      'D:\\Local\\warp\\Warp\\data\\warp.sqlite',
    ]);
    const found = findUnusable({ platform: 'win32', home: 'C:\\Users\\me', env }, (path) => there.has(path));
    expect(found.map(({ path }) => path)).toEqual([...there]);
    expect(findUnusable({ platform: 'win32', home: 'C:\\Users\\me', env }, () => false)).toEqual([]);
  });

  it('stand in the doctor’s findings with the reason and what to do', async () => {
    await using t = await startTestCore();
    const path = join(t.home, '.config/Cursor/User/globalStorage/state.vscdb');
    makeDatabase(path, cursorTables);
    expect((await t.call('doctor.run', {})).unusable).toEqual([
      expect.objectContaining({
        tool: 'cursor',
        path,
        reason: expect.stringContaining('zeros'),
        instead: expect.stringContaining('CSV'),
      }),
    ]);
  });
});

describe('such a database dropped on the window', () => {
  it.each([
    ['small', 0],
    ['larger than what is imported', 3 * 1024 ** 3],
  ])('and %s is answered with what to import instead', async (_, bytes) => {
    await using t = await startTestCore();
    using dir = tempDir();
    const path = makeDatabase(join(dir.path, 'state.vscdb'), cursorTables);
    if (bytes > 0) truncateSync(path, bytes);
    const told = { code: 'EXPORT_REFUSED', reason: expect.stringMatching(/^Cursor: .+ Export gives a CSV/) };
    const { files } = await t.call('imports.preview', { file: { path } });
    expect(files).toMatchObject([{ kind: 'unreadable', ...told }]);
    const commit = await t.call('imports.commit', { file: { path } });
    expect(commit).toMatchObject({ files: [], unreadable: [told] });
  });

  it('of no tool LLMLab knows is said to be a database', async () => {
    await using t = await startTestCore();
    using dir = tempDir();
    const path = makeDatabase(join(dir.path, 'mine.db'), { ddl: ['CREATE TABLE t (x)'] });
    const { files } = await t.call('imports.preview', { file: { path } });
    expect(files).toMatchObject([
      { kind: 'unreadable', code: 'FORMAT_UNKNOWN', reason: expect.stringContaining('database') },
    ]);
  });
});
