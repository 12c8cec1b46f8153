import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { hermes } from './hermes.ts';

const ddl = [
  'CREATE TABLE sessions (id TEXT PRIMARY KEY, source TEXT NOT NULL, model TEXT, cwd TEXT, started_at REAL NOT NULL, ended_at REAL, message_count INTEGER, api_call_count INTEGER, input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0, cache_read_tokens INTEGER DEFAULT 0, cache_write_tokens INTEGER DEFAULT 0, reasoning_tokens INTEGER DEFAULT 0, billing_provider TEXT, billing_mode TEXT, estimated_cost_usd REAL, actual_cost_usd REAL, cost_status TEXT)',
];

conforms(hermes, {
  'hermes_state_db.json': {
    accepted: 1,
    usd: '0.0441',
    tokens: { input: 4_200, output: 900, cacheRead: 30_000, cacheWriteUnknown: 2_500 },
    as: 'state.db',
    dump: { ...sampleDump('hermes_state_db.json'), ddl },
  },
});

const session = {
  id: 'h-1',
  source: 'cli',
  model: 'anthropic/claude-sonnet-4.6',
  billing_provider: 'openrouter',
  started_at: 1_782_900_000.12,
  input_tokens: 100,
  output_tokens: 10,
};

function read(...sessions: readonly object[]) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'state.db'), { ddl, sessions } as never);
  return readLog(hermes, path, { kind: 'database' }).lines;
}
const only = (row: object) => recordsOf(read({ ...session, ...row }))[0];

describe('a session', () => {
  it('stands at its start, to the millisecond, under who bills it', () => {
    expect(only({ api_call_count: 4, cwd: '/home/dev/shop' })).toMatchObject({
      at: 1_782_900_000_120,
      provider: 'openrouter',
      requests: 4,
      project: 'shop',
    });
    expect(only({ billing_provider: null })?.provider).toBe('anthropic');
  });

  it('has the cost the vendor stated before the estimate, also when it is less and comes later', () => {
    const estimated = only({ estimated_cost_usd: 0.05 });
    const actual = only({ estimated_cost_usd: 0.05, actual_cost_usd: 0.031 });
    expect(estimated).toMatchObject({ amount: { value: '0.05' } });
    expect(estimated).not.toHaveProperty('evidence');
    expect(actual).toMatchObject({ amount: { value: '0.031' }, evidence: 'metered' });
    if (estimated && actual)
      for (const order of [
        [estimated, actual],
        [actual, estimated],
      ])
        expect(foldRecords(hermes, order)).toMatchObject([{ amount: { value: '0.031' } }]);
  });

  it('without a cost is left to be priced; one its plan covers is never cash', () => {
    expect(only({ estimated_cost_usd: 0 })).not.toHaveProperty('amount');
    expect(only({ estimated_cost_usd: 0.3, cost_status: 'included' })).toMatchObject({ coveredByPlan: true });
    expect(only({ estimated_cost_usd: 0.3, cost_status: 'included' })).not.toHaveProperty('amount');
  });

  it('has its reasoning in the output', () => {
    expect(only({ reasoning_tokens: 99 })?.tokens).toMatchObject({ output: 10, reasoning: 10 });
  });

  it('that used nothing is skipped; one that cannot be read is refused', () => {
    const lines = read(
      { ...session, id: 'a', input_tokens: 0, output_tokens: null },
      { ...session, id: 'b', input_tokens: 1.5 },
      { ...session, id: 'c', started_at: 12 },
    );
    expect(kindsOf(lines).toSorted()).toEqual(['refuse', 'refuse', 'skip']);
    expect(reasonsOf(lines).toSorted()).toEqual([
      '12000 is not a time',
      'input_tokens 1.5 is not a number of tokens',
    ]);
  });
});

it('is looked for at home, in its profiles and where its variable says', () => {
  const at = (env: Record<string, string>) =>
    hermes.locations({ platform: 'linux', home: '/h', env }).map(({ path }) => path);
  expect(at({})).toEqual(['/h/.hermes/state.db', '/h/.hermes/profiles/*/state.db']);
  expect(at({ HERMES_HOME: '/x' })[0]).toBe('/x/state.db');
});
