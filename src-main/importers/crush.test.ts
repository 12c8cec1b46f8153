import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { crush } from './crush.ts';
import { findLogFiles } from './pipeline/log-files.ts';
import { changedLogFiles, watchPlaces } from './pipeline/log-watch.ts';

const sample = sampleDump('crush_db.json');
// The sample's message leaves out a column its table demands.
const messages = (sample.messages ?? []).map((row) => ({ ...(row as object), updated_at: 1_782_900_010 }));
const dump = { ...sample, messages };

conforms(crush, {
  'crush_db.json': { accepted: 1, skipped: 1, requests: 0, usd: '0.1132', as: 'crush.db', dump },
});

const session = {
  id: 'c1',
  parent_session_id: null,
  title: '',
  prompt_tokens: 5,
  completion_tokens: 5,
  cost: 0.5,
  created_at: 1_782_900_000,
  updated_at: 1_782_900_600,
};
const said = (id: string, session_id: string, model: string, provider = 'anthropic') => ({
  ...{ id, session_id, role: 'assistant', model, provider, created_at: 1, updated_at: 1 },
});

function read(sessions: readonly object[], messages: readonly object[] = [], name = 'shop/.crush/crush.db') {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, name), { ddl: dump.ddl, sessions, messages } as never);
  return readLog(crush, path, { kind: 'database' }).lines;
}

describe('a session', () => {
  it('counts its cost exactly, and no tokens: those are of its last call', () => {
    expect(recordsOf(read([{ ...session, cost: 0.1 + 0.2 }]))[0]).toMatchObject({
      amount: { value: '0.30000000000000004', currency: 'USD' },
      tokens: { input: 0, output: 0 },
      at: 1_782_900_600_000,
      project: 'shop',
    });
  });

  it('has the cost of its children in it', () => {
    const lines = read([session, { ...session, id: 'c2', parent_session_id: 'c1', cost: 0.2 }]);
    expect(recordsOf(lines).map(({ key }) => key)).toEqual(['c1']);
    expect(kindsOf(lines)).toEqual(['record', 'skip']);
  });

  it('that has grown is one record with the larger cost, on the day it was first seen', () => {
    const [before] = recordsOf(read([session]));
    const [after] = recordsOf(read([{ ...session, cost: 0.75, updated_at: 1_783_000_000 }]));
    expect(before && after && foldRecords(crush, [before, after])).toMatchObject([
      { at: 1_782_900_600_000, amount: { value: '0.75' } },
    ]);
  });

  it('states seconds, and milliseconds where the number can only be that', () => {
    const at = (updated_at: number) => recordsOf(read([{ ...session, updated_at }]))[0]?.at;
    expect([at(1_782_900_600), at(1_782_900_600_000)]).toEqual([1_782_900_600_000, 1_782_900_600_000]);
  });

  it('has a model when it used one alone, its children included', () => {
    const child = { ...session, id: 'c2', parent_session_id: 'c1' };
    const model = (...messages: readonly object[]) => {
      const [record] = recordsOf(read([session, child], messages));
      return [record?.provider, record?.model];
    };
    expect(model(said('1', 'c1', 'opus'), said('2', 'c2', 'opus'))).toEqual(['anthropic', 'opus']);
    expect(model(said('1', 'c1', 'opus'), said('2', 'c2', 'haiku'))).toEqual(['anthropic', null]);
    expect(model(said('1', 'c1', 'opus'), said('2', 'c2', 'gpt', 'openai'))).toEqual(['unknown', null]);
    expect(model()).toEqual(['unknown', null]);
  });

  it('that leads to itself does not hang; one without a cost is skipped, a bad one refused', () => {
    const lines = read(
      [
        { ...session, id: 'a', parent_session_id: 'b' },
        { ...session, id: 'b', parent_session_id: 'a' },
        { ...session, id: 'c', cost: 0 },
        { ...session, id: 'd', cost: -1 },
      ],
      [said('1', 'a', 'opus')],
    );
    expect(kindsOf(lines)).toEqual(['skip', 'skip', 'skip', 'refuse']);
    expect(reasonsOf(lines)).toEqual(['the cost of session d is not a number']);
  });
});

describe('the list of projects', () => {
  const projects = (...list: readonly object[]) => JSON.stringify({ projects: list });

  it('leads to the databases, wherever they lie', () => {
    using dir = tempDir();
    const put = (name: string) => makeDatabase(join(dir.path, name), dump);
    const usual = put('work/shop/.crush/crush.db');
    const moved = put('elsewhere/data/crush.db');
    const list = join(dir.path, '.local/share/crush/projects.json');
    mkdirSync(dirname(list), { recursive: true });
    writeFileSync(
      list,
      projects(
        { path: join(dir.path, 'work/shop'), data_dir: '.crush' },
        { path: '/gone', data_dir: '/gone/.crush' },
        { path: join(dir.path, 'x'), data_dir: join(dir.path, 'elsewhere/data') },
        { path: 'relative', data_dir: '.crush' },
        { path: 7 },
      ),
    );
    const environment = { platform: 'linux', home: dir.path, env: {} } as const;
    const found = findLogFiles(crush, environment, []);
    expect(found.files.map(({ path }) => path)).toEqual([moved, usual]);
    expect(found.folders.map(({ path, found }) => [path, found])).toEqual([
      [list, true],
      [usual, true],
      ['/gone/.crush/crush.db', false],
      [moved, true],
    ]);
    const watched = watchPlaces(crush, environment, [], found).map(({ folder }) => folder);
    expect(watched).toEqual(expect.arrayContaining([dirname(list), dirname(usual), dirname(moved)]));
    expect(changedLogFiles(crush, environment, [], [list])).toBeNull();
    expect(changedLogFiles(crush, environment, [], [usual])).toHaveLength(1);
  });

  it('is followed by a scan, which takes a grown session’s cost and nothing twice', async () => {
    await using t = await startTestCore();
    const path = makeDatabase(join(t.dir, 'work/shop/.crush/crush.db'), dump);
    const list = join(t.home, '.local/share/crush/projects.json');
    mkdirSync(dirname(list), { recursive: true });
    writeFileSync(list, projects({ path: join(t.dir, 'work/shop'), data_dir: '.crush' }));
    const scan = async () => (await t.call('scan.run', { tools: [crush.id] })).tools[0];
    const cash = async () => (await t.call('report.run', { by: [], filters: {} })).totals.cashNanoUsd;
    expect(await scan()).toMatchObject({ files: 1, accepted: 1, refused: 0, problems: [] });
    expect(await cash()).toBe(113_200_000);
    expect(await scan()).toMatchObject({ accepted: 0, bytesRead: 0 });
    const db = new Database(path);
    db.exec("UPDATE sessions SET cost = 0.5, updated_at = updated_at + 86400 WHERE id = 'c1'");
    db.close();
    await scan();
    expect(await cash()).toBe(500_000_000);
    const { rows } = await t.call('report.run', { by: ['day', 'project'], filters: {} });
    expect(rows).toMatchObject([{ day: '2026-07-01', project: 'shop' }]);
  });

  it('of the sample names its one database; a broken list names none', () => {
    const [place] = crush.locations({ platform: 'linux', home: '/h', env: {} });
    expect(place?.leadsTo?.(readFileSync(join(samplesDir, 'crush_projects.json'), 'utf8'))).toEqual([
      '/home/dev/shop/.crush/crush.db',
    ]);
    for (const broken of ['', '{', '[]', '{"projects":{}}', '{"projects":[null,1]}'])
      expect(place?.leadsTo?.(broken)).toEqual([]);
  });

  it('lies where each system and the tool’s variable say', () => {
    const at = (platform: 'linux' | 'darwin' | 'win32', env: Record<string, string> = {}) =>
      crush
        .locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/h', env })
        .map(({ path, why }) => [path, why]);
    expect(at('darwin')).toEqual([['/h/.local/share/crush/projects.json', 'default']]);
    expect(at('win32')).toEqual([['C:\\Users\\a\\AppData\\Local\\crush\\projects.json', 'default']]);
    expect(at('linux', { XDG_DATA_HOME: '/d' })).toEqual([['/d/crush/projects.json', 'XDG_DATA_HOME']]);
    expect(at('linux', { CRUSH_GLOBAL_DATA: '/c' })).toEqual([['/c/projects.json', 'CRUSH_GLOBAL_DATA']]);
  });
});
