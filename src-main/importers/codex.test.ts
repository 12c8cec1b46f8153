import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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
  sumTokens,
  tokensByModel,
} from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { codex } from './codex.ts';

conforms(codex, {
  'codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl': {
    accepted: 3,
    tokens: { input: 15500, cacheRead: 13000, cacheWriteUnknown: 1500, output: 1000, reasoning: 520 },
  },
  'codex_rollout-2026-07-01T11-00-00-019f0000-bbbb-7000-8000-000000000002_fork.jsonl': {
    accepted: 1,
    tokens: { input: 1000, cacheRead: 4000, output: 250, reasoning: 100 },
  },
  'codex_rollout_counter_reset.jsonl': {
    accepted: 2,
    tokens: { input: 400, cacheRead: 1500, output: 160, reasoning: 60 },
  },
  'codex_exec_json_stream.jsonl': { accepted: 1, tokens: { input: 1000, cacheRead: 23000, output: 120 } },
});

fieldsTellTheSame(codex, [
  'codex_exec_json_stream.jsonl',
  'codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl',
  'codex_rollout-2026-07-01T11-00-00-019f0000-bbbb-7000-8000-000000000002_fork.jsonl',
  'codex_rollout_counter_reset.jsonl',
]);

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));
const main = 'codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl';
const fork = 'codex_rollout-2026-07-01T11-00-00-019f0000-bbbb-7000-8000-000000000002_fork.jsonl';
const sample = (name: string) => readLog(codex, join(samplesDir, name));

const second = 1_782_900_000;
const time = (seconds: number) => new Date((second + seconds) * 1000).toISOString();
const usage = ([input, cached, output, reasoning]: readonly number[], written?: number) => ({
  input_tokens: input,
  cached_input_tokens: cached,
  output_tokens: output,
  reasoning_output_tokens: reasoning,
  ...(written !== undefined && { cache_write_input_tokens: written }),
});
const meta = (id: string, more: object = {}) => ({
  timestamp: time(0),
  type: 'session_meta',
  payload: { id, cwd: '/home/dev/shop', model_provider: 'openai', ...more },
});
const task = (at: number, startedAt: number) => ({
  timestamp: time(at),
  type: 'event_msg',
  payload: { type: 'task_started', started_at: second + startedAt },
});
const count = (
  at: number,
  total: readonly number[] | null,
  last: readonly number[] | null = null,
  written?: number,
) => ({
  timestamp: time(at),
  type: 'event_msg',
  payload: {
    type: 'token_count',
    info: {
      ...(total && { total_token_usage: usage(total, written) }),
      ...(last && { last_token_usage: usage(last) }),
    },
  },
});

function read(entries: readonly object[], name?: string) {
  using dir = tempDir();
  return readEntries(codex, dir.path, entries, name);
}

/** Fresh, cached, input, output, reasoning, total: as the hand-worked figures of each case state them. */
function figures(entries: readonly object[]): readonly number[] {
  const { input = 0, cacheRead = 0, output = 0, reasoning = 0 } = sumTokens(recordsOf(read(entries).lines));
  return [input, cacheRead, input + cacheRead, output, reasoning, input + cacheRead + output];
}

describe('the samples', () => {
  it('count rises of the running total by model; repeats add nothing', () => {
    const { by_model, rows_emitted } = truth[main];
    const { lines } = sample(main);
    expect(recordsOf(lines)).toHaveLength(rows_emitted);
    expect(kindsOf(lines).filter((kind) => kind === 'duplicate')).toHaveLength(2);
    const [large, small] = [by_model['gpt-5.4-codex'], by_model['gpt-5.4-mini']];
    expect(tokensByModel(recordsOf(lines))).toEqual({
      'gpt-5.4-codex': {
        input: large.fresh_input,
        cacheRead: large.cached,
        output: large.output,
        reasoning: large.reasoning,
      },
      'gpt-5.4-mini': {
        input: small.fresh_input,
        cacheRead: small.cached,
        cacheWriteUnknown: small.cache_write,
        output: small.output,
        reasoning: small.reasoning,
      },
    });
    expect(recordsOf(lines)[0]).toMatchObject({
      at: Date.parse('2026-07-01T10:00:09.000Z'),
      provider: 'openai',
      project: 'shop',
      session: '019f0000-aaaa-7000-8000-000000000001',
      extras: { cwd: '/home/dev/shop', version: '0.145.0' },
    });
  });

  it('leave out what a fork inherited', () => {
    const { own_usage } = truth[fork];
    const { lines } = sample(fork);
    expect(sumTokens(recordsOf(lines))).toEqual({
      input: own_usage.fresh_input,
      cacheRead: own_usage.cached,
      output: own_usage.output,
      reasoning: own_usage.reasoning,
    });
    expect(recordsOf(lines)[0]?.extras).toMatchObject({ parent: '019f0000-aaaa-7000-8000-000000000001' });
  });

  it('start over after an explicit zero', () => {
    const e = truth['codex_rollout_counter_reset.jsonl'];
    expect(sumTokens(recordsOf(sample('codex_rollout_counter_reset.jsonl').lines))).toEqual({
      input: e.fresh_input,
      cacheRead: e.cached,
      output: e.output,
      reasoning: e.reasoning,
    });
  });

  it('of `codex exec --json` count each turn, at the time the file has', () => {
    const e = truth['codex_exec_json_stream.jsonl'];
    const [turn] = recordsOf(sample('codex_exec_json_stream.jsonl').lines);
    expect(turn?.tokens).toMatchObject({ input: e.fresh_input, cacheRead: e.cached, output: e.output });
    expect(turn).toMatchObject({
      session: '019f-exec',
      model: 'gpt-5',
      extras: { modelAssumed: true, timeFrom: 'file' },
    });
  });
});

describe('running totals', () => {
  it('agree with figures worked out by hand elsewhere', () => {
    const replay = [
      meta('child', { forked_from_id: 'parent' }),
      meta('parent'),
      count(1, [60_000, 40_000, 900, 10]),
      count(3, [80_000, 60_000, 1_900, 20]),
      task(5, 5),
      count(9, [85_000, 63_000, 2_400, 70]),
    ];
    expect(figures(replay)).toEqual([2000, 3000, 5000, 500, 50, 5500]);
    expect(figures([meta('fresh'), task(0, 0), count(0, [3000, 2400, 120, 30])])).toEqual([
      600, 2400, 3000, 120, 30, 3120,
    ]);
    expect(figures([meta('p'), count(1, [100, 50, 10, 1])])).toEqual([50, 50, 100, 10, 1, 110]);
  });

  it('do not fall when only one counter does', () => {
    expect(
      figures([
        meta('s'),
        count(1, [1000, 800, 100, 0]),
        count(2, [900, 800, 100, 0]),
        count(3, [1100, 850, 120, 0]),
      ]),
    ).toEqual([250, 850, 1100, 120, 0, 1220]);
  });

  it('keep equal totals of two runs apart, within a session and between sessions', () => {
    const twice = recordsOf(
      read([meta('s'), count(1, [10, 0, 5, 0]), count(2, [0, 0, 0, 0]), count(3, [10, 0, 5, 0])]).lines,
    );
    const other = recordsOf(read([meta('t'), count(1, [10, 0, 5, 0])]).lines);
    expect(new Set([...twice, ...other].map(({ key }) => key)).size).toBe(3);
  });

  it('are missing in the oldest logs: then each event counts', () => {
    expect(figures([meta('s'), count(1, null, [10, 0, 5, 0]), count(2, null, [20, 5, 5, 0])])).toEqual([
      25, 5, 30, 10, 0, 40,
    ]);
  });

  it('are left alone by counters that cannot be trusted', () => {
    const { lines } = read([
      meta('s'),
      count(1, [1000, 0, 100, 0]),
      count(2, [-5, 0, 0, 0]),
      count(3, [1500, 0, 150, 0]),
    ]);
    expect(reasonsOf(lines)).toEqual(['input_tokens -5 is not a number of tokens']);
    expect(sumTokens(recordsOf(lines))).toEqual({ input: 1500, output: 150 });
  });

  it('never make more cached or written input than input', () => {
    expect(sumTokens(recordsOf(read([meta('s'), count(1, [100, 80, 0, 0], null, 50)]).lines))).toEqual({
      cacheRead: 80,
      cacheWriteUnknown: 20,
    });
    expect(sumTokens(recordsOf(read([meta('s'), count(1, [100, 180, 0, 0])]).lines))).toEqual({
      cacheRead: 100,
    });
  });
});

describe('forks', () => {
  it('without a copy of the parent count everything', () => {
    expect(
      figures([
        meta('child', { forked_from_id: 'parent' }),
        count(1, [5200, 2000, 200, 50], [5200, 2000, 200, 50]),
      ]),
    ).toEqual([3200, 2000, 5200, 200, 50, 5400]);
  });

  it('that go on with the parent’s counters without copying its history count from there', () => {
    const child = [
      meta('child', { forked_from_id: 'parent' }),
      count(1, [27_000, 9_000, 1_150, 0], [5_000, 4_000, 250, 0]),
      count(2, [28_000, 9_500, 1_200, 0]),
    ];
    expect(figures(child)).toEqual([1_500, 4_500, 6_000, 300, 0, 6_300]);
  });

  it('end the copied history at the first task of their own, not at a replayed one', () => {
    const child = [
      meta('child', { forked_from_id: 'parent' }),
      meta('parent'),
      task(2, -500),
      count(2, [1000, 0, 100, 0]),
      task(4, 4),
      count(4, [1300, 0, 150, 0]),
    ];
    expect(figures(child)).toEqual([300, 0, 300, 50, 0, 350]);
  });
});

describe('a record', () => {
  it('takes the model of the turn it belongs to, and says when the log names none', () => {
    const turn = (model: string) => ({ timestamp: time(1), type: 'turn_context', payload: { model } });
    const records = recordsOf(
      read([
        meta('s'),
        count(1, [10, 0, 1, 0]),
        turn('gpt-5.4'),
        count(2, [20, 0, 2, 0]),
        turn('gpt-5.4-mini'),
        count(3, [30, 0, 3, 0]),
      ]).lines,
    );
    expect(records.map(({ model }) => model)).toEqual(['gpt-5', 'gpt-5.4', 'gpt-5.4-mini']);
    expect(records.map(({ extras }) => extras?.modelAssumed)).toEqual([true, undefined, undefined]);
  });

  it('is billed by the provider the session names', () => {
    expect(
      recordsOf(read([meta('s', { model_provider: 'azure' }), count(1, [1, 0, 1, 0])]).lines)[0]?.provider,
    ).toBe('azure');
  });

  it('finds its session in the name of the file where the log does not describe it', () => {
    const name = 'rollout-2025-09-20T10-00-00-019f0000-dddd-7000-8000-000000000004.jsonl';
    expect(recordsOf(read([count(1, [1, 0, 1, 0])], name).lines)[0]?.session).toBe(
      '019f0000-dddd-7000-8000-000000000004',
    );
  });

  it('of a printed turn is dated by a session id that holds the time', () => {
    const id = '019f0000-eeee-7000-8000-000000000005';
    const turns = [
      { type: 'thread.started', thread_id: id },
      { type: 'turn.completed', usage: { input_tokens: 5, cached_input_tokens: 0, output_tokens: 1 } },
    ];
    expect(recordsOf(read([...turns, turns[1] ?? {}]).lines).map(({ at, key }) => [at, key])).toEqual([
      [0x019f0000eeee, `${id}:0:5,0,0,1,0`],
      [0x019f0000eeee, `${id}:0:10,0,0,2,0`],
    ]);
  });
});

describe('copies of a rollout', () => {
  it('packed with zstd or moved to the archive add nothing', () => {
    using dir = tempDir();
    const packed = join(dir.path, `${main}.zst`);
    writeFileSync(packed, zstdCompressSync(readFileSync(join(samplesDir, main))));
    const [plain, again] = [recordsOf(sample(main).lines), recordsOf(readLog(codex, packed).lines)];
    expect(again).toEqual(plain);
    expect(foldRecords(codex, [...plain, ...again])).toHaveLength(plain.length);
  });
});

describe('places', () => {
  it('are the sessions and the archive, in CODEX_HOME or at home', () => {
    expect(codex.locations({ platform: 'win32', home: 'C:\\Users\\a', env: {} })).toEqual([
      { path: 'C:\\Users\\a\\.codex\\sessions', why: 'default' },
      { path: 'C:\\Users\\a\\.codex\\archived_sessions', why: 'default' },
    ]);
    expect(codex.locations({ platform: 'linux', home: '/home/a', env: { CODEX_HOME: '/c' } })).toEqual([
      { path: '/c/sessions', why: 'CODEX_HOME' },
      { path: '/c/archived_sessions', why: 'CODEX_HOME' },
    ]);
  });

  it('hold rollouts, plain or packed, and nothing half packed', () => {
    expect(codex.fileKind('2026/07/01/rollout-x.jsonl')).toBe('lines');
    expect(codex.fileKind('rollout-x.jsonl.zst')).toBe('lines');
    expect(codex.fileKind('rollout-x.jsonl.zst.compress.1.tmp')).toBeNull();
    expect(codex.fileKind('history.jsonl')).toBeNull();
  });
});
