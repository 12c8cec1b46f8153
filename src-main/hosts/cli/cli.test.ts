import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mapping } from '../../../src-preload/contract/imports.ts';
import { createCore } from '../../core/index.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import { mapRoles } from './program.ts';
import { runIn } from './test-terminal.ts';

const samples = join(import.meta.dirname, '../../testing/fixtures/samples');
const main = join(import.meta.dirname, 'main.ts');
const sample = (name: string) => join(samples, name);

let dir: string;
let dataDir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-cli-'));
  dataDir = join(dir, 'data');
  mkdirSync(join(dir, 'home'));
  // An empty home: no test may find the logs of who runs it.
  vi.stubEnv('HOME', join(dir, 'home'));
  vi.stubEnv('USERPROFILE', join(dir, 'home'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

const llmlab = (...args: readonly string[]) => runIn({ cwd: dir, env: { LLMLAB_DATA_DIR: dataDir } }, args);

/** The command as a person runs it: its own process. */
async function llmlabProcess(...args: readonly string[]) {
  const home = join(dir, 'home');
  const env = { PATH: process.env.PATH, HOME: home, USERPROFILE: home, LLMLAB_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [main, ...args], {
    cwd: dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out, err, code };
}

async function json(...args: readonly string[]) {
  const { out, err, code } = await llmlab(...args, '--json');
  return { code, err, data: JSON.parse(out) };
}

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
    expect(existsSync(dataDir)).toBe(false);
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
    const env = { PATH: process.env.PATH, HOME: join(dir, 'home'), LLMLAB_DATA_DIR: dataDir };
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

describe('import', () => {
  it('refuses an export that would count several times over, and says what to import instead', async () => {
    const file = sample('litellm_usage_daily_with_models.csv');
    for (const flags of [['--dry-run'], [], ['--map', 'date=Date,cost=Spend ($)']]) {
      const { code, data } = await json('import', file, ...flags);
      expect(code).not.toBe(0);
      expect(data.files[0]).toMatchObject({
        accepted: 0,
        importId: null,
        error: { code: 'EXPORT_REFUSED' },
      });
    }
    const { err, out } = await llmlab('import', file);
    expect(err + out).toContain('Import the daily export without models instead');
    expect((await json('imports')).data.imports).toEqual([]);
  });

  it('adds to the nano-dollar, adds nothing the second time, and can be undone', async () => {
    const first = await json('import', sample('openai_cost.csv'));
    expect(first.code).toBe(0);
    const [file] = first.data.files;
    expect(file).toMatchObject({
      path: sample('openai_cost.csv'),
      format: 'openai-cost',
      duplicate: 0,
      refused: 0,
    });
    expect(file.accepted).toBe(4);
    const report = await json('report', '--by', 'model');
    expect(report.data.totals.cashNanoUsd).toBe(38_120_000);

    const again = await json('import', sample('openai_cost.csv'));
    expect(again.code).toBe(0);
    expect(again.data.files[0]).toMatchObject({ accepted: 0, duplicate: 4, refused: 0 });
    expect((await json('report')).data.totals).toEqual(report.data.totals);

    expect((await llmlab('undo', String(file.importId))).code).toBe(0);
    expect((await json('report')).data.totals).toMatchObject({ cashNanoUsd: 0, records: 0 });
    expect((await json('imports')).data.imports[0]).toMatchObject({ id: file.importId, state: 'undone' });
  });

  it('dry-run tells the same and writes nothing', async () => {
    const { code, data } = await json('import', sample('openai_cost.csv'), '--dry-run');
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 4, importId: null, costNanoUsd: 38_120_000 });
    expect((await json('imports')).data.imports).toEqual([]);
  });

  it('goes on after a file that cannot be read, and ends with 1 only when none could', async () => {
    writeFileSync(join(dir, 'noise.bin'), Buffer.from([0, 1, 2, 3, 255]));
    const mixed = await json('import', 'missing.csv', 'noise.bin', sample('openai_cost.csv'));
    expect(mixed.code).toBe(0);
    expect(mixed.data.files.map((file: { error: unknown }) => file.error === null)).toEqual([
      false,
      false,
      true,
    ]);
    expect(mixed.err).toContain('missing.csv: The file does not exist.');
    const none = await json('import', 'missing.csv', 'noise.bin');
    expect(none.code).toBe(1);
    expect(none.data.files[0]).toMatchObject({ path: 'missing.csv', format: null, importId: null });
  });

  it('puts the records on the account named', async () => {
    await llmlab('import', sample('openai_cost.csv'), '--account', 'Work');
    const { data } = await json('report', '--by', 'account');
    expect(data.rows.map((row: { account: string }) => row.account)).toEqual(['Work']);
  });

  it('says in text what came in and how to take it back', async () => {
    const { out } = await llmlab('import', sample('openai_cost.csv'));
    expect(out).toMatch(
      /openai_cost\.csv: openai-cost\n {2}added 4 rows \(\$0\.0381\) to .+\n {2}take it back with: llmlab undo \d+/,
    );
  });
});

describe('a CSV no format knows', () => {
  const csv = 'Tag;Betrag, netto;Modell\n2026-07-01;1,25;gpt-4o\n2026-07-02;0,75;gpt-4o\n';
  beforeEach(() => writeFileSync(join(dir, 'own.csv'), csv));

  const map = 'date=Tag,cost="Betrag, netto",model=Modell';
  const options = 'decimal=comma,currency=USD,provider=openai,evidence=billed,dateFormat=iso,zone=UTC';

  it('is refused with its columns named', async () => {
    const { code, err } = await llmlab('import', 'own.csv');
    expect(code).toBe(1);
    expect(err).toContain('Tag, Betrag, netto, Modell');
    expect(err).toContain('--map');
  });

  it('is read with --map, exactly', async () => {
    const { code, data } = await json('import', 'own.csv', '--map', map, '--map-options', options);
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 2, refused: 0, costNanoUsd: 2_000_000_000 });
  });

  it('is recognised next time when the mapping has a name', async () => {
    await llmlab('import', 'own.csv', '--map', map, '--map-options', `${options},name=Own bill`);
    writeFileSync(join(dir, 'next.csv'), csv.replaceAll('2026-07', '2026-08'));
    const { data } = await json('import', 'next.csv');
    expect(data.files[0]).toMatchObject({ accepted: 2, error: null });
  });

  it('is refused when the mapping names a column it does not have', async () => {
    const { code, err } = await llmlab('import', 'own.csv', '--map', 'date=Tag,cost=Kosten');
    expect(code).toBe(1);
    expect(err).toContain('no column Kosten');
  });

  it('is not guessed at: what would change the money must be said', async () => {
    const { code, err } = await llmlab('import', 'own.csv', '--map', map, '--map-options', 'decimal=comma');
    expect(code).toBe(1);
    expect(err).toContain('leaves open: currency');
  });

  it('is guessed from the columns that were named, not from those that look like it', async () => {
    writeFileSync(
      join(dir, 'two.csv'),
      'Invoice date;Usage date;Amount EUR;Amount USD\n2026-11-01;14.10.2026;1,10;1.20\n2026-11-02;15.10.2026;1,20;1.30\n',
    );
    const map = 'date=Usage date,cost=Amount USD';
    const { code, data } = await json('import', 'two.csv', '--map', map);
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 2, refused: 0 });
    const report = await json('report', '--by', 'day');
    expect(
      report.data.rows.map((row: { day: string; cashNanoUsd: number }) => [row.day, row.cashNanoUsd]),
    ).toEqual([
      ['2026-10-14', 1_200_000_000],
      ['2026-10-15', 1_300_000_000],
    ]);
  });

  it('is not touched when the mapping makes no sense', async () => {
    expect((await llmlab('import', 'own.csv', '--map', 'cost=Betrag')).code).toBe(2);
    expect((await llmlab('import', 'own.csv', '--map', 'date=Tag,colour=Rot')).code).toBe(2);
    expect((await llmlab('import', 'own.csv', '--map', 'date=Tag', '--map-options', 'decimal=x')).code).toBe(
      2,
    );
  });
});

describe('scan', () => {
  it('reads what the agents of this home logged, once', async () => {
    const project = join(dir, 'home', '.claude', 'projects', '-work-app');
    mkdirSync(project, { recursive: true });
    copyFileSync(
      sample('claude_code_session.jsonl'),
      join(project, 'a1b2c3d4-0000-4000-8000-000000000001.jsonl'),
    );
    const first = await json('scan', '--tool', 'claude-code');
    expect(first.code).toBe(0);
    const [tool] = first.data.tools;
    expect(tool).toMatchObject({ tool: 'claude-code', files: 1, refused: 0 });
    expect(tool.accepted).toBeGreaterThan(0);
    const again = await json('scan');
    const seen = again.data.tools.find((one: { tool: string }) => one.tool === 'claude-code');
    expect(seen).toMatchObject({ accepted: 0, bytesRead: 0 });
  });

  it('of a home without logs is no failure, but of a tool asked for by name it is', async () => {
    expect((await llmlab('scan')).code).toBe(0);
    expect((await llmlab('scan', '--tool', 'codex')).code).toBe(1);
    const { code, out } = await llmlab('doctor');
    expect(code).toBe(0);
    expect(out).toContain(join(dir, 'home', '.claude'));
  });

  it('names a tool with nothing to read, with what to do about it', async () => {
    const path = join(dir, 'home', '.config', 'Cursor', 'User', 'globalStorage', 'state.vscdb');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
    const { code, out } = await llmlab('doctor');
    expect(code).toBe(0);
    expect(out).toMatch(/Cursor \(cursor\): found, and nothing to read\n.*state\.vscdb\n.*CSV/);
  });
});

describe('report', () => {
  beforeEach(() => llmlab('import', sample('openai_cost.csv')));

  it('has the documented shape, rows by day unless asked otherwise', async () => {
    const { data } = await json('report');
    const figures = [
      'requests',
      'tokens',
      'cashNanoUsd',
      'equivalentNanoUsd',
      'unpricedRequests',
      'evidence',
    ];
    expect(Object.keys(data.totals)).toEqual(expect.arrayContaining(figures));
    expect(Object.keys(data.totals)).not.toContain('day');
    for (const row of data.rows) {
      expect(row.day).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(Object.keys(row)).toEqual(expect.arrayContaining(figures));
      expect(Object.keys(row.tokens).sort()).toEqual(
        [
          'cacheRead',
          'cacheWrite1h',
          'cacheWrite5m',
          'cacheWriteUnknown',
          'input',
          'output',
          'reasoning',
        ].sort(),
      );
      expect(Object.keys(row.evidence)).toEqual(['billed', 'metered', 'recorded', 'estimated']);
    }
    const sum = data.rows.reduce((total: number, row: { cashNanoUsd: number }) => total + row.cashNanoUsd, 0);
    expect(sum).toBe(data.totals.cashNanoUsd);
  });

  it('includes the last day asked for', async () => {
    const { data } = await json('report');
    const days = data.rows.map((row: { day: string }) => row.day);
    const last = days.toSorted().at(-1);
    const bounded = await json('report', '--from', last, '--to', last);
    expect(bounded.data.rows.map((row: { day: string }) => row.day)).toEqual([last]);
  });

  it('keeps sources of one name apart', async () => {
    writeFileSync(join(dir, 'more.csv'), readFileSync(sample('openai_cost.csv')));
    await llmlab('import', 'more.csv', '--account', 'Other');
    const { data } = await json('report', '--by', 'source');
    const labels = data.rows.map((row: { source: string }) => row.source);
    expect(new Set(labels).size).toBe(1);
    const ids = data.rows.map((row: { sourceId: number }) => row.sourceId);
    expect(new Set(ids).size).toBe(2);
    expect((await llmlab('report', '--by', 'source')).out).toMatch(/ #\d+ .*\n.* #\d+ /);
  });

  it('reads well as text', async () => {
    const { out } = await llmlab('report', '--by', 'provider,model');
    expect(out).toMatch(/^Provider +Model +Requests .*Cash +Evidence\n/);
    expect(out).toMatch(/\nTotal .*\$0\.0381 +billed\n/);
  });
});

it('says "at least" of the total the unknown cost belongs to, not of the other', async () => {
  writeFileSync(
    join(dir, 'own.csv'),
    'Day,Model,In\n2026-07-01,gpt-4o,1000000\n2026-07-01,no-such-model,1000\n',
  );
  const map = ['--map', 'date=Day,model=Model,input=In', '--map-options', 'provider=openai'];
  expect((await llmlab('import', 'own.csv', ...map, '--account', 'Flat')).code).toBe(0);
  const priced = await llmlab('report', '--by', 'account');
  expect(priced.out).toMatch(/\nTotal .* at least \$/);
  await llmlab('accounts', 'set', 'Flat', '--kind', 'plan', '--fee', '20', '--start', '2026-07-01');
  const { out } = await llmlab('report', '--by', 'account', '--to', '2026-07-31');
  expect(out).toMatch(/\nTotal .* {2}\$20\.00 {2}at least \$/);
});

describe('the rest', () => {
  it('exports to stdout and to a file alike', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const piped = await llmlab('export', '--format', 'csv');
    expect(piped.out.trimEnd().split(/\r?\n/)).toHaveLength(5);
    const { data } = await json('export', '--format', 'csv', '--out', 'out.csv');
    expect(data).toMatchObject({ rows: 4, path: join(dir, 'out.csv') });
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toBe(piped.out);
    expect(JSON.parse((await llmlab('export', '--format', 'json')).out)).toBeTruthy();
    const exports = join(dataDir, 'exports');
    expect(existsSync(exports) ? readdirSync(exports) : []).toEqual([]);
  });

  it('turns an account into a plan: usage becomes API-equivalent, the fee is the cash', async () => {
    await llmlab('import', sample('claude_code_session.jsonl'), '--account', 'Claude');
    const args = ['--kind', 'plan', '--fee', '19.99', '--cycle', 'month', '--start', '2026-07-01'];
    const { code, data } = await json('accounts', 'set', 'Claude', ...args);
    expect(code).toBe(0);
    expect(data.account).toMatchObject({
      kind: 'plan',
      assumed: false,
      fee: { nanoUsd: 19_990_000_000, cycle: 'month', start: '2026-07-01', end: null },
    });
    await llmlab('accounts', 'set', 'Claude', '--fee', '25');
    const { data: changed } = await json('accounts');
    const account = changed.accounts.find((one: { name: string }) => one.name === 'Claude');
    expect(account).toMatchObject({ kind: 'plan', fee: { nanoUsd: 25_000_000_000, start: '2026-07-01' } });
    expect((await llmlab('accounts', 'set', 'Nobody', '--kind', 'api')).code).toBe(1);
    expect((await llmlab('accounts', 'add', 'Claude')).code).toBe(2);
  });

  it('keeps settings', async () => {
    expect((await llmlab('settings', 'set', 'zone', 'Asia/Kolkata')).code).toBe(0);
    expect((await llmlab('settings', 'get', 'zone')).out).toBe('Asia/Kolkata\n');
    expect((await json('settings', 'set', 'currency', 'eur', '--rate', '1.17')).data.settings).toMatchObject({
      currency: 'EUR',
      zone: 'Asia/Kolkata',
      fxRates: [{ currency: 'EUR', usdPerUnit: '1.17' }],
    });
    expect((await llmlab('settings', 'set', 'zone', 'Nowhere')).code).toBe(2);
  });

  it('takes no currency without a rate, and says that it prints USD all the same', async () => {
    const refused = await llmlab('settings', 'set', 'currency', 'EUR');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('settings set currency EUR --rate');
    expect((await llmlab('settings', 'get', 'currency')).out).toBe('USD\n');
    await llmlab('settings', 'set', 'currency', 'EUR', '--rate', '1.17');
    await llmlab('accounts', 'add', 'Flat', '--kind', 'plan', '--fee', '20', '--start', '2026-07-01');
    const report = await llmlab('report', '--to', '2026-07-31');
    expect(report.out).toContain('Money is in USD');
    expect(report.err).not.toContain('Nothing is counted');
    expect((await llmlab('accounts')).out).toContain('Money is in USD');
  });

  it('backs up, and restores what was backed up', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const { data } = await json('backup');
    expect(data.backup).toMatchObject({ records: 4, verified: true });
    await llmlab('undo', '1');
    const restored = await json('restore', data.backup.path);
    expect([restored.code, restored.data.records]).toEqual([0, 4]);
    expect((await json('report')).data.totals.cashNanoUsd).toBe(38_120_000);
    writeFileSync(join(dir, 'bad.db'), 'no database');
    expect((await llmlab('restore', 'bad.db')).code).toBe(1);
    expect((await llmlab('undo', '999')).code).toBe(1);
  });

  it('stands back while another host has the folder', async () => {
    const core = createCore(nodePorts({ host: 'web', heavyWork: 'inline', dataDir, env: {} }));
    await core.start();
    try {
      const { code, err, data } = await json('report');
      expect([code, data.error.code]).toEqual([1, 'STORE_LOCKED']);
      expect(err).toContain(dataDir);
    } finally {
      await core.stop();
    }
  });

  it('says which folder it cannot use', async () => {
    writeFileSync(join(dir, 'file'), '');
    const { code, err } = await llmlab('report', '--data-dir', join(dir, 'file', 'data'));
    expect(code).toBe(1);
    expect(err).toContain(`The data folder ${join(dir, 'file', 'data')} cannot be used`);
  });

  it('lists formats and sources', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const formats = (await json('formats')).data.formats.map((format: { id: string }) => format.id);
    expect(formats).toEqual(expect.arrayContaining(['openai-cost', 'claude-code']));
    const { sources } = (await json('sources')).data;
    expect(sources).toHaveLength(1);
    await llmlab('accounts', 'add', 'Work', '--kind', 'api', '--provider', 'openai');
    expect((await llmlab('sources', 'assign', String(sources[0].id), 'Work')).code).toBe(0);
    expect((await json('sources')).data.sources[0].account).toBe('Work');
  });
});
