import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));

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

/**
 * Samples that are no file a person drops: dumps of databases, two files written as one, and the sums of tasks whose
 * own records are there.
 */
const notFiles =
  /^cline_taskHistory|_db\.json$|_vscdb\.json$|_store\.json$|_devdata\.json$|^zed_thread|^cline_cli|^EXPECTED/;
const databases = {
  'opencode_db.json': 'opencode.db',
  'goose_sessions_db.json': 'sessions.db',
};

/** Every sample as the file a person would drop. */
function everySample(dir: string): string[] {
  const files = readdirSync(samplesDir).filter((name) => !notFiles.test(name));
  return [
    ...files.map((name) => join(samplesDir, name)),
    ...Object.entries(databases).map(([name, as]) => makeDatabase(join(dir, as), sampleDump(name))),
  ];
}

interface Committed {
  readonly accepted: number;
  readonly duplicate: number;
  readonly imports: readonly number[];
}

async function commit(t: TestCore, path: string): Promise<Committed> {
  const { files } = await t.call('imports.commit', { file: { path } });
  const sum = { accepted: 0, duplicate: 0, imports: [] as number[] };
  for (const { importId, counts } of files) {
    sum.accepted += counts.accepted;
    sum.duplicate += counts.duplicate;
    if (importId !== null) sum.imports.push(importId);
  }
  return sum;
}

/** What the screens show of it all: which of two exports of one account counts is part of it. */
async function headline(t: TestCore): Promise<unknown> {
  const { totals, rows } = await t.call('report.run', { by: ['day', 'provider'], filters: {} });
  return { totals, rows: rows.map((row) => JSON.stringify(row)).sort() };
}

/** Every record the ledger holds, whether it counts or is detail of what does. */
async function everything(t: TestCore): Promise<readonly string[]> {
  const page = { filters: {}, sort: 'at', order: 'asc', offset: 0, limit: 500 } as const;
  const { records, total } = await t.call('activity.list', page);
  expect(records).toHaveLength(total);
  return records
    .map(
      ({
        at,
        grain,
        provider,
        model,
        project,
        session,
        account,
        requests,
        tokens,
        costNanoUsd,
        evidence,
        charge,
      }) =>
        JSON.stringify([
          at,
          grain,
          provider,
          model,
          project,
          session,
          account,
          requests,
          tokens,
          costNanoUsd,
          evidence,
          charge,
        ]),
    )
    .sort();
}

/** Exports known to count things twice: they are refused as a whole. */
const refusedWhole = ['litellm_usage_daily_with_models.csv'];
/** Samples that tell of calls another sample tells of as well. */
const repeats = new Set([
  'claude_code_resumed.jsonl',
  'claude_code_session.jsonl',
  'claude_code_subagent.jsonl',
  'opencode_message.json',
  'opencode.db',
  'deepseek_usage_data_2026_7.zip',
  'deepseek_usage_data_2026-09.zip',
  'deepseek_amount-2026-7.csv',
  'deepseek_cost-2026-7.csv',
  'deepseek_amount-2026-09-01_2026-09-30.csv',
  'deepseek_cost-2026-09-01_2026-09-30.csv',
  'helicone_requests.csv',
  'helicone_requests.jsonl',
  'cline_taskHistory.json',
]);

test('all samples in one ledger: each brings what it brings alone, in any order; again adds nothing; undo empties it', async () => {
  using dir = tempDir();
  const paths = everySample(dir.path).filter((path) => !refusedWhole.some((name) => path.endsWith(name)));
  const found: (readonly string[])[] = [];
  const shown: unknown[] = [];
  for (const order of [paths, [...paths].reverse()]) {
    await using t = await startTestCore();
    const empty = await everything(t);
    const imports: number[] = [];
    for (const path of order) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const together = await commit(t, path);
      imports.push(...together.imports);
      if (repeats.has(name) || order !== paths) continue;
      await using alone = await startTestCore();
      expect({ name, ...together, imports: 0 }).toEqual({ name, ...(await commit(alone, path)), imports: 0 });
    }
    found.push(await everything(t));
    shown.push(await headline(t));
    for (const path of order) expect((await commit(t, path)).accepted, path).toBe(0);
    expect(await everything(t)).toEqual(found.at(-1));
    for (const importId of imports.sort((a, b) => ((a * 7) % 31) - ((b * 7) % 31)))
      await t.call('imports.undo', { importId });
    expect(await everything(t)).toEqual(empty);
  }
  expect(found[1]).toEqual(found[0]);
  expect(shown[1]).toEqual(shown[0]);
}, 120_000);
