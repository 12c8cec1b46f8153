import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Figures } from '../../src-preload/contract/values.ts';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));

interface Expected {
  readonly accepted: number;
  readonly duplicate?: number;
  readonly skipped?: number;
  readonly requests?: number;
  readonly tokens?: Partial<Figures['tokens']> | undefined;
  /** Decimal USD. */
  readonly usd?: string;
}

function nano(usd: string): number {
  const [whole = '0', fraction = ''] = usd.replace('-', '').split('.');
  const value = Number(whole) * 1e9 + Number(fraction.padEnd(9, '0').slice(0, 9));
  return usd.startsWith('-') ? -value : value;
}

const anthropic = (name: string): Expected['tokens'] => {
  const e = truth[name];
  return {
    input: e.input_no_cache,
    cacheWrite5m: e.cache_write_5m ?? 0,
    cacheWrite1h: e.cache_write_1h ?? 0,
    cacheRead: e.cache_read,
    output: e.output,
  };
};

const samples: Record<string, Expected> = {
  'openai_completions_usage.csv': {
    accepted: truth['openai_completions_usage.csv'].usage_rows,
    skipped: truth['openai_completions_usage.csv'].empty_bucket_rows,
    requests: 17,
    tokens: { input: 96016, cacheRead: 29184, output: 14400 },
  },
  'openai_cost.csv': { accepted: 4, skipped: 1, usd: truth['openai_cost.csv'].total_usd },
  'openai_cost_2025.csv': { accepted: 2, skipped: 1, usd: truth['openai_cost_2025.csv'].total_usd },
  'openai_legacy_activity.csv': { accepted: 3, requests: 16, tokens: { input: 11000, output: 2550 } },
  'anthropic_usage_v1.csv': { accepted: 3, tokens: anthropic('anthropic_usage_v1.csv') },
  'anthropic_usage_v2.csv': { accepted: 4, tokens: anthropic('anthropic_usage_v2.csv') },
  'anthropic_usage_hourly_v2.csv': { accepted: 3, tokens: anthropic('anthropic_usage_hourly_v2.csv') },
  'anthropic_cost_v1.csv': { accepted: 4, usd: '0.10' },
  'anthropic_cost_v3.csv': { accepted: 5, usd: '0.13' },
  'openrouter_activity.csv': {
    accepted: 4,
    requests: 4,
    usd: truth['openrouter_activity.csv'].total_cost_usd,
    tokens: { input: 18900, cacheRead: 4000, output: 520, reasoning: 120 },
  },
  'focus_1.2_generic.csv': { accepted: 5, usd: truth['focus_1.2_generic.csv'].billed_total_usd },
  'focus_1.4_generic.csv': { accepted: 2, usd: truth['focus_1.4_generic.csv'].usage_usd },
  'aws_focus_1.2_bedrock.csv': { accepted: 3, usd: truth['aws_focus_1.2_bedrock.csv'].net_usd },
  'azure_focus_1.0.csv': { accepted: 2, usd: truth['azure_focus_1.0.csv'].total_usd },
  'claude_code_session.jsonl': {
    accepted: 3,
    requests: 4,
    tokens: { input: 3306, cacheWrite5m: 500, cacheWrite1h: 12900, cacheRead: 14000, output: 1430 },
  },
  'claude_code_old_v1.0.5.jsonl': {
    accepted: 1,
    usd: '0.0312',
    tokens: { input: 400, cacheWriteUnknown: 3200, cacheRead: 10000, output: 1000 },
  },
  'codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl': {
    accepted:
      truth['codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl'].rows_emitted,
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
  'gemini_session-2026-07-01T10-00-b2d4c6e8.jsonl': {
    accepted: 3,
    tokens: { input: 12307, cacheRead: 16000, output: 600, reasoning: 340 },
  },
  'gemini_session_old.json': { accepted: 2, tokens: { input: 7000, cacheRead: 4000, output: 350 } },
  'opencode_message.json': {
    accepted: 1,
    usd: '0.0126',
    tokens: { input: 1200, cacheRead: 13000, cacheWriteUnknown: 600, output: 430, reasoning: 130 },
  },
};

async function totals(t: TestCore): Promise<Figures> {
  return (await t.call('report.run', { by: [], filters: {} })).totals;
}

describe.each(Object.entries(samples))('%s', (name, expected) => {
  test('imports to exactly its truth; again adds nothing; undo takes all of it back', async () => {
    await using t = await startTestCore();
    const file = { path: join(samplesDir, name) };
    const empty = await totals(t);
    const preview = await t.call('imports.preview', { file });
    const { files, unreadable } = await t.call('imports.commit', { file });
    expect(unreadable).toEqual([]);
    const [done] = files;
    expect(done?.problems).toEqual([]);
    expect(done?.counts.accepted).toBe(expected.accepted);
    expect(done?.counts.skipped).toBe(expected.skipped ?? done?.counts.skipped);
    expect(preview.files[0]).toMatchObject({ kind: 'ready', counts: done?.counts });
    const after = await totals(t);
    if (expected.tokens !== undefined) expect(after.tokens).toMatchObject(expected.tokens);
    if (expected.requests !== undefined) expect(after.requests).toBe(expected.requests);
    if (expected.usd !== undefined) {
      expect(after.cashNanoUsd + after.equivalentNanoUsd).toBe(nano(expected.usd));
      expect(after.unpricedRequests).toBe(0);
    }
    const again = await t.call('imports.commit', { file });
    expect(again.files[0]).toMatchObject({ importId: null, counts: { accepted: 0, refused: 0 } });
    expect(await totals(t)).toEqual(after);
    await t.call('imports.undo', { importId: done?.importId ?? 0 });
    expect(await totals(t)).toEqual(empty);
  });
});

test('the four Claude Code files together count each message once, in any order', async () => {
  const files = ['session', 'subagent', 'resumed', 'old_v1.0.5'].map((part) => `claude_code_${part}.jsonl`);
  const all = truth.claude_code_ALL_FILES_TOGETHER;
  for (const order of [files, [...files].reverse()]) {
    await using t = await startTestCore();
    for (const name of order) await t.call('imports.commit', { file: { path: join(samplesDir, name) } });
    const { rows } = await t.call('report.run', { by: ['model'], filters: {} });
    const byModel = Object.fromEntries(rows.map((row) => [row.model, row.tokens]));
    const opus = all['claude-opus-4-8'];
    expect(byModel['claude-opus-4-8']).toMatchObject({
      input: opus.input,
      cacheWrite1h: opus.cw1h,
      cacheRead: opus.cache_read,
      output: opus.output,
    });
    const haiku = rows.filter((row) => row.model?.startsWith('claude-haiku-4-5')).map((row) => row.tokens);
    expect(haiku).toMatchObject([{ input: 315, cacheWrite5m: 3100, cacheRead: 4500, output: 390 }]);
  }
});
