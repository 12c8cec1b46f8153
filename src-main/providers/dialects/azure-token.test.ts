import { describe, expect, it } from 'vitest';
import { providerContext } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { azureToken } from './azure-token.ts';

const login = 'POST https://login.microsoftonline.com/tenant/oauth2/v2.0/token';
const fields = { tenantId: ' tenant ', clientId: 'client' };
const secrets = { clientSecret: 'not-a-secret' };

async function open(more: object = {}) {
  const vendor = await startFakeVendor();
  const context = providerContext(vendor, { fields, secrets, ...more });
  return { vendor, context, [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose]() };
}

describe('azureToken', () => {
  it('asks once for a piece of work, with the secret in the body and not in the address', async () => {
    await using opened = await open();
    on(opened.vendor, login, { json: { access_token: 't1' } });
    expect(await Promise.all([azureToken(opened.context), azureToken(opened.context)])).toEqual(['t1', 't1']);
    expect(opened.vendor.seen).toHaveLength(1);
    const [seen] = opened.vendor.seen;
    expect(Object.fromEntries(new URLSearchParams(seen?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'not-a-secret',
      scope: 'https://management.azure.com/.default',
    });
    expect(seen?.url.href).not.toContain('not-a-secret');
  });

  it.each([
    [400, 'INVALID_KEY'],
    [401, 'INVALID_KEY'],
    [404, 'BAD_INPUT'],
    [429, 'RATE_LIMITED'],
    [503, 'OVERLOADED'],
  ])('takes %s for %s, and asks anew the next time', async (status, code) => {
    await using opened = await open();
    on(opened.vendor, login, { status, json: { error: 'invalid_client', error_description: 'no' } });
    await expect(azureToken(opened.context)).rejects.toMatchObject({ code });
    on(opened.vendor, login, { json: { access_token: 't2' } });
    expect(await azureToken(opened.context)).toBe('t2');
  });

  it('says what is missing before anything is sent', async () => {
    await using opened = await open({ fields: { clientId: 'client' } });
    await expect(azureToken(opened.context)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await using keyless = await open({ secrets: {} });
    await expect(azureToken(keyless.context)).rejects.toMatchObject({ code: 'NO_KEY' });
    expect([...opened.vendor.seen, ...keyless.vendor.seen]).toEqual([]);
  });
});
