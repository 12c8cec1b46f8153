import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { readLog, recordsOf } from '../testing/read-log.ts';
import { makeDatabase, type SampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { copilotTraces } from './copilot-traces.ts';

/** The calls of the telemetry sample as the editor's store holds them: attributes are text, the common ones columns too. */
const dump: SampleDump = {
  ddl: [
    'CREATE TABLE spans (span_id TEXT PRIMARY KEY, trace_id TEXT NOT NULL, parent_span_id TEXT, name TEXT NOT NULL, start_time_ms INTEGER NOT NULL, end_time_ms INTEGER NOT NULL, operation_name TEXT, conversation_id TEXT, request_model TEXT, response_model TEXT, input_tokens INTEGER, output_tokens INTEGER, cached_tokens INTEGER, reasoning_tokens INTEGER, chat_session_id TEXT)',
    'CREATE TABLE span_attributes (span_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT, PRIMARY KEY (span_id, key))',
  ],
  spans: [
    spanRow('inv', 'invoke_agent', { input_tokens: 5010, output_tokens: 105 }),
    spanRow('c1', 'chat', {
      input_tokens: 5000,
      output_tokens: 100,
      cached_tokens: 4000,
      response_model: 'gpt-5.4-mini',
    }),
  ],
  span_attributes: [
    { span_id: 'c1', key: 'gen_ai.operation.name', value: 'chat' },
    { span_id: 'c1', key: 'gen_ai.usage.input_tokens', value: '5000' },
    { span_id: 'c1', key: 'gen_ai.usage.reasoning.output_tokens', value: '60' },
    { span_id: 'c1', key: 'gen_ai.input.messages', value: 'secret' },
  ],
};

function spanRow(id: string, operation: string, more: object) {
  const time = { start_time_ms: 1_782_900_000_000, end_time_ms: 1_782_900_004_500 };
  return {
    span_id: id,
    trace_id: 't1',
    parent_span_id: null,
    name: operation,
    ...time,
    operation_name: operation,
    ...more,
  };
}

const tokens = { input: 1000, cacheRead: 4000, output: 100, reasoning: 60 };
conforms(copilotTraces, {
  'copilot_otel.jsonl': { accepted: 1, requests: 1, tokens, as: 'agent-traces.db', dump },
});

describe('a span of the store', () => {
  it('is read from its attributes and its columns, without the conversation', () => {
    using dir = tempDir();
    const path = makeDatabase(join(dir.path, 'agent-traces.db'), dump);
    const records = recordsOf(readLog(copilotTraces, path, { kind: 'database' }).lines);
    expect(records).toMatchObject([{ key: 't1:c1', at: 1_782_900_004_500, model: 'gpt-5.4-mini' }]);
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  it.each([true, false])('and of a telemetry file is one call (the store first: %s)', async (storeFirst) => {
    await using t = await startTestCore();
    using dir = tempDir();
    const store = makeDatabase(join(dir.path, 'agent-traces.db'), dump);
    const file = join(samplesDir, 'copilot_otel.jsonl');
    const counts = [];
    for (const path of storeFirst ? [store, file] : [file, store])
      counts.push((await t.call('imports.commit', { file: { path } })).files[0]?.counts);
    expect(counts).toMatchObject([{ accepted: 1 }, { accepted: 0, duplicate: 1 }]);
    expect((await t.call('report.run', { by: [], filters: {} })).totals.requests).toBe(1);
  });
});

describe('places', () => {
  it('are every editor’s storage', () => {
    const paths = copilotTraces
      .locations({ platform: 'darwin', home: '/Users/a', env: {} })
      .map(({ path }) => path);
    const below = 'User/globalStorage/github.copilot-chat/agent-traces.db';
    expect(paths).toContain(`/Users/a/Library/Application Support/Code - Insiders/${below}`);
    expect(copilotTraces.fileKind('agent-traces.db')).toBe('database');
    expect(copilotTraces.fileKind('debug.db')).toBeNull();
  });
});
