import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogEnvironment } from '../platform/importer.ts';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { fieldsTellTheSame } from '../testing/fields-conformance.ts';
import {
  foldRecords,
  kindsOf,
  readEntries,
  readLog,
  reasonsOf,
  recordsOf,
  tokensByModel,
} from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { claudeCode } from './claude-code.ts';

conforms(claudeCode, {
  'claude_code_session.jsonl': {
    accepted: 3,
    requests: 4,
    tokens: { input: 3306, cacheWrite5m: 500, cacheWrite1h: 12900, cacheRead: 14000, output: 1430 },
  },
  // One is a replay of its parent's message: it counts only while the parent's file is not there.
  'claude_code_subagent.jsonl': {
    accepted: 3,
    tokens: { input: 19, cacheWrite5m: 2600, cacheRead: 2500, output: 750 },
  },
  'claude_code_old_v1.0.5.jsonl': {
    accepted: 1,
    usd: '0.0312',
    tokens: { input: 400, cacheWriteUnknown: 3200, cacheRead: 10000, output: 1000 },
  },
});

fieldsTellTheSame(claudeCode, [
  'claude_code_session.jsonl',
  'claude_code_subagent.jsonl',
  'claude_code_resumed.jsonl',
  'claude_code_old_v1.0.5.jsonl',
]);

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));
const parts = ['session', 'subagent', 'resumed', 'old_v1.0.5'] as const;
const sample = (part: string) =>
  recordsOf(readLog(claudeCode, join(samplesDir, `claude_code_${part}.jsonl`)).lines);

function entry(message: object, around: object = {}): object {
  return {
    type: 'assistant',
    timestamp: '2026-07-01T09:00:00.000Z',
    sessionId: 's1',
    cwd: '/home/dev/shop',
    uuid: 'u1',
    requestId: 'req_1',
    isSidechain: false,
    message: {
      id: 'msg_1',
      model: 'claude-opus-4-8',
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 2 },
      ...message,
    },
    ...around,
  };
}

function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(claudeCode, dir.path, entries);
}

const only = (...entries: readonly object[]) => recordsOf(read(...entries).lines)[0];
const written = (usage: object) => {
  const { cacheWrite5m, cacheWrite1h, cacheWriteUnknown } = only(entry({ usage }))?.tokens ?? {};
  return [cacheWrite5m, cacheWrite1h, cacheWriteUnknown];
};

describe('the samples', () => {
  it('come to the largest counters of each message, not to the sum of its lines', () => {
    const { by_model } = truth['claude_code_session.jsonl'];
    const session = foldRecords(claudeCode, sample('session'));
    expect(tokensByModel(session)).toEqual({
      'claude-opus-4-8': {
        input: by_model['claude-opus-4-8'].input,
        cacheWrite1h: by_model['claude-opus-4-8'].cw1h,
        cacheRead: by_model['claude-opus-4-8'].cache_read,
        output: by_model['claude-opus-4-8'].output,
      },
      'claude-haiku-4-5-20251001': { input: 300, cacheWrite5m: 500, cacheRead: 2000, output: 60 },
      'claude-fable-5': { input: 3000, output: 150 },
    });
    expect(session).toHaveLength(4);
    expect(session[0]).toMatchObject({
      key: 'msg_01AAAAAAAAAAAAAAAAAAAAAA',
      at: Date.parse('2026-07-01T09:00:04.100Z'),
      project: 'shop',
      session: '6f1c2a10-1111-4222-8333-444455556666',
      vendorCallId: 'msg_01AAAAAAAAAAAAAAAAAAAAAA',
      priceFacts: { serviceTier: 'standard', speed: 'standard' },
      extras: { cwd: '/home/dev/shop', gitBranch: 'main', version: '2.1.72' },
    });
    expect(session[0]?.status).toBeNull();
  });

  it('count together what is in truth one message, in any order of the files', () => {
    const all = truth.claude_code_ALL_FILES_TOGETHER;
    const models = Object.entries<Record<string, number>>(all).map(([model, e]) => [
      model,
      {
        input: e.input,
        output: e.output,
        ...(e.cache_read && { cacheRead: e.cache_read }),
        ...(e.cw5m && { cacheWrite5m: e.cw5m }),
        ...(e.cw1h && { cacheWrite1h: e.cw1h }),
        ...(e.cache_write && { cacheWriteUnknown: e.cache_write }),
      },
    ]);
    const folded = permutations(parts).map((order) => foldRecords(claudeCode, order.flatMap(sample)));
    expect(folded).toHaveLength(24);
    for (const records of folded) expect(records).toEqual(folded[0]);
    expect(tokensByModel(folded[0] ?? [])).toEqual(Object.fromEntries(models));
  });

  it('keep the cost that versions before 1.0.9 stated, to the digit', () => {
    expect(sample('old_v1.0.5')[0]?.amount).toEqual({ value: '0.0312', currency: 'USD' });
  });
});

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

describe('a message', () => {
  it('is known by its id, by id and request where a gateway made the id up, else by the line', () => {
    expect(only(entry({}))?.key).toBe('msg_1');
    expect(only(entry({ id: 'chatcmpl-7' }))?.key).toBe('chatcmpl-7|req_1');
    expect(only(entry({ id: undefined }))?.key).toBe('u1');
  });

  it('inside a progress line of older versions counts below the agent file that has it too', () => {
    const inner = {
      type: 'assistant',
      timestamp: '2026-07-01T09:00:05.000Z',
      requestId: 'req_1',
      message: { id: 'msg_9', model: 'm', usage: { input_tokens: 3, output_tokens: 4 } },
    };
    const [record] = recordsOf(
      read({
        type: 'progress',
        sessionId: 's1',
        isSidechain: false,
        data: { type: 'agent_progress', message: inner },
      }).lines,
    );
    expect(record).toMatchObject({ key: 'msg_9', precedence: 0, at: Date.parse('2026-07-01T09:00:05.000Z') });
  });

  it('that never got its end is counted and marked', () => {
    expect(only(entry({ stop_reason: null }))).toMatchObject({ status: 'incomplete', tokens: { output: 2 } });
  });

  it('served by another model is billed as that model', () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      iterations: [{ type: 'fallback_message', model: 'claude-sonnet-4-6' }],
    };
    expect(only(entry({ usage }))?.model).toBe('claude-sonnet-4-6');
  });

  it('of Vertex AI or Bedrock is billed by them', () => {
    expect(only(entry({ id: 'msg_vrtx_01' }))).toMatchObject({
      provider: 'google',
      extras: { backend: 'vertex' },
    });
    expect(only(entry({ model: 'claude-opus-4-5@20251101' }))?.provider).toBe('google');
    expect(only(entry({ id: 'msg_bdrk_01' }))).toMatchObject({
      provider: 'aws',
      extras: { backend: 'bedrock' },
    });
  });

  it('carries what changes its price', () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      service_tier: 'priority',
      speed: 'fast',
      inference_geo: 'us',
      server_tool_use: { web_search_requests: 3 },
    };
    expect(only(entry({ usage }))?.priceFacts).toEqual({
      serviceTier: 'priority',
      speed: 'fast',
      geo: 'us',
      webSearches: 3,
    });
  });

  it('with compaction counts the compaction beside it, without its searches', () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      server_tool_use: { web_search_requests: 1 },
      iterations: [
        { type: 'compaction', input_tokens: 900, output_tokens: 80 },
        { type: 'message', input_tokens: 1, output_tokens: 2 },
      ],
    };
    const [main, compaction] = recordsOf(read(entry({ usage })).lines);
    expect(main?.tokens.input).toBe(1);
    expect(compaction).toMatchObject({
      key: 'msg_1:compaction:0',
      model: 'claude-opus-4-8',
      tokens: { input: 900, output: 80 },
    });
    expect(compaction?.priceFacts?.webSearches).toBeUndefined();
  });
});

describe('cache writes', () => {
  const stated = (short: unknown, long: unknown) => ({
    ephemeral_5m_input_tokens: short,
    ephemeral_1h_input_tokens: long,
  });

  it('keep what the split leaves over, and take no half of a split', () => {
    expect(written({ cache_creation_input_tokens: 100, cache_creation: stated(30, 50) })).toEqual([
      30, 50, 20,
    ]);
    expect(written({ cache_creation_input_tokens: 100, cache_creation: stated(30, undefined) })).toEqual([
      0, 0, 100,
    ]);
    expect(written({ cache_creation_input_tokens: 100 })).toEqual([0, 0, 100]);
    expect(written({ input_tokens: 1, cache_creation: stated(0, 70) })).toEqual([0, 70, 0]);
  });

  it('take the last turn with the same counters where the split exceeds the total, else stay unknown', () => {
    const usage = {
      input_tokens: 5,
      cache_read_input_tokens: 0,
      output_tokens: 9,
      cache_creation_input_tokens: 100,
      cache_creation: stated(150, 0),
    };
    const { cache_creation: _, ...turn } = usage;
    const iterations = [
      { ...turn, cache_creation: stated(1, 99) },
      { ...turn, cache_creation: stated(0, 100) },
      { input_tokens: 1 },
    ];
    expect(written({ ...usage, iterations })).toEqual([0, 100, 0]);
    expect(
      written({ ...usage, iterations: [{ ...turn, input_tokens: 6, cache_creation: stated(0, 100) }] }),
    ).toEqual([0, 0, 100]);
  });
});

describe('lines that are no usage', () => {
  it('are skipped: notices, empty counters, results of sub-agents', () => {
    const { lines } = read(
      entry({ model: '<synthetic>' }),
      entry({ usage: { input_tokens: 0, output_tokens: 0 } }),
      { type: 'user', toolUseResult: { usage: { input_tokens: 5 } } },
    );
    expect(kindsOf(lines)).toEqual(['skip', 'skip', 'skip']);
  });

  it('are refused with a reason when they claim usage that cannot be trusted', () => {
    const { lines } = read(
      entry({ usage: { input_tokens: 'many', output_tokens: 2 } }),
      entry({ usage: { input_tokens: -1, output_tokens: 2 } }),
      entry({}, { timestamp: '2026-02-30T09:00:00.000Z' }),
      entry({}, { timestamp: undefined }),
    );
    expect(reasonsOf(lines)).toEqual([
      'input_tokens "many" is not a number of tokens',
      'input_tokens -1 is not a number of tokens',
      '"2026-02-30T09:00:00.000Z" is not a time',
      'the line has no time',
    ]);
  });
});

describe('places', () => {
  const at = (platform: LogEnvironment['platform'], home: string, env: LogEnvironment['env'] = {}) =>
    claudeCode.locations({ platform, home, env }).map(({ path }) => path);

  it('are the home folder, the XDG folder and the stores of Claude Desktop', () => {
    expect(at('linux', '/home/a', { XDG_CONFIG_HOME: '/cfg' })).toEqual([
      '/home/a/.claude/projects',
      '/cfg/claude/projects',
      '/cfg/Claude/local-agent-mode-sessions',
      '/cfg/Claude/claude-code-sessions',
    ]);
    expect(at('darwin', '/Users/a')).toContain(
      '/Users/a/Library/Application Support/Claude/claude-code-sessions',
    );
    expect(at('win32', 'C:\\Users\\a')).toEqual([
      'C:\\Users\\a\\.claude\\projects',
      'C:\\Users\\a\\.config\\claude\\projects',
      'C:\\Users\\a\\AppData\\Roaming\\Claude\\local-agent-mode-sessions',
      'C:\\Users\\a\\AppData\\Roaming\\Claude\\claude-code-sessions',
      'C:\\Users\\a\\AppData\\Local\\Packages\\Claude_*\\LocalCache\\Roaming\\Claude\\local-agent-mode-sessions',
      'C:\\Users\\a\\AppData\\Local\\Packages\\Claude_*\\LocalCache\\Roaming\\Claude\\claude-code-sessions',
    ]);
  });

  it('are those CLAUDE_CONFIG_DIR names, one or several, instead of the home folder', () => {
    const named = claudeCode.locations({
      platform: 'linux',
      home: '/home/a',
      env: { CLAUDE_CONFIG_DIR: '/x, ~/work ,/y/projects' },
    });
    expect(named.filter(({ why }) => why === 'CLAUDE_CONFIG_DIR').map(({ path }) => path)).toEqual([
      '/x/projects',
      '/home/a/work/projects',
      '/y/projects',
    ]);
    expect(named.map(({ path }) => path)).not.toContain('/home/a/.claude/projects');
  });

  it('hold sessions and sub-agents; their journals and audits are no sessions', () => {
    expect(claudeCode.fileKind('-home-dev/s1/subagents/workflows/wf-1/agent-a.jsonl')).toBe('lines');
    for (const name of ['p/journal.jsonl', 'audit.jsonl', 'p/sessions-index.json', 'p/x.replay.json'])
      expect(claudeCode.fileKind(name)).toBeNull();
  });
});
