import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import { azure } from './azure.ts';
import recorded from './fixtures/azure.json' with { type: 'json' };

const baseUrl = 'https://acme.openai.azure.com';
const secrets = { apiKey: 'not-a-key', clientSecret: 'not-a-secret' };
const fields = { tenantId: 'tenant', clientId: 'client', subscriptionId: 'sub' };
const cost = 'POST https://management.azure.com/subscriptions/*/providers/Microsoft.CostManagement/query';
const login = 'POST https://login.microsoftonline.com/tenant/oauth2/v2.0/token';
const open = (more: object = {}) => openProvider(azure, recorded, { baseUrl, secrets, fields, ...more });

describe('azure', () => {
  it.each([
    ['', baseUrl, `${baseUrl}/openai/v1/chat/completions`],
    ['v1', `${baseUrl}/openai/v1`, `${baseUrl}/openai/v1/chat/completions`],
    ['2024-10-21', `${baseUrl}/openai`, `${baseUrl}/openai/deployments/m-1/chat/completions`],
  ])('calls a deployment by version "%s" under %s', async (apiVersion, base, url) => {
    await using opened = await open({ baseUrl: base, fields: { apiVersion } });
    on(opened.vendor, `POST ${url}`, { json: chatReply() });
    expect(await azure.complete(hello, opened.context)).toMatchObject({
      text: 'Hello',
      usage: { tokens: chatTokens },
    });
    expect(opened.vendor.seen[0]?.headers['api-key']).toBe('not-a-key');
  });

  it('reads columns by name, integer dates and the currency of the account, and adds what differs in case only', async () => {
    await using opened = await open();
    const { records, problems } = await readAll(azure, 'costs', november(17, 20), opened.context);
    expect(summary(records)).toEqual(['18 gpt-4.1 0.3900001 EUR', '19 gpt-4.1 0.93 EUR']);
    expect(records[1]).toMatchObject({
      priceFacts: { serviceTier: 'batch' },
      project: 'acme',
      extras: { costUsd: '1' },
    });
    expect(problems).toMatchObject([{ reason: 'the row has no UsageDate' }]);
    const asked = JSON.parse(opened.vendor.seen.at(-1)?.body ?? '{}');
    expect(asked.timePeriod).toEqual({ from: '2026-11-17T00:00:00Z', to: '2026-11-19T23:59:59Z' });
  });

  it('posts the same question to the next page', async () => {
    await using opened = await open();
    const link =
      'https://management.azure.com/subscriptions/sub/providers/Microsoft.CostManagement/query?api-version=2025-03-01&$skiptoken=p2';
    on(opened.vendor, cost, ({ url }) => {
      const { properties } = recorded[cost];
      const isFirst = !url.searchParams.has('$skiptoken');
      return {
        json: {
          properties: { ...properties, nextLink: isFirst ? link : null, rows: properties.rows.slice(2, 3) },
        },
      };
    });
    expect((await readAll(azure, 'costs', november(17, 20), opened.context)).pages).toBe(2);
    const [first, second] = opened.vendor.seen.filter(({ url }) => url.host === 'management.azure.com');
    expect(second?.body).toBe(first?.body);
    // One token for the whole reading.
    expect(opened.vendor.seen.filter(({ url }) => url.host === 'login.microsoftonline.com')).toHaveLength(1);
  });

  it('does not follow a next page to another host, which would get the token', async () => {
    await using opened = await open();
    on(opened.vendor, cost, {
      json: { properties: { columns: [], rows: [], nextLink: 'https://evil.example/next' } },
    });
    await expect(readAll(azure, 'costs', november(17, 20), opened.context)).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
    });
  });

  it('takes 204 as no costs', async () => {
    await using opened = await open();
    on(opened.vendor, cost, { status: 204 });
    expect(await readAll(azure, 'costs', november(17, 20), opened.context)).toMatchObject({
      records: [],
      problems: [],
    });
  });

  it('says when to ask again, from Azure’s own headers', async () => {
    await using opened = await open();
    on(opened.vendor, cost, {
      status: 429,
      headers: { 'x-ms-ratelimit-microsoft.costmanagement-entity-retry-after': '17' },
      json: { error: { code: '429', message: 'Too many requests. Please retry.' } },
    });
    await expect(readAll(azure, 'costs', november(17, 20), opened.context)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      data: { retryAfterMs: 17_000 },
    });
  });

  it('tells the key from the app registration, and never quotes its secret', async () => {
    await using opened = await open();
    on(opened.vendor, login, {
      status: 401,
      json: {
        error: 'invalid_client',
        error_description: `AADSTS7000215: Invalid client secret not-a-secret provided.`,
      },
    });
    const checks = await azure.validate(opened.context);
    expect(checks.map(({ capability, state }) => `${capability} ${state}`)).toEqual([
      'calls ok',
      'models ok',
      'costs failed',
    ]);
    expect(JSON.stringify(checks)).not.toContain('not-a-secret');
  });

  it('lists deployments before what could be deployed, by either kind of version', async () => {
    await using opened = await open({ fields: { ...fields, deployments: 'chat, embed' } });
    expect((await azure.models(opened.context)).map(({ id }) => id)).toEqual([
      'chat',
      'embed',
      'gpt-5-mini-2025-08-07',
      'text-embedding-3-large',
    ]);
    await using dated = await open({ baseUrl: `${baseUrl}/openai`, fields: { apiVersion: '2024-10-21' } });
    on(dated.vendor, 'GET https://acme.openai.azure.com/openai/models', {
      json: { data: [{ id: 'gpt-4o' }] },
    });
    expect((await azure.models(dated.context)).map(({ id }) => id)).toEqual(['gpt-4o']);
    expect(dated.vendor.seen[0]?.url.search).toBe('?api-version=2024-10-21');
  });

  it('prices models by the public list of a region, and refuses what is none', async () => {
    await using opened = await open({ fields: { priceRegion: 'Sweden Central' } });
    on(opened.vendor, 'GET https://prices.azure.com/api/retail/prices', {
      json: {
        Items: [{ meterName: 'gpt 5 mini inp glbl Tokens', retailPrice: 0.00025, unitOfMeasure: '1K' }],
      },
    });
    on(opened.vendor, `GET ${baseUrl}/openai/v1/models`, {
      json: { data: [{ id: 'gpt-5-mini-2025-08-07' }] },
    });
    expect(await azure.models(opened.context)).toMatchObject([{ price: { input: '0.25' } }]);
    await using odd = await open({ fields: { priceRegion: "x' or 1 eq 1" } });
    await expect(azure.models(odd.context)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it.each(['tenantId', 'subscriptionId'])('asks for the %s before anything is sent', async (name) => {
    await using opened = await open({ fields: { ...fields, [name]: '' } });
    await expect(readAll(azure, 'costs', november(17, 20), opened.context)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(opened.vendor.seen.filter(({ url }) => url.host === 'management.azure.com')).toEqual([]);
  });
});
