import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { readEntries, recordsOf } from '../testing/read-log.ts';
import { expectedTotals } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { heliconeRequestsJson } from './helicone-requests-json.ts';

const sample = 'helicone_requests.jsonl';
const expected = expectedTotals[sample] ?? {};

conforms(heliconeRequestsJson, {
  [sample]: {
    accepted: 2,
    skipped: 1,
    requests: 2,
    usd: expected.total_usd,
    tokens: { input: 1400, cacheRead: Number(expected.cache_read), output: Number(expected.completion) },
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

const facts = {
  requestId: 'r-1',
  createdAt: '2026-07-01T10:00:00.000Z',
  promptTokens: 1200,
  completionTokens: 300,
  totalTokens: 1500,
  cost: 0.0009,
  provider: 'OPENAI',
  status: { code: 200, statusType: 'success' },
};
const row = { _type: 'openai-chat', id: 'r-1', schema: {}, model: 'gpt-5-mini' };
const only = (changes: object, model = 'gpt-5-mini') => {
  const entry = { ...row, model, heliconeMetadata: { ...facts, ...changes } };
  return recordsOf(readEntries(heliconeRequestsJson, dir.path, [entry]).lines)[0];
};

describe('a Helicone request', () => {
  it('served from Helicone’s cache cost nothing, whatever cost is stated', () => {
    const free = { status: 'cached', amount: { value: '0' }, tokens: { input: 0, output: 0 } };
    expect(only({ status: { code: 200, statusType: 'cached' } })).toMatchObject(free);
    expect(only({ cacheReferenceId: '11111111-1111-1111-1111-111111111111' })).toMatchObject(free);
    expect(only({ cacheReferenceId: '00000000-0000-0000-0000-000000000000' })).not.toHaveProperty('status');
    expect(only({ cacheEnabled: true })).not.toHaveProperty('status');
  });

  it('has cached tokens inside the prompt at OpenAI, beside it at Anthropic or where the total says so', () => {
    const cached = { promptCacheReadTokens: 1000, promptCacheWriteTokens: 50 };
    expect(only(cached)?.tokens).toMatchObject({ input: 150, cacheRead: 1000, cacheWriteUnknown: 50 });
    expect(only({ ...cached, provider: 'ANTHROPIC' })?.tokens).toMatchObject({
      input: 1200,
      cacheRead: 1000,
    });
    expect(only({ ...cached, totalTokens: 2550 })?.tokens).toMatchObject({ input: 1200, cacheRead: 1000 });
  });

  it('of no known price is left to be priced; one that failed after it cost is an error that counts', () => {
    expect(only({ cost: null })).not.toHaveProperty('amount');
    expect(only({ cost: 0 })).not.toHaveProperty('amount');
    expect(only({ status: { code: 500, statusType: 'error' } })).toMatchObject({
      status: 'error',
      amount: { value: '0.0009' },
    });
  });

  it('is read in the form of the API too', () => {
    const entry = {
      request_id: 'r-2',
      request_created_at: '2026-07-01 10:00:00.000',
      request_model: 'claude-haiku-4-5',
      provider: 'ANTHROPIC',
      prompt_tokens: 10,
      completion_tokens: 5,
      costUSD: 0.00004,
      request_properties: { Project: 'site' },
    };
    expect(recordsOf(readEntries(heliconeRequestsJson, dir.path, [entry]).lines)[0]).toMatchObject({
      key: 'r-2',
      at: Date.UTC(2026, 6, 1, 10),
      provider: 'anthropic',
      project: 'site',
      amount: { value: '0.00004' },
    });
    expect(heliconeRequestsJson.recognises(JSON.stringify(entry))).toBe(true);
  });

  it('is recognised although its prompt is longer than what is looked at', () => {
    const long = JSON.stringify({ ...row, schema: { prompt: 'x'.repeat(70_000) }, heliconeMetadata: facts });
    expect(heliconeRequestsJson.recognises(long.slice(0, 65_536))).toBe(true);
  });
});
