import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import { bedrock } from './bedrock.ts';
import recorded from './fixtures/bedrock.json' with { type: 'json' };

const secrets = { accessKeyId: 'not-an-id', secretAccessKey: 'not-a-secret' };
const explorer = 'POST https://ce.us-east-1.amazonaws.com/';
const open = (more: object = {}) =>
  openProvider(bedrock, recorded, { secrets, fields: { region: 'eu-central-1' }, ...more });

describe('bedrock', () => {
  it('calls by signature or by Bedrock API key, whatever the environment holds', async () => {
    const url = 'POST https://bedrock-runtime.eu-central-1.amazonaws.com/model/m-1/converse';
    const json = {
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 5, cacheReadInputTokens: 7, outputTokens: 2, totalTokens: 14 },
      metrics: { latencyMs: 1 },
    };
    process.env.AWS_BEARER_TOKEN_BEDROCK = 'not-from-the-environment';
    for (const [more, proof] of [
      [{}, /^AWS4-HMAC-SHA256 Credential=not-an-id/],
      [{ secrets: { apiKey: 'not-a-bedrock-key' } }, /^Bearer not-a-bedrock-key$/],
    ] as const) {
      await using opened = await open(more);
      on(opened.vendor, url, { json, headers: { 'x-amzn-requestid': 'req-1' } });
      const reply = await bedrock.complete(hello, opened.context);
      expect(reply).toMatchObject({
        text: 'Hello',
        vendorCallId: 'req-1',
        usage: { tokens: { input: 5, cacheRead: 7, output: 2 } },
      });
      expect(opened.vendor.seen[0]?.headers.authorization).toMatch(proof);
    }
    delete process.env.AWS_BEARER_TOKEN_BEDROCK;
  });

  it('keeps every service with Bedrock in its name, makers’ models among them, and no other', async () => {
    await using opened = await open();
    const { records, problems } = await readAll(bedrock, 'costs', november(17, 20), opened.context);
    expect(summary(records)).toEqual(['18 NovaLite 0.4213 USD', '18 Claude Opus 5 12.5 USD']);
    expect(records[0]?.tokens.input).toBe(123_400);
    // A unit of the marketplace is not said to be so many tokens.
    expect(records[1]?.tokens.output).toBe(0);
    expect(problems).toEqual([]);
  });

  it('asks for an exclusive end, signed for Cost Explorer, and follows the pages', async () => {
    await using opened = await open();
    on(opened.vendor, explorer, ({ body }) => {
      const isFirst = JSON.parse(body).NextPageToken === undefined;
      return { json: { ...recorded[explorer], ...(isFirst && { NextPageToken: 'p2' }) } };
    });
    expect((await readAll(bedrock, 'costs', november(17, 20), opened.context)).pages).toBe(2);
    const [first, second] = opened.vendor.seen;
    expect(JSON.parse(first?.body ?? '{}').TimePeriod).toEqual({ Start: '2026-11-17', End: '2026-11-20' });
    expect(JSON.parse(second?.body ?? '{}').NextPageToken).toBe('p2');
    expect(first?.headers['x-amz-target']).toBe('AWSInsightsIndexService.GetCostAndUsage');
    expect(first?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=not-an-id\/20261120\/us-east-1\/ce\/aws4_request, SignedHeaders=.*content-type.*x-amz-target/,
    );
  });

  it('costs money to ask, so it is asked once a day', () => {
    expect(bedrock.costs[0].everyMinutes).toBe(1440);
  });

  it.each([
    ['AccessDeniedException', 'INSUFFICIENT_SCOPE'],
    ['ExpiredTokenException', 'INVALID_KEY'],
    ['UnrecognizedClientException', 'INVALID_KEY'],
    ['LimitExceededException', 'RATE_LIMITED'],
    ['DataUnavailableException', 'NOT_ENABLED'],
    ['ValidationException', 'BAD_INPUT'],
  ])('reads %s, which AWS says with 400, as %s', async (type, code) => {
    await using opened = await open();
    on(opened.vendor, explorer, {
      status: 400,
      json: { __type: `com.amazon.coral.service#${type}`, message: 'no' },
    });
    await expect(readAll(bedrock, 'costs', november(17, 20), opened.context)).rejects.toMatchObject({ code });
  });

  it('lists what can be called as it is, then the profiles', async () => {
    await using opened = await open();
    expect((await bedrock.models(opened.context)).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'amazon.nova-lite-v1:0 chat',
      'amazon.titan-embed-text-v2:0 embedding',
      'eu.anthropic.claude-opus-5-v1:0 chat',
    ]);
    expect(opened.vendor.seen[0]?.url.host).toBe('bedrock.eu-central-1.amazonaws.com');
  });

  it('lists profiles over all pages, and models without them where they may not be listed', async () => {
    await using opened = await open();
    const profiles = 'GET https://bedrock.eu-central-1.amazonaws.com/inference-profiles';
    on(opened.vendor, profiles, ({ url }) => {
      const token = url.searchParams.get('nextToken');
      return {
        json: {
          inferenceProfileSummaries: [{ inferenceProfileId: `p${token ?? '1'}` }],
          nextToken: token === null ? '2' : null,
        },
      };
    });
    expect((await bedrock.models(opened.context)).map(({ id }) => id).slice(2)).toEqual(['p1', 'p2']);
    on(opened.vendor, profiles, {
      status: 403,
      json: { message: 'not authorized to perform bedrock:ListInferenceProfiles' },
    });
    expect(await bedrock.models(opened.context)).toHaveLength(2);
  });

  it('uses a Bedrock API key for models, and never for costs', async () => {
    await using opened = await open({ secrets: { ...secrets, apiKey: 'not-a-bedrock-key' } });
    await bedrock.models(opened.context);
    expect(opened.vendor.seen[0]?.headers.authorization).toBe('Bearer not-a-bedrock-key');
    await readAll(bedrock, 'costs', november(17, 20), opened.context);
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it('checks the key without paying for Cost Explorer', async () => {
    await using opened = await open();
    expect(
      (await bedrock.validate(opened.context)).map(({ capability, state }) => `${capability} ${state}`),
    ).toEqual(['calls ok', 'models ok', 'costs ok']);
    expect(opened.vendor.seen.map(({ url }) => url.host)).not.toContain('ce.us-east-1.amazonaws.com');
  });

  it('refuses a region that would name another host', async () => {
    await using opened = await open({ fields: { region: 'evil.example/' } });
    await expect(bedrock.models(opened.context)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(opened.vendor.seen).toEqual([]);
  });
});
