import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusedExports } from '../importers/index.ts';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

const ofTeams = join(samplesDir, 'litellm_usage_daily_with_models.csv');
const trace = {
  id: 't1',
  timestamp: '2026-07-01T10:00:00.000Z',
  name: 'chat',
  sessionId: null,
  release: null,
};
const traces = [{ ...trace, bookmarked: false, public: false, totalCost: 0.01195 }];

async function recordsIn(t: TestCore): Promise<number> {
  return (await t.call('report.run', { by: [], filters: {} })).totals.requests;
}

/** The three forms Langfuse writes an export in. */
function traceFiles(dir: string): readonly string[] {
  const row = traces[0] ?? {};
  const cells = Object.values(row).map((value) => `"${JSON.stringify(value).replaceAll('"', '""')}"`);
  const forms = {
    'traces.jsonl': `${JSON.stringify(row)}\n`,
    'traces.json': JSON.stringify(traces),
    'traces.csv': `${Object.keys(row).join(',')}\n${cells.join(',')}\n`,
  };
  return Object.entries(forms).map(([name, text]) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  });
}

describe('an export that must not be counted', () => {
  it('is refused in preview and commit with the reason and what to import instead; nothing of it is kept', async () => {
    await using t = await startTestCore();
    const files = [ofTeams, ...traceFiles(t.dir)];
    for (const path of files) {
      const file = { path };
      const reason = expect.stringMatching(/^(LiteLLM|Langfuse) .*import.*Nothing was imported\.$/i);
      const preview = await t.call('imports.preview', { file });
      expect(preview.files).toMatchObject([{ kind: 'unreadable', code: 'EXPORT_REFUSED', reason }]);
      const { files: done, unreadable } = await t.call('imports.commit', { file });
      expect(done).toEqual([]);
      expect(unreadable).toMatchObject([{ code: 'EXPORT_REFUSED', reason }]);
    }
    expect(await recordsIn(t)).toBe(0);
    expect((await t.call('imports.list', {})).imports).toEqual([]);
  });

  it('is refused whatever it is read by: another format, or columns chosen by hand', async () => {
    await using t = await startTestCore();
    const file = { path: ofTeams };
    const mapping = {
      name: 'mine',
      provider: 'litellm',
      evidence: 'recorded' as const,
      columns: { date: 'Date', model: 'Model', cost: 'Spend ($)' },
      dateFormat: 'iso' as const,
      zone: 'UTC',
      decimal: '.' as const,
      inputIncludesCache: true,
      currency: 'USD',
    };
    for (const wish of [{ as: 'litellm-daily' }, { mapping }]) {
      const { unreadable } = await t.call('imports.commit', { file, ...wish });
      expect(unreadable).toMatchObject([{ code: 'EXPORT_REFUSED' }]);
    }
  });

  it('leaves the good export of the same vendor alone', async () => {
    await using t = await startTestCore();
    for (const name of ['litellm_usage_daily.csv', 'langfuse_observations.csv']) {
      const { files } = await t.call('imports.preview', { file: { path: join(samplesDir, name) } });
      expect(files[0]).toMatchObject({ kind: 'ready' });
    }
  });

  it('has an id of its own', () => {
    expect(new Set(refusedExports.map(({ id }) => id)).size).toBe(refusedExports.length);
  });
});
