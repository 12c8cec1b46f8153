import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { readEntries, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { expectedTotals } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { portkey } from './portkey.ts';

const sample = 'portkey_logs_export.jsonl';

conforms(portkey, {
  [sample]: {
    accepted: 2,
    skipped: 1,
    requests: 2,
    usd: expectedTotals[sample]?.total_usd,
    tokens: { input: 6200, output: 700 },
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

const call = {
  id: 'a-1',
  created_at: '2026-07-01T10:00:00.000Z',
  ai_org: 'openai',
  ai_model: 'gpt-5-mini',
  req_units: 1200,
  res_units: 300,
  cost: 0.09,
  cost_currency: 'USD',
};
const read = (changes: object) => readEntries(portkey, dir.path, [{ ...call, ...changes }]).lines;
const only = (changes: object = {}) => recordsOf(read(changes))[0];

describe('a Portkey log', () => {
  it('states its cost in cents', () => {
    expect(only()?.amount).toEqual({ value: '0.0009', currency: 'USD' });
    expect(only({ cost: 5e-7 })?.amount?.value).toBe('0.000000005');
  });

  it('is read by the other names of its fields too', () => {
    const { ai_org, req_units, res_units, ...rest } = call;
    const renamed = { ...rest, ai_provider: ai_org, request_tokens: req_units, response_tokens: res_units };
    const lines = readEntries(portkey, dir.path, [{ ...renamed, status_code: 500 }]).lines;
    expect(recordsOf(lines)).toEqual([{ ...only(), status: 'error' }]);
    expect(portkey.recognises(JSON.stringify(renamed))).toBe(true);
  });

  it('finds cached tokens where the response was exported: inside the prompt or beside it', () => {
    const openai = { usage: { prompt_tokens: 1200, prompt_tokens_details: { cached_tokens: 1000 } } };
    expect(only({ response: openai })?.tokens).toMatchObject({ input: 200, cacheRead: 1000 });
    const anthropic = { usage: { input_tokens: 1200, cache_read_input_tokens: 5000 } };
    expect(only({ response: JSON.stringify(anthropic) })?.tokens).toMatchObject({
      input: 1200,
      cacheRead: 5000,
    });
  });

  it('keeps no prompt, reply or metadata but the project', () => {
    const record = only({
      request: { messages: [{ role: 'user', content: 'SECRET' }] },
      response: { choices: [{ message: { content: 'SECRET' } }] },
      metadata: { App: 'chat', _user: 'SECRET@example.com' },
    });
    expect(record?.project).toBe('chat');
    expect(JSON.stringify(record)).not.toContain('SECRET');
  });

  it('answered from the cache costs nothing; one without a price is left to be priced', () => {
    expect(only({ cache_status: 'SEMANTIC HIT' })).toMatchObject({
      status: 'cached',
      amount: { value: '0' },
      tokens: { input: 0 },
    });
    expect(only({ cache_status: 'MISS' })).not.toHaveProperty('status');
    expect(only({ cost: 0 })).not.toHaveProperty('amount');
  });

  it('without id or time, or in another currency, is refused', () => {
    const bad = [{ id: null }, { created_at: null }, { cost_currency: 'EUR' }];
    expect(bad.flatMap((changes) => reasonsOf(read(changes)))).toEqual([
      'the row has no id',
      'null is not a time',
      'cost_currency "EUR" is not USD',
    ]);
  });
});

describe('recognising', () => {
  it('takes names from the entry alone, not from what prompts say', () => {
    const body = JSON.stringify({ id: 'x', request: { ai_model: 'm', ai_org: 'o', cost: 1 } });
    expect(portkey.recognises(body)).toBe(false);
  });
});
