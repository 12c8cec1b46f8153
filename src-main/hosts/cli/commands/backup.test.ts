import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sample, testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

describe('backup and restore', () => {
  it('backs up, and restores what was backed up', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const { data } = await json('backup');
    expect(data.backup).toMatchObject({ records: 4, verified: true });
    await llmlab('undo', '1');
    const restored = await json('restore', data.backup.path);
    expect([restored.code, restored.data.records]).toEqual([0, 4]);
    expect((await json('report')).data.totals.cashNanoUsd).toBe(38_120_000);
    writeFileSync(join(box.dir, 'bad.db'), 'no database');
    expect((await llmlab('restore', 'bad.db')).code).toBe(1);
    const none = await llmlab('restore', 'none.db');
    expect(none.code).toBe(1);
    expect(none.err).toMatch(/There is no file .*none\.db, and no backup of that name/);
    expect((await llmlab('undo', '999')).code).toBe(1);
  });

  it('lists what was backed up, and restores it by its name', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const { data } = await json('backup');
    const listed = await json('backups');
    expect(listed.data.backups.map((one: { name: string }) => one.name)).toContain(data.backup.name);
    expect((await llmlab('backups')).out).toContain(data.backup.name);
    await llmlab('undo', '1');
    const restored = await json('restore', data.backup.name);
    expect([restored.code, restored.data.records]).toEqual([0, 4]);
    const { code, err } = await llmlab('restore', '../ledger.db');
    expect(code).toBe(1);
    expect(err).toContain('ledger.db');
  });

  it('exports to stdout and to a file alike', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const piped = await llmlab('export', '--format', 'csv');
    expect(piped.out.trimEnd().split(/\r?\n/)).toHaveLength(5);
    const { data } = await json('export', '--format', 'csv', '--out', 'out.csv');
    expect(data).toMatchObject({ rows: 4, path: join(box.dir, 'out.csv') });
    expect(readFileSync(join(box.dir, 'out.csv'), 'utf8')).toBe(piped.out);
    expect(JSON.parse((await llmlab('export', '--format', 'json')).out)).toBeTruthy();
    const nowhere = await llmlab('export', '--format', 'csv', '--out', 'no/such/out.csv');
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain(`there is no folder ${join(box.dir, 'no', 'such')}.`);
    const exports = join(box.dataDir, 'exports');
    expect(existsSync(exports) ? readdirSync(exports) : []).toEqual([]);
  });
});
