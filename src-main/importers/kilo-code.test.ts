import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { kiloCode } from './kilo-code.ts';

describe('a scan', () => {
  it('reads the database of the newer builds and the tasks of the older extension, once', async () => {
    await using t = await startTestCore();
    const database = join(t.home, '.local/share/kilo/kilo-beta.db');
    makeDatabase(database, sampleDump('opencode_db.json'));
    const task = join(
      t.home,
      '.vscode-server/data/User/globalStorage/kilocode.kilo-code/tasks/t1/ui_messages.json',
    );
    mkdirSync(dirname(task), { recursive: true });
    copyFileSync(join(samplesDir, 'roo_ui_messages.json'), task);
    const scan = () => t.call('scan.run', { tools: ['kilo-code'] });
    await scan();
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.tokens).toMatchObject({ input: 1205 + 418, cacheRead: 26_600 + 9000, output: 510 + 430 });
    expect(totals.cashNanoUsd).toBe(18_400_000 + 52_936_000);
    await scan();
    expect((await t.call('report.run', { by: [], filters: {} })).totals).toEqual(totals);
  });

  it('leaves opencode’s own database to opencode', async () => {
    await using t = await startTestCore();
    makeDatabase(join(t.home, '.local/share/opencode/opencode.db'), sampleDump('opencode_db.json'));
    await t.call('scan.run', { tools: ['kilo-code'] });
    expect((await t.call('report.run', { by: [], filters: {} })).totals.requests).toBe(0);
  });
});

describe('a dropped file', () => {
  it('that is taken for one of opencode adds nothing to what a scan found', async () => {
    await using t = await startTestCore();
    const path = join(t.home, '.local/share/kilo/kilo.db');
    makeDatabase(path, sampleDump('opencode_db.json'));
    await t.call('scan.run', { tools: ['kilo-code'] });
    const { files } = await t.call('imports.commit', { file: { path } });
    expect(files[0]).toMatchObject({ format: 'opencode', counts: { accepted: 0, duplicate: 2 } });
  });

  it('that looks like one of the tools it was made from is Kilo Code’s only when the user says so', async () => {
    await using t = await startTestCore();
    const file = { path: join(samplesDir, 'roo_ui_messages.json') };
    const { files } = await t.call('imports.commit', { file, as: 'kilo-code' });
    expect(files[0]?.counts).toMatchObject({ accepted: 3, refused: 0 });
  });
});

describe('places', () => {
  it('are the data folder or the one a variable names, and every editor’s storage', () => {
    const at = (env: Record<string, string>) =>
      kiloCode.locations({ platform: 'linux', home: '/home/a', env }).map(({ path }) => path);
    expect(at({})[0]).toBe('/home/a/.local/share/kilo/kilo*.db');
    expect(at({ XDG_DATA_HOME: '/x' })[0]).toBe('/x/kilo/kilo*.db');
    expect(at({ KILO_DATA_DIR: '/k' })[0]).toBe('/k/kilo*.db');
    expect(at({})).toContain('/home/a/.config/Cursor/User/globalStorage/kilocode.kilo-code/tasks');
  });
});
