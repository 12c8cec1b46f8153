import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/litellm.json' with { type: 'json' };
import { litellm } from './litellm.ts';

const open = () =>
  openProvider(litellm, recorded, { baseUrl: 'http://localhost:4000/v1', secrets: { apiKey: 'not-a-key' } });

describe('litellm', () => {
  it('calls beside its management, with the cost the proxy estimates', async () => {
    await using opened = await open();
    on(opened.vendor, 'POST http://localhost:4000/v1/chat/completions', {
      json: chatReply(),
      headers: { 'x-litellm-response-cost': '1.5e-05' },
    });
    expect((await litellm.complete(hello, opened.context)).usage).toMatchObject({
      tokens: chatTokens,
      cost: { value: '0.000015', currency: 'USD' },
      costEvidence: 'estimated',
    });
  });

  it('reads days by model in either nesting, cached tokens out of the prompt, idle days left out', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    const { records } = await readAll(litellm, 'spend', november(17, 20), context);
    expect(summary(records)).toEqual(['18 gpt-5-mini 0.4 USD', '18 claude-haiku 0.1 USD', '19 - 0.25 USD']);
    expect(records[0]).toMatchObject({
      requests: 2,
      tokens: { input: 300, cacheRead: 600, cacheWriteUnknown: 100, output: 50 },
      cut: 'by day and model',
    });
    // Management lies beside /v1, and the last day asked for is the last of the window.
    expect(vendor.seen[0]?.url.pathname).toBe('/user/daily/activity');
    expect(vendor.seen[0]?.url.searchParams.get('end_date')).toBe('2026-11-19');
  });

  it('says so where a spend cannot be read: the day would pass for one without any', async () => {
    await using opened = await open();
    on(opened.vendor, 'GET */user/daily/activity', {
      json: { results: [{ date: '2026-11-18', metrics: { spend: 'n/a', api_requests: 3 } }] },
    });
    const { records, problems } = await readAll(litellm, 'spend', november(17, 20), opened.context);
    expect([records.length, problems.length]).toEqual([0, 1]);
  });

  it('follows the pages', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    on(vendor, 'GET */user/daily/activity', ({ url }) => ({
      json: {
        results: [{ date: `2026-11-1${url.searchParams.get('page')}`, metrics: { spend: 1 } }],
        metadata: { page: 1, total_pages: 3 },
      },
    }));
    const { records } = await readAll(litellm, 'spend', november(1, 20), context);
    expect(summary(records)).toEqual(['11 - 1 USD', '12 - 1 USD', '13 - 1 USD']);
  });

  it('reads the log of calls where the daily activity is not there', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    on(vendor, 'GET */user/daily/activity', { status: 404, json: { detail: 'Not Found' } });
    const { records, problems } = await readAll(litellm, 'spend', november(17, 20), context);
    expect(records).toMatchObject([
      {
        key: 'chatcmpl-1',
        vendorCallId: 'chatcmpl-1',
        model: 'gpt-5-mini',
        cut: 'by call',
        amount: { value: '0.001' },
      },
      { key: 'chatcmpl-2', status: 'error' },
    ]);
    expect(problems).toMatchObject([{ reason: 'the call has no id, time or spend' }]);
  });

  it('says that a proxy without a database keeps no spend', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    on(vendor, 'GET */user/daily/activity', { status: 404, json: {} });
    on(vendor, 'GET */spend/logs', { status: 404, json: {} });
    await expect(readAll(litellm, 'spend', november(17, 20), context)).rejects.toMatchObject({
      code: 'NOT_ENABLED',
    });
  });

  it('turns prices per token into prices per million, exactly', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    expect(await litellm.models(context)).toMatchObject([
      { id: 'gpt-5-mini', price: { input: '0.25', output: '2', cacheRead: '0.025' }, contextTokens: 400000 },
      { id: 'my-embedding', kind: 'embedding', price: null },
    ]);
    on(vendor, 'GET */model/info', { status: 403, json: {} });
    expect(await litellm.models(context)).toMatchObject([{ id: 'gpt-5-mini', price: null }]);
  });

  it('shows what is left of the key’s budget, and nothing for a key without one', async () => {
    await using opened = await open();
    const { vendor, context } = opened;
    expect((await litellm.balance(context))[0]?.available).toEqual({ value: '8.75', currency: 'USD' });
    on(vendor, 'GET */key/info', { json: { info: { spend: 1, max_budget: null } } });
    expect(await litellm.balance(context)).toEqual([]);
  });

  it('names the key it was given', async () => {
    await using opened = await open();
    const { context } = opened;
    expect((await litellm.validate(context))[0]?.message).toBe('The proxy accepts the key "laptop".');
  });
});
