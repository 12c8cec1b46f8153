import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { readEntries, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { expectedTotals } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { litellmLogs } from './litellm-logs.ts';

const sample = 'litellm_spend_logs.json';

conforms(litellmLogs, {
  [sample]: {
    accepted: 2,
    requests: 2,
    usd: expectedTotals[sample]?.total_usd,
    tokens: { input: 200, output: 100 },
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

const call = {
  request_id: 'r-1',
  call_type: 'acompletion',
  spend: 0.001,
  total_tokens: 300,
  prompt_tokens: 200,
  completion_tokens: 100,
  startTime: '2026-07-01T10:00:00Z',
  model: 'claude-haiku-4-5',
  custom_llm_provider: 'anthropic',
  cache_hit: 'False',
  metadata: {},
};
const read = (changes: object) => readEntries(litellmLogs, dir.path, [{ ...call, ...changes }]).lines;
const only = (changes: object) => recordsOf(read(changes))[0];

describe('a spend log', () => {
  it('answered from LiteLLM’s cache cost nothing, and no vendor saw its tokens', () => {
    expect(only({ cache_hit: 'True', spend: 0 })).toMatchObject({
      status: 'cached',
      requests: 1,
      amount: { value: '0' },
      tokens: { input: 0, output: 0 },
    });
  });

  it('of no spend that is not from the cache is left to be priced: LiteLLM knew no price', () => {
    expect(only({ spend: 0 })).not.toHaveProperty('amount');
    expect(only({ spend: 8.5e-8 })?.amount).toEqual({ value: '0.000000085', currency: 'USD' });
  });

  it('has its cached tokens inside the prompt, by either vendor’s names, also where metadata is text', () => {
    const usage_object = {
      cache_read_input_tokens: 120,
      cache_creation_input_tokens: 30,
      completion_tokens_details: { reasoning_tokens: 40 },
    };
    const wanted = { input: 50, cacheRead: 120, cacheWriteUnknown: 30, output: 100, reasoning: 40 };
    expect(only({ metadata: { usage_object } })?.tokens).toMatchObject(wanted);
    expect(only({ metadata: JSON.stringify({ usage_object }) })?.tokens).toMatchObject(wanted);
    const openai = { usage_object: { prompt_tokens_details: { cached_tokens: 150 } } };
    expect(only({ metadata: openai })?.tokens).toMatchObject({ input: 50, cacheRead: 150 });
  });

  it('goes to the vendor whose key was used', () => {
    const named = (custom_llm_provider: string | null, model = 'm') =>
      only({ custom_llm_provider, model })?.provider;
    expect(
      ['vertex_ai', 'vertex_ai_beta', 'azure_ai', 'bedrock_converse', 'together_ai', 'xai', 'gemini'].map(
        (name) => named(name),
      ),
    ).toEqual(['google', 'google', 'azure', 'aws', 'together', 'x-ai', 'google']);
    expect([named(null, 'groq/llama-4'), named('', 'gpt-5-mini'), named(null, 'llama-4')]).toEqual([
      'groq',
      'openai',
      'unknown',
    ]);
  });

  it('takes times of a database dump as UTC', () => {
    expect(only({ startTime: '2026-07-01 10:00:00.5' })?.at).toBe(Date.UTC(2026, 6, 1, 10, 0, 0, 500));
  });

  it('that failed for nothing is skipped; one that cannot be read is refused', () => {
    const failed = { status: 'failure', spend: 0, prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(read(failed)[0]?.outcome.kind).toBe('skip');
    expect(only({ status: 'failure' })).toMatchObject({ status: 'error' });
    const bad = [
      { request_id: '' },
      { spend: -1 },
      { spend: true },
      { startTime: 'x' },
      { prompt_tokens: 1.5 },
    ];
    expect(bad.flatMap((changes) => reasonsOf(read(changes)))).toEqual([
      'the entry has no request_id',
      'spend "-1" is negative',
      'spend "true" is no amount',
      '"x" is not a time',
      'prompt_tokens 1.5 is not a number of tokens',
    ]);
  });
});
