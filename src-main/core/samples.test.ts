import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore } from '../testing/core.ts';

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
