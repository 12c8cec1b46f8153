import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readEntries, reasonsOf, recordsOf, sumTokens } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { mux } from './mux.ts';

conforms(mux, {
  'mux_chat.jsonl': {
    accepted: 2,
    requests: 2,
    tokens: { input: 3000, output: 600, cacheRead: 10_000, cacheWriteUnknown: 2000, reasoning: 260 },
  },
});

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'))['mux_chat.jsonl'];
const sample = readFileSync(join(samplesDir, 'mux_chat.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
function read(entries: readonly object[], name = 'ws1/chat.jsonl') {
  using dir = tempDir();
  return readEntries(mux, dir.path, entries, name).lines;
}
const said = (metadata: object) => ({ ...sample[1], metadata: { ...sample[1].metadata, ...metadata } });

describe('a chat', () => {
  it('has the cache inside its input and reasoning inside its output', () => {
    expect(sumTokens(recordsOf(read(sample)))).toEqual({
      input: truth.fresh_input,
      cacheRead: truth.cached,
      cacheWriteUnknown: truth.cache_write,
      output: truth.output_incl_reasoning,
      reasoning: truth.reasoning,
    });
  });

  it('is of the vendor before the first colon', () => {
    const of = (model: string) => {
      const { provider, model: name } = recordsOf(read([said({ model })]))[0] ?? {};
      return [provider, name];
    };
    expect(of('bedrock:anthropic.claude-sonnet-4-6-v1:0')).toEqual([
      'aws',
      'anthropic.claude-sonnet-4-6-v1:0',
    ]);
    expect(of('openrouter:deepseek/deepseek-v3.2')).toEqual(['openrouter', 'deepseek/deepseek-v3.2']);
    expect(reasonsOf(read([said({ model: 'claude-sonnet-4-6' })]))).toEqual([
      'the message names no provider',
    ]);
  });

  it('copied into a forked workspace counts once, and a message as it was last', () => {
    const grown = said({ usage: { inputTokens: 12_000, outputTokens: 700 } });
    const records = [...recordsOf(read(sample)), ...recordsOf(read([sample[1], grown], 'ws2/chat.jsonl'))];
    const kept = foldRecords(mux, records);
    expect(kept).toHaveLength(2);
    expect(kept[0]?.tokens.output).toBe(700);
  });

  it('of a sub-agent is read, in the workspace it works for; sums of a session are not', () => {
    const name = 'ws1/subagent-transcripts/t1/chat.jsonl';
    expect(mux.fileKind(name)).toBe('lines');
    expect(recordsOf(read([sample[1]], name))[0]?.session).toBe('ws1');
    expect(mux.fileKind('ws1/session-usage.json')).toBeNull();
    expect(mux.fileKind('ws1/partial.json')).toBeNull();
  });
});

describe('places', () => {
  it('are its sessions, or those a variable names', () => {
    const at = (env: Record<string, string>) => mux.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.mux/sessions', why: 'default' }]);
    expect(at({ MUX_ROOT: '~/m' })).toEqual([{ path: '/home/a/m/sessions', why: 'MUX_ROOT' }]);
  });
});
