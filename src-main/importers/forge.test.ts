import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { forge } from './forge.ts';
import { logImporters } from './logs.ts';
import { recogniseLog } from './pipeline/recognise-log.ts';

const ddl = [
  'CREATE TABLE conversations (conversation_id TEXT PRIMARY KEY NOT NULL, title TEXT, workspace_id BIGINT NOT NULL, context TEXT, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP, metrics TEXT)',
];
const usage = (prompt: number, cached: number, output: number, more: object = {}) => ({
  prompt_tokens: { actual: prompt },
  cached_tokens: { actual: cached },
  completion_tokens: { actual: output },
  total_tokens: { actual: prompt + output },
  ...more,
});
const reply = (counted: object | null, more: object = {}) => ({
  message: { text: { role: 'Assistant', content: 'hi', model: 'claude-sonnet-4-6', ...more } },
  ...(counted && { usage: counted }),
});
const called = (id: string) => ({ tool_calls: [{ name: 'shell', call_id: id, arguments: {} }] });
const conversation = (messages: readonly object[], more: object = {}) => ({
  conversation_id: 'f1',
  workspace_id: 42,
  context: JSON.stringify({ messages }),
  created_at: '2026-07-01 10:00:00',
  updated_at: '2026-07-01 10:30:00.250',
  ...more,
});

conforms(forge, {
  'two conversations': {
    accepted: 3,
    skipped: 1,
    requests: 3,
    // Stated: 0.0021. By list price, 3 and 15 USD a million: 200 + 2,000 in, 800 cached at a tenth, 50 + 60 out.
    usd: '0.01059',
    tokens: { input: 2210, cacheRead: 800, output: 115 },
    as: '.forge.db',
    dump: {
      ddl,
      conversations: [
        conversation([reply(usage(1000, 800, 50), called('a')), reply(usage(2000, 0, 60), called('b'))]),
        conversation([reply(usage(10, 0, 5, { cost: 0.0021 })), { text: { role: 'User' } }], {
          conversation_id: 'f2',
        }),
      ],
    },
  },
});

function read(...conversations: readonly object[]) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, '.forge.db'), { ddl, conversations } as never);
  expect(recogniseLog(logImporters, path).map(({ id }) => id)).toEqual([forge.id]);
  return readLog(forge, path, { kind: 'database' }).lines;
}

describe('a call', () => {
  it('has cached tokens in its prompt', () => {
    expect(recordsOf(read(conversation([reply(usage(1000, 800, 50))])))[0]).toMatchObject({
      tokens: { input: 200, cacheRead: 800, output: 50 },
      at: Date.UTC(2026, 6, 1, 10, 30, 0, 250),
      provider: 'anthropic',
      session: 'f1',
      requests: 1,
    });
  });

  it('keeps its cost where a gateway stated one, and says when its tokens are Forge’s own estimate', () => {
    expect(recordsOf(read(conversation([reply(usage(10, 0, 5, { cost: 0.0021 }))])))[0]?.amount).toEqual({
      value: '0.0021',
      currency: 'USD',
    });
    const guessed = reply(usage(10, 0, 5, { completion_tokens: { Approx: 6 } }));
    expect(recordsOf(read(conversation([guessed])))[0]).toMatchObject({
      evidence: 'estimated',
      tokens: { output: 6 },
    });
  });

  it('stays the same call when compaction took others away, and at the time it was first seen', () => {
    const [first, second] = [reply(usage(1000, 0, 50), called('a')), reply(usage(2000, 0, 60), called('b'))];
    const before = recordsOf(read(conversation([first, second])));
    const after = recordsOf(read(conversation([second], { updated_at: '2026-07-02 08:00:00' })));
    const kept = foldRecords(forge, [...before, ...after]);
    expect(kept).toHaveLength(2);
    expect(new Set(kept.map(({ at }) => at)).size).toBe(1);
  });

  it('that merely looks like another one is a call of its own', () => {
    const same = reply(usage(1000, 0, 50));
    const records = recordsOf(read(conversation([same, same])));
    expect(foldRecords(forge, records)).toHaveLength(2);
    const other = recordsOf(read(conversation([same], { conversation_id: 'f2' })));
    expect(foldRecords(forge, [...records, ...other])).toHaveLength(3);
  });

  it('of a person is skipped; what cannot be read is refused', () => {
    expect(kindsOf(read(conversation([reply(null), { text: { role: 'User' } }])))).toEqual(['skip', 'skip']);
    expect(kindsOf(read(conversation([], { context: null })))).toEqual([]);
    expect(
      reasonsOf(
        read(
          conversation([], { context: '{' }),
          conversation([reply(usage(-1, 0, 1))], { conversation_id: 'f2' }),
        ),
      ),
    ).toEqual(['conversation f1 is not valid JSON', 'actual -1 is not a number of tokens']);
  });
});

it('keeps every digit of a workspace’s number', () => {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, '.forge.db'), { ddl });
  const db = new Database(path);
  db.prepare('INSERT INTO conversations VALUES (?, NULL, ?, ?, ?, NULL, NULL)').run(
    'f1',
    9_223_372_036_854_775_807n,
    conversation([reply(usage(10, 0, 5))]).context,
    '2026-07-01 10:00:00',
  );
  db.close();
  const [record] = recordsOf(readLog(forge, path, { kind: 'database' }).lines);
  expect(record?.extras).toEqual({ workspace: '9223372036854775807' });
  expect(record?.at).toBe(Date.UTC(2026, 6, 1, 10));
});

it('lies at home', () => {
  const at = (platform: 'linux' | 'win32', home: string) =>
    forge.locations({ platform, home, env: {} }).map(({ path }) => path);
  expect(at('linux', '/h')).toEqual(['/h/.forge/.forge.db']);
  expect(at('win32', 'C:\\Users\\a')).toEqual(['C:\\Users\\a\\.forge\\.forge.db']);
  expect(forge.fileKind('.forge.db')).toBe('database');
});
