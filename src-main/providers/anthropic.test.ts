import { describe, expect, it } from 'vitest';
import { toNanoUsd } from '../platform/money.ts';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll } from '../testing/vendors/open-provider.ts';
import { anthropic } from './anthropic.ts';
import recorded from './fixtures/anthropic.json' with { type: 'json' };

const secrets = { apiKey: 'not-a-key', adminKey: 'not-an-admin-key' };
const organizations = 'https://api.anthropic.com/v1/organizations';
const open = (more: object = {}) => openProvider(anthropic, recorded, { secrets, ...more });
const notSupported = {
  status: 400,
  json: {
    type: 'error',
    error: { type: 'invalid_request_error', message: 'organization_type_not_supported' },
  },
};
const legacyCosts = {
  data: [
    {
      starting_at: '2026-11-18T00:00:00Z',
      ending_at: '2026-11-19T00:00:00Z',
      results: [
        {
          ...{ currency: 'USD', amount: '123.78912', workspace_id: null, model: 'claude-sonnet-5' },
          ...{
            description: 'Claude Sonnet 5 Usage - Input Tokens',
            cost_type: 'tokens',
            context_window: '0-200k',
          },
          ...{ service_tier: 'standard', token_type: 'uncached_input_tokens', inference_geo: 'global' },
        },
      ],
    },
    { starting_at: '2026-11-19T00:00:00Z', ending_at: '2026-11-20T00:00:00Z', results: [] },
  ],
  has_more: false,
  next_page: null,
};

describe('Anthropic’s costs', () => {
  it('are cents, as text or as a number, and say up to when they are complete', async () => {
    await using opened = await open();
    const { records, asOf } = await readAll(anthropic, 'cost', november(17, 20), opened.context);
    expect(records.map(({ amount }) => toNanoUsd(amount?.value ?? ''))).toEqual([1_237_891_200, 20_000_000]);
    expect(records[0]).toMatchObject({
      project: 'Website',
      extras: { token_type: 'output_tokens', listCostUsd: '1.5' },
    });
    expect(records[0]?.cut).toBeUndefined();
    expect(asOf).toBe(Date.UTC(2026, 10, 20, 3, 10));
    const [asked] = opened.vendor.seen;
    expect(asked?.headers).toMatchObject({
      'x-api-key': 'not-an-admin-key',
      'anthropic-beta': 'analytics-usage-cost-2026-08-24',
    });
    expect(asked?.url.searchParams.get('starting_at')).toBe('2026-11-17T00:00:00Z');
    expect(asked?.url.searchParams.get('ending_at')).toBe('2026-11-20T00:00:00Z');
  });

  it.each([
    ['400', notSupported],
    ['404', { status: 404 }],
  ])(
    'come from the older report where the newer one answers %s, as a cut of their own',
    async (_, refusal) => {
      await using opened = await open();
      on(opened.vendor, `GET ${organizations}/analytics/cost`, refusal);
      on(opened.vendor, `GET ${organizations}/cost_report`, { json: legacyCosts });
      const { records } = await readAll(anthropic, 'cost', november(17, 20), opened.context);
      expect(records).toMatchObject([
        {
          model: 'claude-sonnet-5',
          amount: { value: '1.2378912' },
          cut: 'older report',
          priceFacts: { longContext: false },
        },
      ]);
    },
  );

  it('go on with the older report from page to page', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${organizations}/analytics/cost`, { status: 404 });
    on(opened.vendor, `GET ${organizations}/cost_report`, ({ url }) => ({
      json: { ...legacyCosts, ...(url.searchParams.has('page') ? {} : { has_more: true, next_page: 'p2' }) },
    }));
    const { pages } = await readAll(anthropic, 'cost', november(17, 20), opened.context);
    const asked = opened.vendor.seen.map(
      ({ url }) => `${url.pathname} ${url.searchParams.get('page') ?? ''}`,
    );
    expect(pages).toBe(2);
    expect(asked.filter((line) => line.includes('analytics'))).toHaveLength(1);
    expect(asked.at(-1)).toBe('/v1/organizations/cost_report p2');
  });

  it('of an individual account are said to need an organisation', async () => {
    await using opened = await open();
    for (const path of ['analytics/cost', 'cost_report'])
      on(opened.vendor, `GET ${organizations}/${path}`, { status: 404 });
    const reading = readAll(anthropic, 'cost', november(17, 20), opened.context);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_ENABLED', message: /set up an organisation/ });
  });

  it('before the first day the newer report knows are not asked for', async () => {
    await using opened = await open();
    const window = { from: Date.UTC(2025, 11, 1), to: Date.UTC(2026, 0, 1), cursor: null };
    expect((await readAll(anthropic, 'cost', window, opened.context)).records).toEqual([]);
    expect(opened.vendor.seen).toEqual([]);
  });
});

it('Anthropic’s usage has caches beside the input, and all that changes the price', async () => {
  await using opened = await open();
  const { records } = await readAll(anthropic, 'usage', november(17, 20), opened.context);
  expect(records).toMatchObject([
    {
      requests: 3,
      tokens: { input: 100, cacheRead: 860, cacheWrite5m: 40, cacheWrite1h: 7, output: 50 },
      priceFacts: { serviceTier: 'batch', geo: 'us', speed: 'fast', webSearches: 2 },
    },
  ]);
});

it('Anthropic’s keys are checked apart', async () => {
  await using opened = await open();
  on(opened.vendor, `GET ${organizations}/me`, {
    status: 401,
    json: { error: { type: 'authentication_error', message: 'invalid x-api-key' } },
  });
  const checks = await anthropic.validate(opened.context);
  expect(checks.map(({ capability, state }) => `${capability} ${state}`)).toEqual([
    'calls ok',
    'models ok',
    'costs failed',
  ]);
});

it('tokens are counted of the very prompt a call would send, and without one', async () => {
  await using opened = await open();
  const request = {
    ...hello,
    messages: [{ role: 'system', content: 'Be brief.' }, ...hello.messages],
  } as const;
  expect(await anthropic.countTokens(request, opened.context)).toBe(14);
  expect(opened.vendor.seen).toHaveLength(1);
  const body = JSON.parse(opened.vendor.seen[0]?.body ?? '{}');
  expect(body).toMatchObject({ model: hello.model, messages: [{ role: 'user' }] });
  expect(JSON.stringify(body.system)).toContain('Be brief.');
  expect(body.max_tokens).toBeUndefined();
});

it('Anthropic’s models state their context and when they go', async () => {
  await using opened = await open();
  expect(await anthropic.models(opened.context)).toMatchObject([
    { id: 'claude-opus-5-5', contextTokens: 1_000_000, maxOutputTokens: 128_000, retiresAt: null },
    { id: 'claude-sonnet-4', contextTokens: null, retiresAt: Date.UTC(2027, 0, 5) },
  ]);
});
