import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { startTestCore } from '../testing/core.ts';
import { expectedTotals, readTable, sampleText } from '../testing/read-table.ts';
import { heliconeRequests } from './helicone-requests.ts';

const sample = 'helicone_requests.csv';
const expected = expectedTotals[sample] ?? {};

conforms(heliconeRequests, {
  [sample]: {
    accepted: 2,
    skipped: Number(expected.rows) - 2,
    requests: 2,
    usd: expected.total_usd,
    tokens: {
      input: Number(expected.prompt) - Number(expected.cache_read),
      cacheRead: Number(expected.cache_read),
      output: Number(expected.completion),
    },
  },
});

describe('helicone-requests', () => {
  it('reads the files of 2023 and 2024, which have a column for each fact', () => {
    const text = [
      'createdAt,model,totalTokens,promptTokens,completionTokens,latency,user,status,cost,app',
      '2024-02-01T10:00:00.000Z,gpt-4,1500,1200,300,900,me@example.com,success,0.054,chat',
    ].join('\n');
    const { records } = readTable(heliconeRequests, text);
    expect(records[0]).toMatchObject({
      provider: 'openai',
      model: 'gpt-4',
      project: 'chat',
      tokens: { input: 1200, output: 300 },
      amount: { value: '0.054' },
    });
    expect(JSON.stringify(records)).not.toContain('me@example.com');
  });

  it('refuses a row whose metadata is cut off', () => {
    const text = sampleText(sample).replace('""scores"":null}"', '""scores"":"');
    expect(readTable(heliconeRequests, text).refused).toEqual(['2 heliconeMetadata is not valid JSON']);
  });
});

describe('the CSV and the JSONL of the same requests', () => {
  it('name one call by one id, so that the second adds nothing', async () => {
    await using t = await startTestCore();
    const file = (name: string) => ({
      file: { path: `${import.meta.dirname}/../testing/fixtures/samples/${name}` },
    });
    await t.call('imports.commit', file(sample));
    const { files } = await t.call('imports.commit', file('helicone_requests.jsonl'));
    expect(files[0]).toMatchObject({ importId: null, counts: { accepted: 0, duplicate: 2 } });
  });

  it('of a refused row keep line and reason, never its text: it holds the prompt', async () => {
    await using t = await startTestCore();
    const path = `${t.dir}/x.jsonl`;
    const { writeFileSync } = await import('node:fs');
    const row = { _type: 'a', id: '1', schema: { prompt: 'SECRET' }, heliconeMetadata: { promptTokens: 5 } };
    writeFileSync(path, `${JSON.stringify(row)}\n`);
    const { files } = await t.call('imports.commit', { file: { path } });
    expect(files[0]?.problems).toEqual([{ line: 1, reason: 'the line has no time', raw: null }]);
  });
});
