import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
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
    expect((await readAll(vertex, 'billing-export', november(17, 20), opened.context)).records).toEqual([]);
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
