import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { kindsOf, readEntries, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { copilotOtel } from './copilot-otel.ts';

const tokens = { input: 1000, cacheRead: 4000, output: 100, reasoning: 60 };
conforms(copilotOtel, { 'copilot_otel.jsonl': { accepted: 1, requests: 1, tokens } });

const span = (attributes: object, more: object = {}) => ({
  type: 'span',
  traceId: 't1',
  spanId: 's1',
  endTime: [1_782_900_004, 500_000_000],
  attributes: { 'gen_ai.operation.name': 'chat', ...attributes },
  ...more,
});

function read(...spans: readonly object[]) {
  using dir = tempDir();
  return readEntries(copilotOtel, dir.path, spans).lines;
}

describe('a span', () => {
  it('of an agent repeats its calls and is none', () => {
    const usage = { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 2 };
    const agent = span({ ...usage, 'gen_ai.operation.name': 'invoke_agent' });
    expect(kindsOf(read(agent, span(usage)))).toEqual(['skip', 'record']);
  });

  it('counts in numbers or in text, with the cache under either name', () => {
    const text = {
      'gen_ai.usage.input_tokens': '100',
      'gen_ai.usage.output_tokens': '7',
      'gen_ai.usage.cache_read_input_tokens': '60',
      'gen_ai.usage.cache_creation_input_tokens': '30',
      'gen_ai.usage.reasoning_tokens': '3',
    };
    expect(recordsOf(read(span(text)))[0]?.tokens).toMatchObject({
      input: 10,
      cacheRead: 60,
      cacheWriteUnknown: 30,
      output: 7,
      reasoning: 3,
    });
    expect(reasonsOf(read(span({ 'gen_ai.usage.input_tokens': 'many' })))).toEqual([
      'gen_ai.usage.input_tokens "many" is not a number of tokens',
    ]);
  });

  it('ends at seconds and nanoseconds, and is exact whatever stands in for it', () => {
    const [record] = recordsOf(readLog(copilotOtel, join(samplesDir, 'copilot_otel.jsonl')).lines);
    expect(record).toMatchObject({
      key: 't1:c1',
      at: 1_782_900_004_500,
      model: 'gpt-5.4-mini',
      session: 'conv-1',
      evidence: 'recorded',
    });
  });
});

describe('a day the session store knows as well', () => {
  it('counts what the store has', async () => {
    await using t = await startTestCore();
    const root = join(t.home, '.copilot');
    mkdirSync(join(root, 'otel'), { recursive: true });
    copyFileSync(join(samplesDir, 'copilot_otel.jsonl'), join(root, 'otel/a.jsonl'));
    const scan = async (tool: string) => {
      await t.call('scan.run', { tools: [tool] });
      return (await t.call('report.run', { by: [], filters: {} })).totals;
    };
    expect((await scan('copilot-otel')).tokens).toMatchObject(tokens);
    makeDatabase(join(root, 'session-store.db'), sampleDump('copilot_cli_session_store.json'));
    expect(await scan('copilot-cli')).toMatchObject({
      requests: 2,
      tokens: { input: 1000, cacheRead: 44_000, output: 420 },
    });
  });
});

describe('places', () => {
  it('are the folder of the tool and the file a variable names', () => {
    const at = (env: Record<string, string>) =>
      copilotOtel.locations({ platform: 'linux', home: '/home/a', env }).map(({ path }) => path);
    expect(at({})).toEqual(['/home/a/.copilot/otel']);
    expect(at({ COPILOT_OTEL_FILE_EXPORTER_PATH: '/o/x.jsonl' })[0]).toBe('/o/x.jsonl');
  });
});
