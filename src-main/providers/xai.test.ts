import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/xai.json' with { type: 'json' };
import { xai } from './xai.ts';

const secrets = { apiKey: 'not-a-key', managementKey: 'not-a-management-key' };
const usage = 'POST https://management-api.x.ai/v1/billing/teams/*/usage';

describe('xai', () => {
  it('takes what a call really cost from the reply, in ticks', async () => {
    await using opened = await openProvider(xai, recorded);
    on(opened.vendor, 'POST https://api.x.ai/v1/responses', {
      json: {
        id: 'resp_1',
        object: 'response',
        created_at: 1_795_000_000,
        model: 'grok-4.3',
        status: 'completed',
        output: [
          {
            type: 'message',
            id: 'msg_1',
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
          },
        ],
        usage: {
          input_tokens: 12,
          input_tokens_details: { cached_tokens: 4 },
          output_tokens: 1,
          output_tokens_details: { reasoning_tokens: 290 },
          total_tokens: 303,
          cost_in_usd_ticks: 37_756_000,
        },
      },
    });
    expect(await xai.complete(hello, opened.context)).toMatchObject({
      text: 'Hello',
      vendorCallId: 'resp_1',
      // Reasoning stands outside of the output at xAI: the total tells.
      usage: {
        tokens: { input: 8, cacheRead: 4, output: 291, reasoning: 290 },
        cost: { value: '0.0037756', currency: 'USD' },
      },
    });
  });

  it('turns prices in cents per 100 million tokens into USD per million', async () => {
    await using opened = await openProvider(xai, recorded);
    const { context } = opened;
    expect(await xai.models(context)).toMatchObject([
      {
        id: 'grok-4.3',
        price: { input: '2', output: '15', cacheRead: '0.5', note: 'Prompts over 200000 tokens cost more.' },
      },
      { id: 'grok-code', price: { input: '0.2', output: '1.5' } },
    ]);
  });

  it('lists models without prices where the list with prices is not there', async () => {
    await using opened = await openProvider(xai, recorded);
    const { vendor, context } = opened;
    on(vendor, 'GET https://api.x.ai/v1/language-models', { status: 404, json: { error: 'not found' } });
    on(vendor, 'GET https://api.x.ai/v1/models', { json: { data: [{ id: 'grok-4.3' }] } });
    expect(await xai.models(context)).toMatchObject([{ id: 'grok-4.3', price: null }]);
  });

  it('shows what is left of a balance kept as a debt in cents', async () => {
    await using opened = await openProvider(xai, recorded, { secrets });
    const { context } = opened;
    expect(await xai.balance(context)).toEqual([{ available: { value: '10', currency: 'USD' }, parts: [] }]);
  });

  it('reads billed days exactly, leaves out empty ones and the day after the window', async () => {
    await using opened = await openProvider(xai, recorded, { secrets, fields: { teamId: 'team' } });
    const { vendor, context } = opened;
    const { records, problems } = await readAll(xai, 'costs', november(17, 20), context);
    expect(summary(records)).toEqual([
      '17 grok-4.3 0.30000000000000004 USD',
      '18 grok-4.3 1.25 USD',
      '18 - 0.0000001 USD',
    ]);
    expect(problems).toEqual([]);
    expect(records.every(({ cut }) => cut === 'by description')).toBe(true);
    const asked = JSON.parse(vendor.seen.at(-1)?.body ?? '{}').analyticsRequest;
    expect(asked.timeRange).toEqual({
      startTime: '2026-11-17 00:00:00',
      endTime: '2026-11-20 00:00:00',
      timezone: 'Etc/GMT',
    });
  });

  it('asks without groups where groups are refused, as a cut of its own', async () => {
    await using opened = await openProvider(xai, recorded, { secrets, fields: { teamId: 'team' } });
    const { vendor, context } = opened;
    on(vendor, usage, (request) => {
      const isGrouped = JSON.parse(request.body).analyticsRequest.groupBy.length > 0;
      if (isGrouped) return { status: 400, json: { code: 'invalid', error: 'unknown group' } };
      return {
        json: { timeSeries: [{ dataPoints: [{ timestamp: '2026-11-18T00:00:00Z', values: ['2.5'] }] }] },
      };
    });
    const { records } = await readAll(xai, 'costs', november(17, 20), context);
    expect(records).toMatchObject([{ cut: 'as a whole', model: null, amount: { value: '2.5' } }]);
  });

  it('says so when xAI left groups out, and when a value is no amount', async () => {
    await using opened = await openProvider(xai, recorded, { secrets, fields: { teamId: 'team' } });
    const { vendor, context } = opened;
    on(vendor, usage, {
      json: {
        timeSeries: [
          {
            dataPoints: [
              { timestamp: '2026-11-18T07:00:00Z', values: [1] },
              { timestamp: '2026-11-18T00:00:00Z', values: [] },
            ],
          },
        ],
        limitReached: true,
      },
    });
    const { records, problems } = await readAll(xai, 'costs', november(17, 20), context);
    expect(records).toEqual([]);
    expect(problems.map(({ reason }) => reason)).toEqual([
      'the time is no UTC day',
      'the day has no amount',
      'xAI left groups out of this answer (limitReached): these days are too low',
    ]);
  });

  it('finds the team by the API key, and asks for it where there is none', async () => {
    await using opened = await openProvider(xai, recorded, { secrets });
    const { vendor, context } = opened;
    await readAll(xai, 'costs', november(17, 20), context);
    expect(vendor.seen.at(-1)?.url.pathname).toContain('/teams/11111111-2222-3333-4444-555555555555/');
    await using alone = await openProvider(xai, recorded, { secrets: { managementKey: 'x-management' } });
    await expect(xai.balance(alone.context)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('still knows a good key from a bad one where the facts of the key are not there', async () => {
    await using opened = await openProvider(xai, recorded);
    on(opened.vendor, 'GET https://api.x.ai/v1/api-key', { status: 404, json: {} });
    on(opened.vendor, 'GET https://api.x.ai/v1/models', { json: { data: [] } });
    expect((await xai.validate(opened.context))[0]?.state).toBe('ok');
    on(opened.vendor, 'GET https://api.x.ai/v1/models', { status: 401, json: { error: 'no' } });
    expect((await xai.validate(opened.context))[0]?.state).toBe('failed');
  });

  it('tells the credentials apart: a good API key, a management key that is none', async () => {
    await using opened = await openProvider(xai, recorded, { secrets });
    const { vendor, context } = opened;
    on(vendor, 'GET https://management-api.x.ai/v1/billing/teams/*/prepaid/balance', {
      status: 401,
      json: { error: 'no' },
    });
    expect(await xai.validate(context)).toMatchObject([
      { capability: 'calls', state: 'ok' },
      { capability: 'models', state: 'ok' },
      { capability: 'costs', state: 'failed' },
      { capability: 'balance', state: 'failed' },
    ]);
    const sent = vendor.seen.map(({ url, headers }) => [url.host, headers.authorization]);
    expect(sent).toContainEqual(['management-api.x.ai', `Bearer ${secrets.managementKey}`]);
    expect(sent.filter(([host, key]) => host === 'api.x.ai' && key !== `Bearer ${secrets.apiKey}`)).toEqual(
      [],
    );
  });
});
