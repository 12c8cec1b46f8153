import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { expectedTotals, readTable, sampleText, sumTokens } from '../testing/read-table.ts';
import { fireworksUsage } from './fireworks-usage.ts';

const sample = 'fireworks_billing_metrics.csv';
const truth = expectedTotals[sample];

conforms(fireworksUsage, {
  [sample]: { accepted: 3, requests: 2, tokens: { input: 5_600, cacheRead: 300, output: 1_320 } },
});

const header2025 =
  'email,start_time,end_time,usage_type,accelerator_type,accelerator_seconds,base_model_name,model_bucket,parameter_count,prompt_tokens,completion_tokens';
const at = '2025-10-20 17:16:48 UTC';
const row = (tokens = '900,120', seconds = '', end = at) =>
  `dev@example.com,${at},${end},TEXT_COMPLETION_INFERENCE_USAGE,,${seconds},accounts/fireworks/models/x,X,1000,${tokens}`;
const read = (...rows: readonly string[]) => readTable(fireworksUsage, [header2025, ...rows, ''].join('\n'));
const read2026 = (...rows: readonly string[]) =>
  readTable(
    fireworksUsage,
    [`${header2025},cached_prompt_tokens,uncached_prompt_tokens`, ...rows, ''].join('\n'),
  );

describe('fireworks-usage', () => {
  it('takes the cached tokens out of the prompt', () => {
    const sum = sumTokens(readTable(fireworksUsage, sampleText(sample)).records);
    expect(sum.input + sum.cacheRead).toBe(truth?.prompt);
    expect(sum).toMatchObject({ cacheRead: truth?.cached_subset, output: truth?.completion });
  });

  it('reads files of 2025, which do not tell cached tokens apart', () => {
    const { records, warnings } = read(row());
    expect(records).toMatchObject([
      {
        at: Date.UTC(2025, 9, 20, 17, 16, 48),
        grain: 'instant',
        requests: 1,
        model: 'accounts/fireworks/models/x',
        tokens: { input: 900, cacheRead: 0, output: 120 },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('lists the seconds of a deployment as usage of unknown price, never as free', async () => {
    const { records, warnings } = readTable(fireworksUsage, sampleText(sample));
    expect(records[2]).toMatchObject({
      model: null,
      requests: 0,
      grain: 'hour',
      extras: {
        acceleratorSeconds: String(truth?.accelerator_seconds),
        accelerator: 'NVIDIA_H100_80GB',
        deployedModel: 'accounts/dev/models/my-ft',
      },
    });
    expect(warnings).toEqual([expect.stringContaining('dedicated deployment')]);
    await using t = await startTestCore();
    await t.call('imports.commit', { file: { path: join(samplesDir, sample) } });
    const { rows } = await t.call('report.run', { by: ['day'], filters: {} });
    expect(rows.find(({ day }) => day === '2026-05-15')).toMatchObject({ cashNanoUsd: 0, unpricedCash: 1 });
  });

  it('keeps no e-mail address', () => {
    expect(JSON.stringify(readTable(fireworksUsage, sampleText(sample)).records[0]?.extras)).not.toContain(
      '@',
    );
  });

  it('gives an event one key in the files of both years, and twins keys of their own', () => {
    const old = read(row(), row()).records.map(({ key }) => key);
    expect(new Set(old).size).toBe(2);
    expect(read2026(`${row()},0,900`, `${row()},0,900`).records.map(({ key }) => key)).toEqual(old);
  });

  it('flags sums that do not add up, skips what used nothing, refuses more cached than sent', () => {
    const { warnings, skipped, refused } = read2026(
      `${row()},300,601`,
      `${row('0,0')},0,0`,
      `${row()},901,0`,
      `${row('x,1')},,`,
    );
    expect(warnings[0]).toBe('In 1 row cached and uncached tokens do not add up to prompt_tokens.');
    expect(skipped).toEqual(['3 an event without tokens']);
    expect(refused).toEqual([
      '4 cached_prompt_tokens exceeds prompt_tokens',
      '5 prompt_tokens "x" is not a number',
    ]);
  });
});
