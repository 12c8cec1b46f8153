import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../platform/error.ts';
import { providerContext, testNow } from '../../testing/provider-context.ts';
import { type FakeReply, type FakeVendor, startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { bearer } from './credentials.ts';
import { openApi } from './http.ts';

let vendor: FakeVendor;
beforeAll(async () => {
  vendor = await startFakeVendor();
});
afterAll(() => vendor[Symbol.asyncDispose]());

/** Looks like no key of any vendor, so that only knowing it hides it. */
const secret = ['opaque', 'fake', 'credential', '0123456789'].join('');
const api = openApi({ label: 'Example', headers: bearer('apiKey', 'API key') });
const context = (signal?: AbortSignal) =>
  providerContext(vendor, { secrets: { apiKey: secret }, ...(signal && { signal }) });

async function failing(reply: FakeReply, notEnabled?: string): Promise<AppError> {
  vendor.answer('GET', '/v1/x', reply);
  return api.get(context(), '/x', notEnabled === undefined ? {} : { notEnabled }).then(
    () => expect.fail('it answered'),
    (error: AppError) => error,
  );
}

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });

describe('a refusal becomes', () => {
  it.each<[string, string, FakeReply]>([
    [
      'a bad key',
      'INVALID_KEY',
      { status: 401, json: error('Incorrect API key', { code: 'invalid_api_key' }) },
    ],
    [
      'a bad key behind 400, as Google has it',
      'INVALID_KEY',
      { status: 400, json: { error: { message: 'bad', details: [{ reason: 'API_KEY_INVALID' }] } } },
    ],
    ['403', 'INSUFFICIENT_SCOPE', { status: 403, json: error('no') }],
    [
      '401 with scope text: the key is good',
      'INSUFFICIENT_SCOPE',
      {
        status: 401,
        json: error('You have insufficient permissions for this operation. Missing scopes: api.usage.read'),
      },
    ],
    ['402', 'OUT_OF_CREDIT', { status: 402 }],
    [
      '429 with a billing code as type',
      'OUT_OF_CREDIT',
      { status: 429, json: error('quota', { type: 'insufficient_quota' }), headers: { 'retry-after': '1' } },
    ],
    [
      '429 with a billing code',
      'OUT_OF_CREDIT',
      { status: 429, json: error('x', { code: 'organization_spend_limit_exceeded' }) },
    ],
    [
      '429 with a billing code in the details',
      'OUT_OF_CREDIT',
      {
        status: 429,
        json: {
          type: 'error',
          error: {
            type: 'rate_limit_error',
            message: 'x',
            details: { error_code: 'enforced_spend_limit_reached' },
          },
        },
      },
    ],
    [
      '400 about credit in words',
      'OUT_OF_CREDIT',
      { status: 400, json: error('Your credit balance is too low to access the API.') },
    ],
    [
      '403 of an empty account',
      'OUT_OF_CREDIT',
      { status: 403, json: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'x' } },
    ],
    [
      'a used up budget',
      'OUT_OF_CREDIT',
      { status: 400, json: error('Budget has been exceeded', { type: 'budget_exceeded' }) },
    ],
    [
      "Google's quota: a limit on pace, though it speaks of billing",
      'RATE_LIMITED',
      {
        status: 429,
        json: error('You exceeded your current quota, please check your plan and billing details.', {
          status: 'RESOURCE_EXHAUSTED',
        }),
      },
    ],
    ['429', 'RATE_LIMITED', { status: 429 }],
    ['500', 'OVERLOADED', { status: 500, text: 'oops' }],
    ['503', 'OVERLOADED', { status: 503 }],
    ['529', 'OVERLOADED', { status: 529, json: error('Overloaded', { type: 'overloaded_error' }) }],
    ['498: capacity', 'OVERLOADED', { status: 498, json: error('capacity exceeded') }],
    ['498: blocked content', 'BAD_INPUT', { status: 498, json: { message: 'blocked: invalid token' } }],
    ['404', 'BAD_INPUT', { status: 404, json: error('no such model') }],
    [
      'a long prompt',
      'CONTEXT_TOO_LONG',
      { status: 400, json: error('x', { code: 'context_length_exceeded' }) },
    ],
    [
      'a long prompt in words',
      'CONTEXT_TOO_LONG',
      { status: 400, json: error('prompt is too long: 210000 tokens > 200000 maximum') },
    ],
    [
      '422 with a list of details',
      'BAD_INPUT',
      { status: 422, json: { detail: [{ msg: 'field required' }] } },
    ],
    ['a redirect', 'BAD_RESPONSE', { status: 302, headers: { location: 'https://elsewhere.example.com/' } }],
    ['no JSON', 'BAD_RESPONSE', { text: '<html>' }],
    ['half of a JSON text', 'BAD_RESPONSE', { text: '{"data":[{"a":1},' }],
    ['a cut reply', 'NETWORK', { chunks: ['{"data":'], headers: { 'content-length': '500' }, isCut: true }],
  ])('%s: %s', async (_what, code, reply) => {
    expect((await failing(reply)).code).toBe(code);
  });

  it('NOT_ENABLED where an address is not there for everyone, with what to do', async () => {
    const found = await failing({ status: 404 }, 'Ask for access in the console.');
    expect(found.code).toBe('NOT_ENABLED');
    expect(found.message).toContain('Ask for access in the console.');
  });

  it("the vendor's words without the secret it was sent, even one of an unknown shape", async () => {
    const found = await failing({
      status: 401,
      json: error(`Bad key ${secret} for https://x.example.com/?key=abc`),
    });
    expect(found.message).toContain('Bad key [redacted]');
    expect(found.message).not.toContain(secret);
    expect(found.message).not.toContain('key=abc');
  });

  it('a short message whatever the vendor sends', async () => {
    const found = await failing({ status: 500, text: 'word '.repeat(5000) });
    expect(found.message.length).toBeLessThan(600);
  });

  it('no page of HTML', async () => {
    expect(
      (await failing({ status: 502, text: '<html><body>Bad gateway</body></html>' })).message,
    ).not.toContain('<');
  });
});

describe('when to try again is read from', () => {
  it.each<[string, Record<string, string>, unknown, number]>([
    ['retry-after in seconds', { 'retry-after': '7' }, {}, 7000],
    ['retry-after as a date', { 'retry-after': new Date(testNow + 90_000).toUTCString() }, {}, 90_000],
    ['retry-after-ms before it', { 'retry-after-ms': '1500', 'retry-after': '2' }, {}, 1500],
    [
      "Azure's own headers, the longest of them",
      {
        'x-ms-ratelimit-microsoft.costmanagement-entity-retry-after': '11',
        'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': '40',
      },
      {},
      40_000,
    ],
    [
      "Google's RetryInfo",
      {},
      { error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '31.5s' }] } },
      31_500,
    ],
    [
      'the reset of a used up limit',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '6m0s',
        'x-ratelimit-remaining-tokens': '9',
        'x-ratelimit-reset-tokens': '9h',
      },
      {},
      360_000,
    ],
    ['a reset as a moment in ms', { 'x-ratelimit-reset': String(testNow + 5000) }, {}, 5000],
    [
      "Anthropic's reset as RFC 3339",
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': new Date(testNow + 30_000).toISOString(),
      },
      {},
      30_000,
    ],
  ])('%s', async (_what, headers, json, expected) => {
    const found = await failing({ status: 429, headers, json });
    expect(found).toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterMs: expected } });
  });
});

describe('a request', () => {
  it('that is aborted is CANCELLED, one that takes too long is NETWORK', async () => {
    vendor.answer('GET', '/v1/slow', { hangs: true });
    const stop = new AbortController();
    const aborted = api.get(context(stop.signal), '/slow');
    stop.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(api.get(context(), '/slow', { timeoutMs: 30 })).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it('to a server that is not there is NETWORK and says so', async () => {
    const found = await api
      .get({ ...context(), fetch: globalThis.fetch }, 'http://127.0.0.1:1/x')
      .catch((caught: AppError) => caught);
    expect(found).toMatchObject({ code: 'NETWORK' });
  });

  it('without a key is NO_KEY and is not sent', async () => {
    const before = vendor.seen.length;
    await expect(api.get(providerContext(vendor), '/x')).rejects.toMatchObject({ code: 'NO_KEY' });
    expect(vendor.seen).toHaveLength(before);
  });

  it('writes lists into the query as its name says, and leaves out what is not set', async () => {
    vendor.answer('GET', '/v1/q', { json: {} });
    await api.get(context(), '/q', {
      query: { 'group_by[]': ['a', 'b'], ids: ['c', 'd'], page: null, limit: 0 },
    });
    expect([...(vendor.seen.at(-1)?.url.searchParams ?? [])]).toEqual([
      ['group_by[]', 'a'],
      ['group_by[]', 'b'],
      ['ids', 'c'],
      ['ids', 'd'],
      ['limit', '0'],
    ]);
  });

  it('keeps an amount of any length exact', async () => {
    vendor.answer('GET', '/v1/amount', { text: '{"value":0.12345678901234567890,"small":1e-7}' });
    const { json } = await api.get(context(), '/amount');
    expect(json).toEqual({ value: '0.12345678901234567890', small: 1e-7 });
  });
});
