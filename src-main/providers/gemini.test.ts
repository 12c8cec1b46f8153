import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { noTokens } from '../platform/record.ts';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/gemini.json' with { type: 'json' };
import { gemini } from './gemini.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceAccount = JSON.stringify({
  type: 'service_account',
  project_id: 'acme',
  client_email: 'llmlab@acme.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  token_uri: 'https://elsewhere.example/token',
});
const secrets = { apiKey: 'not-a-key', serviceAccount };
const fields = { billingTable: 'acme.billing.gcp_billing_export_v1_0123' };
const queries = 'POST https://bigquery.googleapis.com/bigquery/v2/projects/*/queries';
const results = 'GET https://bigquery.googleapis.com/bigquery/v2/projects/acme/queries/job-1';

describe('gemini', () => {
  it('counts thoughts as output, and knows that the free tier costs nothing', async () => {
    const reply = {
      responseId: 'r1',
      modelVersion: 'gemini-3.8-flash',
      candidates: [
        { content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP', index: 0 },
      ],
      usageMetadata: {
        promptTokenCount: 9,
        candidatesTokenCount: 10,
        thoughtsTokenCount: 90,
        totalTokenCount: 109,
      },
    };
    for (const tier of ['free', 'paid']) {
      await using opened = await openProvider(gemini, recorded, {
        fields: { tier },
        secrets: { apiKey: 'not-a-key' },
      });
      on(opened.vendor, 'POST https://generativelanguage.googleapis.com/v1beta/models/m-1:generateContent', {
        json: reply,
      });
      const { usage, model, vendorCallId } = await gemini.complete(hello, opened.context);
      expect([model, vendorCallId]).toEqual(['gemini-3.8-flash', 'r1']);
      expect(usage?.tokens).toMatchObject({ input: 9, output: 100, reasoning: 90 });
      expect(usage?.cost).toEqual(tier === 'free' ? { value: '0', currency: 'USD' } : undefined);
      // Also of a call that was broken off before it told anything.
      expect(gemini.ownCost(noTokens, { fields: { tier } })?.value).toBe(tier === 'free' ? '0' : undefined);
    }
  });

  it('lists models by their plain ids with what they are for', async () => {
    await using opened = await openProvider(gemini, recorded);
    expect(await gemini.models(opened.context)).toMatchObject([
      { id: 'gemini-3.8-flash', kind: 'chat', contextTokens: 1048576, maxOutputTokens: 65536 },
      { id: 'gemini-embedding-2', kind: 'embedding' },
      { id: 'aqa', kind: 'other' },
    ]);
    expect(opened.vendor.seen[0]?.headers['x-goog-api-key']).toBe('not-a-key');
    expect(opened.vendor.seen[0]?.url.search).not.toContain('not-a-key');
  });

  it('knows Google’s way to say that a key is wrong: 400 with a reason', async () => {
    await using opened = await openProvider(gemini, recorded);
    on(opened.vendor, 'GET https://generativelanguage.googleapis.com/v1beta/models', {
      status: 400,
      json: {
        error: {
          code: 400,
          message: 'API key not valid.',
          status: 'INVALID_ARGUMENT',
          details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
        },
      },
    });
    expect(await gemini.validate(opened.context)).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
    await expect(gemini.models(opened.context)).rejects.toMatchObject({ code: 'INVALID_KEY' });
  });

  it('counts tokens of everything that would be sent', async () => {
    await using opened = await openProvider(gemini, recorded);
    const count = await gemini.countTokens(
      {
        model: 'gemini-3.8-flash',
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { kind: 'text', text: 'Hi' },
              { kind: 'image', mediaType: 'image/png', data: 'AA==' },
            ],
          },
          {
            role: 'assistant',
            content: [{ kind: 'tool-call', id: '1', name: 'look', input: { at: 'sky' } }],
          },
          { role: 'tool', content: [{ kind: 'tool-result', id: '1', name: 'look', output: 'blue' }] },
        ],
        tools: [{ name: 'look', description: 'Looks.', input: { type: 'object' } }],
      },
      opened.context,
    );
    expect(count).toBe(31);
    const asked = JSON.parse(opened.vendor.seen[0]?.body ?? '{}').generateContentRequest;
    expect(asked).toMatchObject({
      model: 'models/gemini-3.8-flash',
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'look', args: { at: 'sky' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { output: 'blue' } } }] },
      ],
      tools: [{ functionDeclarations: [{ name: 'look' }] }],
    });
  });
});

describe('Google’s billing export', () => {
  it('keeps charges, their credits and tax apart, exactly and in the currency of the account', async () => {
    await using opened = await openProvider(gemini, recorded, { secrets, fields });
    const { records, problems } = await readAll(gemini, 'billing-export', november(17, 20), opened.context);
    expect(summary(records)).toEqual([
      '18 gemini-2.5-flash 1.234567891 EUR',
      '18 gemini-2.5-flash -0.5 EUR credit',
      '18 - 0.19 EUR tax',
    ]);
    expect(records[0]).toMatchObject({
      tokens: { output: 500_000 },
      priceFacts: { longContext: false },
      project: 'acme',
    });
    expect(records[1]?.tokens.output).toBe(0);
    expect(problems).toMatchObject([{ reason: 'the row has no cost' }]);
  });

  it('asks for half-open UTC days by parameters, once per reading of the token', async () => {
    await using opened = await openProvider(gemini, recorded, {
      secrets,
      fields: { ...fields, datasetLocation: 'EU' },
    });
    await readAll(gemini, 'billing-export', november(17, 20), opened.context);
    const asked = JSON.parse(opened.vendor.seen.at(-1)?.body ?? '{}');
    expect(asked).toMatchObject({ useLegacySql: false, location: 'EU' });
    expect(asked.query).toContain('usage_start_time < TIMESTAMP(@to)');
    expect(
      asked.queryParameters.map((each: { parameterValue: { value: string } }) => each.parameterValue.value),
    ).toEqual(['2026-11-17T00:00:00Z', '2026-11-20T00:00:00Z']);
    // The token comes from Google's own address, whatever the key file says.
    expect(opened.vendor.seen.map(({ url }) => url.host)).toEqual([
      'oauth2.googleapis.com',
      'bigquery.googleapis.com',
    ]);
    expect(opened.vendor.seen[1]?.headers.authorization).toBe('Bearer not-a-token');
  });

  it('waits for a long query, then follows its pages', async () => {
    await using opened = await openProvider(gemini, recorded, { secrets, fields });
    const full = recorded[queries];
    const job = { jobId: 'job-1', location: 'US' };
    on(opened.vendor, queries, { json: { jobComplete: false, jobReference: job } });
    on(opened.vendor, results, ({ url }) => ({
      json: url.searchParams.has('pageToken')
        ? { ...full, rows: full.rows.slice(1, 2) }
        : { ...full, jobReference: job, rows: full.rows.slice(0, 1), pageToken: 'p2' },
    }));
    const { records, pages } = await readAll(gemini, 'billing-export', november(17, 20), opened.context);
    expect([records.length, pages]).toEqual([3, 2]);
    expect(opened.vendor.seen.at(-1)?.url.searchParams.get('location')).toBe('US');
  });

  it('gives up on a query that never ends', async () => {
    await using opened = await openProvider(gemini, recorded, { secrets, fields });
    const running = { json: { jobComplete: false, jobReference: { jobId: 'job-1' } } };
    on(opened.vendor, queries, running);
    on(opened.vendor, results, running);
    await expect(readAll(gemini, 'billing-export', november(17, 20), opened.context)).rejects.toMatchObject({
      code: 'OVERLOADED',
    });
  });

  it.each(['billing.table', 'a.b.c` UNION ALL SELECT 1 --', ''])(
    'refuses "%s" as a table before anything is sent',
    async (billingTable) => {
      await using opened = await openProvider(gemini, recorded, { secrets, fields: { billingTable } });
      await expect(readAll(gemini, 'billing-export', november(17, 20), opened.context)).rejects.toMatchObject(
        {
          code: 'BAD_INPUT',
        },
      );
      expect(opened.vendor.seen.filter(({ url }) => url.host.startsWith('bigquery'))).toEqual([]);
    },
  );

  it('checks the export by a query that is planned and not run', async () => {
    await using opened = await openProvider(gemini, recorded, { secrets, fields });
    expect(
      (await gemini.validate(opened.context)).map(({ capability, state }) => `${capability} ${state}`),
    ).toEqual(['calls ok', 'models ok', 'costs ok']);
    expect(JSON.parse(opened.vendor.seen.at(-1)?.body ?? '{}').dryRun).toBe(true);
  });
});
