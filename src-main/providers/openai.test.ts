import { describe, expect, it } from 'vitest';
import { toNanoUsd } from '../platform/money.ts';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/openai.json' with { type: 'json' };
import { lineItemOf } from './openai/line-item.ts';
import { openai } from './openai.ts';

const secrets = { apiKey: 'not-a-key', adminKey: 'not-an-admin-key' };
const base = 'https://api.openai.com/v1';
const open = (more: object = {}) => openProvider(openai, recorded, { secrets, ...more });
const wrongKind = {
  status: 401,
  json: {
    error: {
      message: 'You have insufficient permissions for this operation. Missing scopes: api.usage.read',
    },
  },
};

describe('OpenAI’s costs', () => {
  it('are dollars as a number or as text, by line item and project, with the tokens they were for', async () => {
    await using opened = await open();
    const { records, problems } = await readAll(openai, 'costs', november(17, 20), opened.context);
    expect(problems).toEqual([]);
    expect(records.map(({ amount }) => toNanoUsd(amount?.value ?? ''))).toEqual([
      12_500_000_000, 100, 20_000_000,
    ]);
    expect(records[0]).toMatchObject({
      model: 'gpt-5.6-terra',
      project: 'Website',
      tokens: { output: 28_000 },
    });
    expect(records[1]).toMatchObject({
      tokens: { cacheRead: 1500 },
      priceFacts: { serviceTier: 'priority', longContext: true },
    });
    expect(records[2]).toMatchObject({ model: null, project: null, extras: { quantity: '2' } });
    expect(opened.vendor.seen[0]?.headers.authorization).toBe('Bearer not-an-admin-key');
  });

  it('are asked for up to the next midnight: a start and an end on one date are refused by OpenAI', async () => {
    await using opened = await open();
    const now = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 20, 12), cursor: null };
    await readAll(openai, 'costs', now, opened.context);
    const { searchParams } = opened.vendor.seen[0]?.url ?? new URL(base);
    expect(Number(searchParams.get('end_time'))).toBe(Date.UTC(2026, 10, 21) / 1000);
    expect(searchParams.getAll('group_by[]')).toEqual(['line_item', 'project_id']);
  });

  it('are not taken for whole where the next page is said to be and cannot be found', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${base}/organization/costs`, { json: { data: [], has_more: true } });
    await expect(readAll(openai, 'costs', november(1, 20), opened.context)).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
    });
  });

  it('follow the pages, of one project where the user says so', async () => {
    await using opened = await open({ fields: { projectId: 'proj_x1' } });
    on(opened.vendor, `GET ${base}/organization/costs`, ({ url }) => {
      const isFirst = !url.searchParams.has('page');
      return { json: { object: 'page', data: [], has_more: isFirst, next_page: isFirst ? 'page_2' : null } };
    });
    const { pages } = await readAll(openai, 'costs', november(1, 20), opened.context);
    expect(pages).toBe(2);
    expect(opened.vendor.seen.map(({ url }) => url.searchParams.get('page'))).toEqual([null, 'page_2']);
    expect(opened.vendor.seen[0]?.url.searchParams.getAll('project_ids[]')).toEqual(['proj_x1']);
  });

  it('are shown by project id where the key may not read names', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${base}/organization/projects`, wrongKind);
    const { records } = await readAll(openai, 'costs', november(17, 20), opened.context);
    expect(records[0]?.project).toBe('proj_x1');
  });
});

describe('OpenAI’s usage', () => {
  it('has cached and cache-writing tokens inside the input, and searches without their requests once more', async () => {
    await using opened = await open();
    const { records } = await readAll(openai, 'usage', november(17, 20), opened.context);
    expect(records).toHaveLength(3);
    expect(records[0]).toMatchObject({
      requests: 3,
      tokens: { input: 500, cacheRead: 400, cacheWriteUnknown: 100, output: 50 },
      priceFacts: { serviceTier: 'standard' },
    });
    expect(records[1]).toMatchObject({ priceFacts: { serviceTier: 'batch' } });
    expect(records[2]).toMatchObject({ requests: 0, priceFacts: { webSearches: 2 } });
    expect(new Set(records.map(({ key }) => key)).size).toBe(3);
  });

  it('goes on where one of its parts is not there for the account, and not where the first is not', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${base}/organization/usage/embeddings`, { status: 404 });
    expect((await readAll(openai, 'usage', november(17, 20), opened.context)).records).toHaveLength(3);
    on(opened.vendor, `GET ${base}/organization/usage/completions`, { status: 404 });
    await expect(readAll(openai, 'usage', november(17, 20), opened.context)).rejects.toMatchObject({
      code: 'NOT_ENABLED',
    });
  });
});

describe('OpenAI’s keys', () => {
  it('are told apart: a project key in the place of the admin key is said to be one', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${base}/organization/costs`, wrongKind);
    const checks = await openai.validate(opened.context);
    expect(checks.map(({ capability, state }) => `${capability} ${state}`)).toEqual([
      'calls ok',
      'models ok',
      'costs failed',
    ]);
    expect(checks[2]?.message).toContain('sk-admin-');
  });

  it('that are restricted are real: whether they call is unknown, not wrong', async () => {
    await using opened = await open({ secrets: { apiKey: 'not-a-key' } });
    on(opened.vendor, `GET ${base}/models`, { ...wrongKind, status: 403 });
    expect((await openai.validate(opened.context)).map(({ state }) => state)).toEqual(['unknown', 'failed']);
  });
});

it('OpenAI’s models say when they go', async () => {
  await using opened = await open();
  expect((await openai.models(opened.context)).map(({ id, retiresAt }) => [id, retiresAt])).toEqual([
    ['gpt-5.6-terra', null],
    ['gpt-4o-old', Date.UTC(2027, 1, 1)],
  ]);
});

it('a request with stop sequences or a seed goes where those are known', async () => {
  await using opened = await open();
  on(opened.vendor, `POST ${base}/chat/completions`, { json: chatReply() });
  const reply = await openai.complete({ ...hello, stop: ['END'], seed: 7 }, opened.context);
  expect(reply.text).toBe('Hello');
  expect(JSON.parse(opened.vendor.seen[0]?.body ?? '{}')).toMatchObject({ stop: ['END'], seed: 7 });
});

/** Only what was seen is known of this grammar: what is not understood must stay without a model, not get a wrong one. */
it.each([
  ['gpt-5.6-terra, input', 'gpt-5.6-terra', 'input'],
  ['gpt-6-astra, input_tokens', 'gpt-6-astra', 'input'],
  ['priority | gpt-5.6-terra, cached input, long context', 'gpt-5.6-terra', 'cacheRead'],
  ['gpt-5.6-terra, cache writes', 'gpt-5.6-terra', 'cacheWriteUnknown'],
  ['gpt-audio-mini-2025-12-15 audio, input', 'gpt-audio-mini-2025-12-15', 'input'],
  ['gpt-image-2 image, output', 'gpt-image-2', 'output'],
  ['web search tool calls', null, null],
  ['Text tokens', null, null],
  ['', null, null],
])('line item "%s"', (text, model, part) => {
  expect(lineItemOf(text)).toMatchObject({ model, part });
});

it('keys of two line items of one model never meet', async () => {
  await using opened = await open();
  const { records } = await readAll(openai, 'costs', november(17, 20), opened.context);
  expect(summary(records)).toHaveLength(new Set(records.map(({ key }) => key)).size);
});
