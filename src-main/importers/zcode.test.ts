import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { logImporters } from './logs.ts';
import { recogniseLog } from './pipeline/recognise-log.ts';
import { zcode } from './zcode.ts';

const ddl = [
  'CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT, title TEXT)',
  // It has opencode's tables as well, with other content.
  'CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, data TEXT)',
  'CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, data TEXT)',
  'CREATE TABLE model_usage (id TEXT PRIMARY KEY, session_id TEXT, turn_id TEXT, provider_id TEXT, model_id TEXT, agent TEXT, mode TEXT, status TEXT, started_at INTEGER, completed_at INTEGER, input_tokens INTEGER, output_tokens INTEGER, reasoning_tokens INTEGER, cache_creation_input_tokens INTEGER, cache_read_input_tokens INTEGER, computed_total_tokens INTEGER)',
];
const call = {
  id: 'u1',
  session_id: 's1',
  provider_id: 'builtin:zai',
  model_id: 'GLM-5.2',
  status: 'completed',
  started_at: 1_782_900_000_000,
  input_tokens: 1000,
  output_tokens: 100,
  reasoning_tokens: 30,
  cache_creation_input_tokens: 50,
  cache_read_input_tokens: 800,
  computed_total_tokens: 1100,
};

const session = [{ id: 's1', directory: '/home/dev/shop' }];

conforms(zcode, {
  'three calls': {
    accepted: 2,
    skipped: 1,
    requests: 2,
    tokens: { input: 650, cacheRead: 800, cacheWriteUnknown: 50, output: 107, reasoning: 30 },
    as: 'db.sqlite',
    dump: {
      ddl,
      session,
      model_usage: [
        call,
        {
          ...call,
          id: 'u2',
          input_tokens: 500,
          output_tokens: 7,
          reasoning_tokens: 0,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          computed_total_tokens: 507,
        },
        { id: 'u3', session_id: 's1' },
      ],
    },
  },
});

function read(...calls: readonly object[]) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'db.sqlite'), { ddl, session, model_usage: calls } as never);
  expect(recogniseLog(logImporters, path).map(({ id }) => id)).toEqual([zcode.id]);
  return readLog(zcode, path, { kind: 'database' }).lines;
}
const only = (row: object) => recordsOf(read({ ...call, ...row }))[0];

describe('a call', () => {
  it('has what the cache held in its input and the reasoning in its output', () => {
    expect(only({})).toMatchObject({
      key: 'u1',
      at: 1_782_900_000_000,
      provider: 'zai',
      model: 'GLM-5.2',
      project: 'shop',
      session: 's1',
      requests: 1,
      tokens: { input: 150, cacheRead: 800, cacheWriteUnknown: 50, output: 100, reasoning: 30 },
    });
    expect(only({ computed_total_tokens: null })?.tokens).toMatchObject({ input: 150, output: 100 });
  });

  it('has them beside where its total says so', () => {
    expect(only({ computed_total_tokens: 1130 })?.tokens).toMatchObject({
      input: 150,
      output: 130,
      reasoning: 30,
    });
    expect(only({ computed_total_tokens: 1950 })?.tokens).toMatchObject({ input: 1000, output: 100 });
  });

  it('through a coding plan is covered by it', () => {
    expect(only({ provider_id: 'builtin:zai-coding-plan' })).toMatchObject({
      provider: 'zai',
      coveredByPlan: true,
    });
    expect(only({})).not.toHaveProperty('coveredByPlan');
    expect(only({ provider_id: null, model_id: 'gpt-5' })?.provider).toBe('openai');
  });

  it('that was running is replaced by its end, and a failed one counts with its state', () => {
    const running = only({ output_tokens: 1, status: 'running' });
    const ended = only({});
    expect(running && ended && foldRecords(zcode, [running, ended])).toEqual([ended]);
    expect(running?.status).toBe('running');
    expect(only({ status: 'failed' })?.status).toBe('failed');
  });

  it('without counts is skipped; one that cannot be read is refused', () => {
    const none = Object.fromEntries(Object.keys(call).map((name) => [name, null]));
    const lines = read(
      { ...none, id: 'a' },
      { ...call, id: 'b', started_at: null },
      { ...call, id: 'c', output_tokens: -4 },
    );
    expect(kindsOf(lines).toSorted()).toEqual(['refuse', 'refuse', 'skip']);
    expect(reasonsOf(lines).toSorted()).toEqual([
      'output_tokens -4 is not a number of tokens',
      'the line has no time',
    ]);
  });
});

it('of a build without sessions, providers or totals is read all the same', () => {
  using dir = tempDir();
  const columns =
    'id, session_id, model_id, started_at, input_tokens, output_tokens, cache_read_input_tokens';
  const path = makeDatabase(join(dir.path, 'db.sqlite'), {
    ddl: [`CREATE TABLE model_usage (${columns})`],
    model_usage: [{ id: 7, model_id: 'glm-5', started_at: call.started_at, input_tokens: 5 }],
  });
  expect(recordsOf(readLog(zcode, path, { kind: 'database' }).lines)).toMatchObject([
    { provider: 'zai', tokens: { input: 5 }, project: null },
  ]);
});

it('lies at home, or where its variables say', () => {
  const at = (env: Record<string, string>) =>
    zcode.locations({ platform: 'linux', home: '/h', env }).map(({ path, why }) => [path, why]);
  expect(at({})).toEqual([['/h/.zcode/cli/db/db.sqlite', 'default']]);
  expect(at({ ZCODE_SESSION_DB: '~/z.db' })).toEqual([['/h/z.db', 'ZCODE_SESSION_DB']]);
});
