import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { llmCli } from './llm-cli.ts';

const usage = 'input_tokens INTEGER, output_tokens INTEGER, token_details TEXT';
const ddl = [
  `CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, response TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, ${usage}, resolved_model TEXT)`,
  `CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, model TEXT, resolved_model TEXT, ${usage}, duration_ms INTEGER, datetime_utc TEXT, response_json TEXT)`,
];

conforms(llmCli, {
  'llm_logs_db.json': {
    accepted: 2,
    requests: 2,
    tokens: { input: 676, cacheRead: 1024, output: 390, reasoning: 128 },
    as: 'logs.db',
    dump: { ...sampleDump('llm_logs_db.json'), ddl },
  },
});

const call = {
  id: '01k0a',
  model: 'gpt-5-mini',
  datetime_utc: '2026-01-05T10:00:00.123456',
  input_tokens: 1000,
  output_tokens: 100,
};

function read(tables: { responses?: readonly object[]; turns?: readonly object[] }) {
  using dir = tempDir();
  return readLog(llmCli, makeDatabase(join(dir.path, 'logs.db'), { ddl, ...tables } as never), {
    kind: 'database',
  }).lines;
}
const only = (row: object) => recordsOf(read({ responses: [{ ...call, ...row }] }))[0];
const tokens = (details: object | null, row: object = {}) =>
  only({ ...row, token_details: details && JSON.stringify(details) })?.tokens;

describe('a call', () => {
  it('of OpenAI has cached tokens in its input and reasoning in its output', () => {
    expect(
      tokens({
        prompt_tokens_details: { cached_tokens: 900 },
        completion_tokens_details: { reasoning_tokens: 40 },
      }),
    ).toMatchObject({ input: 100, cacheRead: 900, output: 100, reasoning: 40 });
    expect(tokens({ input_tokens_details: { cached_tokens: 300 } })).toMatchObject({
      input: 700,
      cacheRead: 300,
    });
  });

  it('of Anthropic has them beside it', () => {
    expect(
      tokens({
        cache_read_input_tokens: 5000,
        cache_creation_input_tokens: 300,
        cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 100 },
      }),
    ).toMatchObject({
      input: 1000,
      cacheRead: 5000,
      cacheWrite5m: 200,
      cacheWrite1h: 100,
      cacheWriteUnknown: 0,
    });
    expect(tokens({ cache_creation_input_tokens: 300 })).toMatchObject({ cacheWriteUnknown: 300 });
  });

  it('of Gemini has its thoughts in the output or beside it, as the plugin’s version left them', () => {
    const thoughts = { cachedContentTokenCount: 400, thoughtsTokenCount: 30 };
    expect(tokens({ ...thoughts, candidatesTokenCount: 70 })).toMatchObject({
      input: 600,
      cacheRead: 400,
      output: 100,
      reasoning: 30,
    });
    expect(tokens(thoughts)).toMatchObject({ output: 130, reasoning: 30 });
  });

  it('is billed by the vendor its model tells, and has the model that answered', () => {
    const vendor = (model: string) => only({ model })?.provider;
    expect(
      ['gpt-5-mini', 'claude-sonnet-4.6', 'openrouter/anthropic/claude-4', 'llama3.2:latest'].map(vendor),
    ).toEqual(['openai', 'anthropic', 'openrouter', 'unknown']);
    expect(only({ resolved_model: 'gpt-5-mini-2025-08-07' })?.model).toBe('gpt-5-mini-2025-08-07');
    expect(only({})?.at).toBe(Date.UTC(2026, 0, 5, 10, 0, 0, 123));
  });

  it('that stands in the older and the newer table counts once', () => {
    const records = recordsOf(read({ responses: [call], turns: [{ ...call, thread_id: 't' }] }));
    expect(foldRecords(llmCli, records)).toHaveLength(1);
  });

  it('without counts is skipped; one that cannot be read is refused', () => {
    const lines = read({
      responses: [
        { ...call, id: 'a', input_tokens: null, output_tokens: null },
        { ...call, id: 'b', datetime_utc: null },
        { ...call, id: 'c', token_details: '{' },
      ],
    });
    expect(kindsOf(lines).toSorted()).toEqual(['record', 'refuse', 'skip']);
    expect(reasonsOf(lines)).toEqual(['the line has no time']);
  });
});

it('is told by tables of either time, also when one is missing', () => {
  using dir = tempDir();
  for (const [i, only] of ddl.entries())
    expect(
      readLog(llmCli, makeDatabase(join(dir.path, `${i}.db`), { ddl: [only] }), { kind: 'database' }).lines,
    ).toEqual([]);
});

it('lies where click puts it on each system', () => {
  const at = (platform: 'linux' | 'darwin' | 'win32', env: Record<string, string> = {}) =>
    llmCli.locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/h', env })[0]?.path;
  expect(at('linux')).toBe('/h/.config/io.datasette.llm/logs.db');
  expect(at('darwin')).toBe('/h/Library/Application Support/io.datasette.llm/logs.db');
  expect(at('win32', { APPDATA: 'D:\\r' })).toBe('D:\\r\\io.datasette.llm\\logs.db');
  expect(at('linux', { LLM_USER_PATH: '/u' })).toBe('/u/logs.db');
});
