import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf, sumTokens } from '../testing/read-log.ts';
import { sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { opencode } from './opencode.ts';

conforms(opencode, {
  'opencode_message.json': {
    accepted: 1,
    usd: '0.0126',
    tokens: { input: 1200, cacheRead: 13000, cacheWriteUnknown: 600, output: 430, reasoning: 130 },
  },
  'opencode_db.json': {
    accepted: 2,
    usd: '0.0184',
    tokens: { input: 1205, cacheRead: 26600, cacheWriteUnknown: 720 },
    as: 'opencode.db',
    dump: sampleDump('opencode_db.json'),
  },
});

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));
const dump = JSON.parse(readFileSync(join(samplesDir, 'opencode_db.json'), 'utf8'));

interface Rows {
  readonly session?: readonly object[];
  readonly message: readonly object[];
  readonly part?: readonly object[];
}

function makeDatabase(path: string, rows: Rows): string {
  const db = new Database(path);
  for (const ddl of dump.ddl) db.exec(ddl);
  for (const [table, list] of Object.entries(rows))
    for (const row of list) {
      const columns = Object.keys(row);
      db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`).run(
        ...Object.values(row),
      );
    }
  db.close();
  return path;
}

function read(rows: Rows) {
  using dir = tempDir();
  return readLog(opencode, makeDatabase(join(dir.path, 'opencode.db'), rows), { kind: 'database' }).lines;
}

const said = {
  role: 'assistant',
  modelID: 'claude-sonnet-4-6',
  providerID: 'anthropic',
  cost: 0,
  tokens: { input: 10, output: 5, reasoning: 2, cache: { read: 0, write: 0 } },
};
const message = (id: string, data: object = {}, created = 1_782_900_000_000) => ({
  id,
  session_id: 'ses_1',
  time_created: created,
  data: JSON.stringify({ ...said, time: { created, completed: created + 4000 }, ...data }),
});
const step = (id: string, data: object) => ({
  id,
  message_id: 'msg_1',
  session_id: 'ses_1',
  data: JSON.stringify({ type: 'step-finish', ...data }),
});
const only = (data: object) => recordsOf(read({ message: [message('msg_1', data)] }))[0];

describe('the samples', () => {
  const sampleRows = { session: dump.session, message: dump.message, part: dump.part };

  it('count every session’s messages with the cost they state', () => {
    const e = truth['opencode_db.json'];
    const records = recordsOf(read(sampleRows));
    expect(sumTokens(records)).toEqual({
      input: e.input,
      cacheRead: e.cache_read,
      cacheWriteUnknown: e.cache_write,
      output: e.output + e.reasoning,
      reasoning: e.reasoning,
    });
    expect(records.map(({ amount }) => amount)).toEqual([
      { value: '0.0126', currency: 'USD' },
      { value: '0.0058', currency: 'USD' },
    ]);
    expect(records[1]).toMatchObject({
      key: 'msg_02',
      at: 1_782_900_010_000,
      project: 'shop',
      session: 'ses_02',
      extras: { agent: 'build', parent: 'ses_01' },
    });
  });

  it('count a message once that the older store has too, whichever is read last', () => {
    const fromDatabase = recordsOf(read(sampleRows));
    const older = recordsOf(
      readLog(opencode, join(samplesDir, 'opencode_message.json'), { kind: 'document' }).lines,
    );
    for (const order of [
      [...fromDatabase, ...older],
      [...older, ...fromDatabase],
    ])
      expect(foldRecords(opencode, order)).toEqual(fromDatabase);
  });
});

describe('a message of several steps', () => {
  const rows = {
    message: [message('msg_1', { cost: 0.3 })],
    part: [
      step('prt_1', {
        cost: 0.1,
        tokens: { input: 100, output: 10, reasoning: 0, cache: { read: 0, write: 50 } },
      }),
      step('prt_2', {
        cost: 0.2,
        tokens: { input: 10, output: 5, reasoning: 2, cache: { read: 150, write: 0 } },
      }),
    ],
  };

  it('counts all of them, not only the last one its own tokens show', () => {
    expect(recordsOf(read(rows))[0]).toMatchObject({
      requests: 2,
      tokens: { input: 110, cacheRead: 150, cacheWriteUnknown: 50, output: 17 },
    });
  });

  it('adds their costs exactly: as floats they make 0.30000000000000004', () => {
    expect(recordsOf(read(rows))[0]?.amount?.value).toBe('0.3');
  });

  it('is not taken back to its last step by the older store', () => {
    using dir = tempDir();
    const path = join(dir.path, 'ses_1', 'msg_1.json');
    mkdirSync(dirname(path));
    writeFileSync(
      path,
      JSON.stringify({ ...JSON.parse(message('msg_1').data), id: 'msg_1', sessionID: 'ses_1' }),
    );
    const older = recordsOf(readLog(opencode, path, { kind: 'document' }).lines);
    expect(foldRecords(opencode, [...recordsOf(read(rows)), ...older])[0]?.requests).toBe(2);
  });
});

describe('a message', () => {
  it('without a cost is left to be priced, not taken as free', () => {
    expect(only({ cost: 0 })).not.toHaveProperty('amount');
    expect(only({ cost: 1.2e-7 })?.amount).toEqual({ value: '0.00000012', currency: 'USD' });
  });

  it('has its reasoning inside or beside the output, as its total tells', () => {
    const tokens = (total?: number) => ({
      tokens: { ...(total && { total }), input: 10, output: 5, reasoning: 2, cache: { read: 3, write: 0 } },
    });
    expect(only(tokens(18))?.tokens).toMatchObject({ output: 5, reasoning: 2 });
    expect(only(tokens(20))?.tokens).toMatchObject({ output: 7, reasoning: 2 });
    expect(only(tokens())?.tokens).toMatchObject({ output: 7, reasoning: 2 });
  });

  it('is billed by the vendor behind the tool’s name for it', () => {
    const names = [
      'amazon-bedrock',
      'google-vertex-anthropic',
      'xai',
      'github-copilot',
      'openrouter',
      'constructor',
    ];
    expect(names.map((providerID) => only({ providerID })?.provider)).toEqual([
      'aws',
      'google',
      'x-ai',
      'github-copilot',
      'openrouter',
      'constructor',
    ]);
  });

  it('copied by a fork under a new id counts once; two that merely look alike count twice', () => {
    const later = 1_782_900_500_000;
    const { time_created: _, ...copy } = message('msg_9');
    expect(kindsOf(read({ message: [message('msg_1'), { ...copy, time_created: later }] }))).toEqual([
      'record',
      'duplicate',
    ]);
    expect(kindsOf(read({ message: [message('msg_1'), message('msg_9', {}, later)] }))).toEqual([
      'record',
      'record',
    ]);
    const running = { time: { created: later } };
    expect(kindsOf(read({ message: [message('msg_1', running), message('msg_9', running)] }))).toEqual([
      'record',
      'record',
    ]);
  });

  it('of a person is skipped; one that cannot be read is refused', () => {
    const lines = read({
      message: [
        message('msg_1', { role: 'user' }),
        { ...message('msg_2'), data: '{' },
        message('msg_3', { providerID: '' }),
        message('msg_4', { time: {} }),
      ],
    });
    expect(reasonsOf(lines)).toEqual([
      'message msg_2 is not valid JSON',
      'the message names no provider',
      'the line has no time',
    ]);
    expect(kindsOf(lines).filter((kind) => kind === 'skip')).toHaveLength(1);
  });
});

describe('places', () => {
  it('are the data folder on every system, and the database a variable names', () => {
    const at = (platform: 'linux' | 'win32', env: Record<string, string>) =>
      opencode
        .locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/home/a', env })
        .map(({ path }) => path);
    expect(at('linux', {})).toEqual([
      '/home/a/.local/share/opencode/opencode*.db',
      '/home/a/.local/share/opencode/storage/message',
    ]);
    expect(at('win32', {})[0]).toBe('C:\\Users\\a\\.local\\share\\opencode\\opencode*.db');
    expect(at('linux', { XDG_DATA_HOME: '/d', OPENCODE_DB: 'mine.db' })).toEqual([
      '/d/opencode/mine.db',
      '/d/opencode/storage/message',
    ]);
    expect(at('linux', { OPENCODE_DB: '/x/y.db' })[0]).toBe('/x/y.db');
  });

  it('hold the database of any channel and messages; sessions and parts are none', () => {
    expect(opencode.fileKind('opencode-dev.db')).toBe('database');
    expect(opencode.fileKind('storage/message/ses_1/msg_1.json')).toBe('document');
    expect(opencode.fileKind('ses_1/msg_1.json')).toBe('document');
    expect(opencode.fileKind('storage/session/p/ses_1.json')).toBeNull();
    expect(opencode.fileKind('storage/part/msg_1/prt_1.json')).toBeNull();
  });
});
