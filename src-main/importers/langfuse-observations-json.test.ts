import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { readEntries, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { readTable, sampleText } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { langfuseObservations } from './langfuse-observations.ts';
import { langfuseObservationsJson } from './langfuse-observations-json.ts';

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

const call = {
  id: 'obs-2',
  traceId: 'trace-1',
  startTime: '2026-07-01T10:00:01.000Z',
  parentObservationId: null,
  type: 'GENERATION',
  level: 'DEFAULT',
  model: 'claude-sonnet-4-5',
  usageDetails: { input: 1000, input_cache_read: 4000, output: 500, total: 5500 },
  costDetails: { total: 0.0117 },
  totalCost: 0.0117,
  traceName: 'chat',
  environment: 'default',
};
const span = { ...call, id: 'obs-1', type: 'SPAN', model: null, usageDetails: {}, totalCost: null };
const rows = [span, call];
const read = (changes: object) =>
  readEntries(langfuseObservationsJson, dir.path, [{ ...call, ...changes }]).lines;
const only = (changes: object) => recordsOf(read(changes))[0];

describe('langfuse-observations-json', () => {
  it('reads lines, an array, and lines saved as .json to the record the CSV has', () => {
    const ofCsv = readTable(langfuseObservations, sampleText('langfuse_observations.csv')).records[0];
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    const files = [
      ['a.jsonl', lines, 'lines'],
      ['b.json', JSON.stringify(rows), 'document'],
      ['c.json', lines, 'document'],
    ] as const;
    for (const [name, text, kind] of files) {
      writeFileSync(join(dir.path, name), text);
      const got = readLog(langfuseObservationsJson, join(dir.path, name), { kind }).lines;
      expect(got.map(({ outcome }) => outcome.kind)).toEqual(['skip', 'record']);
      expect(recordsOf(got)).toEqual([ofCsv]);
      expect(langfuseObservationsJson.recognises(text)).toBe(true);
    }
  });

  it('adds nothing after the CSV of the same observations', async () => {
    await using t = await startTestCore();
    const path = join(dir.path, 'd.jsonl');
    writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await t.call('imports.commit', { file: { path: join(samplesDir, 'langfuse_observations.csv') } });
    const { files } = await t.call('imports.commit', { file: { path } });
    expect(files[0]).toMatchObject({ importId: null, counts: { accepted: 0, duplicate: 1, skipped: 1 } });
  });
});

describe('usage details', () => {
  const tokens = (usageDetails: object) => only({ usageDetails })?.tokens;

  it('stand beside each other, unless the total shows that one holds the other', () => {
    const parts = { input: 1000, input_cached_tokens: 400, output: 500, output_reasoning_tokens: 200 };
    expect(tokens({ ...parts, total: 2100 })).toMatchObject({ input: 1000, cacheRead: 400, output: 700 });
    expect(tokens({ ...parts, total: 1500 })).toMatchObject({ input: 600, cacheRead: 400, output: 500 });
    expect(tokens({ ...parts, total: 1900 })).toMatchObject({ input: 1000, output: 500, reasoning: 200 });
    expect(tokens(parts)).toMatchObject({ input: 1000, output: 700, reasoning: 200 });
  });

  it('name cache writes in several ways', () => {
    expect(
      tokens({
        input: 1,
        cache_creation_input_tokens: 2,
        input_cache_write_1h: 3,
        input_cache_creation_5m: 4,
      }),
    ).toMatchObject({ input: 1, cacheWriteUnknown: 2, cacheWrite1h: 3, cacheWrite5m: 4 });
  });
});

describe('an observation', () => {
  it('goes to the vendor its metadata names, before what the model’s name tells', () => {
    const provider = (changes: object) => only(changes)?.provider;
    expect([
      provider({ metadata: { ls_provider: 'amazon_bedrock' } }),
      provider({ metadata: { attributes: { 'gen_ai.system': 'vertex_ai' } } }),
      provider({ metadata: '{"ls_provider":"azure_openai"}' }),
      provider({}),
      provider({ model: 'llama-4-maverick' }),
    ]).toEqual(['aws', 'google', 'azure', 'anthropic', 'unknown']);
  });

  it('keeps neither input nor output nor the user', () => {
    const record = only({
      input: 'SECRET',
      output: 'SECRET',
      userId: 'SECRET',
      metadata: { note: 'SECRET' },
    });
    expect(JSON.stringify(record)).not.toContain('SECRET');
  });

  it('without a price is left to be priced; without id or time it is refused', () => {
    expect(only({ totalCost: null, costDetails: {} })).not.toHaveProperty('amount');
    expect(only({ totalCost: '0', costDetails: {} })).not.toHaveProperty('amount');
    expect([...reasonsOf(read({ id: '' })), ...reasonsOf(read({ startTime: null }))]).toEqual([
      'the observation has no id',
      'null is not a time',
    ]);
  });
});
