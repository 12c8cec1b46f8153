import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/vertex.json' with { type: 'json' };
import { vertex } from './vertex.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceAccount = JSON.stringify({
  project_id: 'acme',
  client_email: 'llmlab@acme.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});
const secrets = { serviceAccount };

describe('vertex', () => {
  it.each([
    ['', 'https://aiplatform.googleapis.com/v1/projects/acme/locations/global'],
    ['us-central1', 'https://us-central1-aiplatform.googleapis.com/v1/projects/acme/locations/us-central1'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com/v1/projects/acme/locations/eu'],
  ])(
    'calls Gemini and Claude on the host of location "%s", with a token and no key',
    async (location, place) => {
      await using opened = await openProvider(vertex, recorded, { secrets, fields: { location } });
      on(opened.vendor, `POST ${place}/publishers/google/models/gemini-3.8-flash:generateContent`, {
        json: {
          candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP' }],
          usageMetadata: {
            promptTokenCount: 9,
            candidatesTokenCount: 1,
            totalTokenCount: 10,
            trafficType: 'ON_DEMAND',
          },
        },
      });
      on(opened.vendor, `POST ${place}/publishers/anthropic/models/claude-opus-5:rawPredict`, {
        json: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'claude-opus-5',
          content: [{ type: 'text', text: 'Hello' }],
          stop_reason: 'end_turn',
          usage: { input_tokens: 100, cache_read_input_tokens: 860, output_tokens: 50 },
        },
      });
      const gemini = await vertex.complete({ ...hello, model: 'gemini-3.8-flash' }, opened.context);
      expect(gemini).toMatchObject({ text: 'Hello', usage: { tokens: { input: 9, output: 1 } } });
      const claude = await vertex.complete({ ...hello, model: 'claude-opus-5' }, opened.context);
      expect(claude).toMatchObject({
        text: 'Hello',
        usage: { tokens: { input: 100, cacheRead: 860, output: 50 } },
      });
      const calls = opened.vendor.seen.filter(({ url }) => url.pathname.includes('/publishers/'));
      expect(
        calls.map(({ headers }) => [headers.authorization, headers['x-goog-api-key'], headers['x-api-key']]),
      ).toEqual([
        ['Bearer not-a-token', undefined, undefined],
        ['Bearer not-a-token', undefined, undefined],
      ]);
      expect(JSON.parse(calls[1]?.body ?? '{}')).toMatchObject({ anthropic_version: 'vertex-2023-10-16' });
      expect(JSON.parse(calls[1]?.body ?? '{}')).not.toHaveProperty('model');
    },
  );

  it('refuses a location that would name another host', async () => {
    await using opened = await openProvider(vertex, recorded, {
      secrets,
      fields: { location: 'evil.example/x' },
    });
    await expect(
      vertex.complete({ ...hello, model: 'gemini-3.8-flash' }, opened.context),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('lists Google’s models and Claude, naming the project that asks', async () => {
    await using opened = await openProvider(vertex, recorded, { secrets });
    expect((await vertex.models(opened.context)).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'gemini-3.8-flash chat',
      'text-embedding-005 embedding',
      'claude-opus-5 chat',
    ]);
    expect(opened.vendor.seen.at(-1)?.headers['x-goog-user-project']).toBe('acme');
  });

  it('lists Google’s models where the project has not opened the others', async () => {
    await using opened = await openProvider(vertex, recorded, { secrets });
    on(opened.vendor, 'GET https://aiplatform.googleapis.com/v1beta1/publishers/anthropic/models', {
      status: 403,
      json: { error: { code: 403, message: 'closed', status: 'PERMISSION_DENIED' } },
    });
    expect((await vertex.models(opened.context)).map(({ id }) => id)).toEqual([
      'gemini-3.8-flash',
      'text-embedding-005',
    ]);
  });

  it('asks the billing export for its own services only, so that Gemini beside it is not counted twice', async () => {
    await using opened = await openProvider(vertex, recorded, {
      secrets,
      fields: { billingTable: 'acme:billing.gcp_billing_export_v1_0123' },
    });
    const { records } = await readAll(vertex, 'billing-export', november(17, 20), opened.context);
    expect(records).toMatchObject([{ model: 'claude-opus-5', amount: { value: '2.5', currency: 'USD' } }]);
    const { query } = JSON.parse(opened.vendor.seen.at(-1)?.body ?? '{}');
    expect(query).toContain('FROM `acme.billing.gcp_billing_export_v1_0123`');
    expect(query).not.toContain('Gemini API');
  });

  it('says that Google does not take the service account', async () => {
    await using opened = await openProvider(vertex, recorded, { secrets });
    on(opened.vendor, 'POST https://oauth2.googleapis.com/token', {
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
    });
    expect((await vertex.validate(opened.context)).map(({ state }) => state)).toEqual(['failed', 'failed']);
    await expect(vertex.models(opened.context)).rejects.toMatchObject({ code: 'INVALID_KEY' });
  });
});
