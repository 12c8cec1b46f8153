import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { mapping } from '../../../src-preload/contract/imports.ts';
import { createCore } from '../../core/index.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import { openDatabase } from '../../store/database.ts';
import { ledgerPath } from '../../store/open.ts';
import { mapRoles } from './program.ts';
import { main, sample, testBox } from './test-box.ts';

const box = testBox();
const { json, llmlab, llmlabProcess } = box;

describe('wrong use', () => {
  it.each([
    ['an unknown flag', ['report', '--colour', 'red'], '--colour'],
    ['an unknown command', ['raport'], 'unknown command raport. Did you mean report?'],
    ['a word no command is like', ['foo'], 'unknown command foo. There are import, scan'],
    ['an unknown command of a command', ['settings', 'sett'], 'unknown command sett. Did you mean set?'],
    [
      'a role no column has',
      ['import', 'x.csv', '--map', 'date=D,colour=C'],
      'cacheRead, cacheWrite, output, reasoning, callId',
    ],
    ['no file', ['import'], 'file'],
    ['a date that is none', ['report', '--from', '2026-02-30'], '2026-02-30'],
    [
      'a range that ends before it starts',
      ['report', '--from', '2026-07-02', '--to', '2026-07-01'],
      'is after',
    ],
    ['an unknown key', ['report', '--by', 'day,colour'], 'colour'],
    ['an unknown zone', ['report', '--tz', 'Mars/Olympus'], 'Mars/Olympus'],
    ['no export format', ['export'], '--format'],
    ['an unknown export format', ['export', '--format', 'xlsx'], 'xlsx'],
    ['an import that is no number', ['undo', 'last'], 'last'],
    ['an argument too many', ['undo', '1', '2'], 'arguments'],
    ['a port that is none', ['serve', '--port', '99999'], '99999'],
    ['an unknown setting', ['settings', 'set', 'colour', 'red'], 'colour'],
    ['a fee that is no amount', ['accounts', 'add', 'x', '--fee', '1e3'], '1e3'],
    ['mapping options without a mapping', ['import', 'x.csv', '--map-options', 'zone=UTC'], '--map'],
  ])('ends with 2 and says so: %s', async (_what, args, said) => {
    const { out, err, code } = await llmlab(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
    expect(existsSync(box.dataDir)).toBe(false);
  });

  it('keeps stdout JSON when JSON was asked for', async () => {
    const { code, data } = await json('report', '--by', 'colour');
    expect([code, data.error.code]).toEqual([2, 'USAGE']);
  });

  it('of a format or tool names the ones there are', async () => {
    const format = await llmlab('import', sample('openai_cost.csv'), '--as', 'nonsense');
    expect(format.code).toBe(2);
    expect(format.err).toContain('openai-cost');
    const tool = await llmlab('scan', '--tool', 'nonsense');
    expect(tool.code).toBe(2);
    expect(tool.err).toContain('claude-code');
  });
});

describe('as a process', () => {
  it('ends with the code and keeps result and trouble apart', async () => {
    const done = await llmlabProcess('import', sample('openai_cost.csv'), '--json');
    expect([done.code, done.err, JSON.parse(done.out).files[0].accepted]).toEqual([0, '', 4]);
    const wrong = await llmlabProcess('report', '--by', 'colour', '--json');
    expect([wrong.code, JSON.parse(wrong.out).error.code]).toEqual([2, 'USAGE']);
    expect(wrong.err).toContain('llmlab: --by colour');
    const nothing = await llmlabProcess('undo', '999');
    expect(nothing).toMatchObject({ code: 1, out: '' });
  });

  // Windows has no pipe that its shells close early.
  it.skipIf(process.platform === 'win32')('does not mind a reader that has seen enough', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const env = { PATH: process.env.PATH, HOME: join(box.dir, 'home'), LLMLAB_DATA_DIR: box.dataDir };
    const pipe = `'${process.execPath}' '${main}' export --format json | head -c 1; echo "|\${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', pipe], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(out).toMatch(/^.\|0\n$/s);
    expect(err).toBe('');
  });
});

describe('help', () => {
  it('is the answer to nothing, and to --help', async () => {
    const [bare, asked] = await Promise.all([llmlab(), llmlab('--help')]);
    expect([bare.code, asked.code]).toEqual([0, 0]);
    expect(bare.out).toBe(asked.out);
    expect((await llmlab('import', '--help')).out.replaceAll(/\s+/g, ' ')).toContain(mapRoles.join(', '));
    expect([...mapRoles].sort()).toEqual(Object.keys(mapping.shape.columns.shape).sort());
    for (const name of [
      'import',
      'scan',
      'report',
      'undo',
      'export',
      'doctor',
      'serve',
      'backup',
      'restore',
    ]) {
      expect(asked.out).toContain(name);
    }
  });

  it('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    expect(await llmlab('--version')).toEqual({ out: `${version}\n`, err: '', code: 0 });
  });
});

describe('the data folder', () => {
  it('is read beside another host that has it, and changed by that one alone', async () => {
    await llmlab('sample', 'load');
    const before = await json('report');
    const core = createCore(nodePorts({ host: 'web', heavyWork: 'inline', dataDir: box.dataDir, env: {} }));
    await core.start();
    try {
      expect(before.data.totals.records).toBeGreaterThan(0);
      expect((await json('report')).data).toEqual(before.data);
      for (const command of [['sources'], ['accounts'], ['imports'], ['doctor'], ['settings'], ['prices']])
        expect([command, (await json(...command)).code]).toEqual([command, 0]);
      const { out } = await llmlab('export', '--format', 'csv');
      expect(out.trimEnd().split('\n')).toHaveLength(before.data.totals.records + 1);
      for (const command of [
        ['sample', 'remove'],
        ['scan'],
        ['backup'],
        ['settings', 'set', 'zone', 'UTC'],
        ['keys', 'set', 'openai'],
        ['vault', 'passphrase'],
      ]) {
        const { code, err, data } = await json(...command);
        expect([command, code, data.error.code]).toEqual([command, 1, 'STORE_LOCKED']);
        expect(err).toContain(box.dataDir);
      }
    } finally {
      await core.stop();
    }
    expect((await json('report')).data).toEqual(before.data);
  });

  it('stands back from a ledger it could only read by changing it, while another host has the folder', async () => {
    const core = createCore(nodePorts({ host: 'web', heavyWork: 'inline', dataDir: box.dataDir, env: {} }));
    await core.start();
    const db = openDatabase(ledgerPath(box.dataDir), 'write');
    db.pragma('user_version = 1');
    db.close();
    try {
      expect((await json('report')).data.error.code).toBe('STORE_LOCKED');
    } finally {
      await core.stop();
    }
  });

  it('says which folder it cannot use', async () => {
    writeFileSync(join(box.dir, 'file'), '');
    const { code, err } = await llmlab('report', '--data-dir', join(box.dir, 'file', 'data'));
    expect(code).toBe(1);
    expect(err).toContain(`The data folder ${join(box.dir, 'file', 'data')} cannot be used`);
  });
});
