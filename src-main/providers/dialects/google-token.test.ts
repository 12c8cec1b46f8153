import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { providerContext, testNow } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { googleToken, serviceAccountOf, signedAssertion } from './google-token.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const file = { client_email: 'a@b.example', private_key: pem, private_key_id: 'k1', project_id: 'acme' };
const token = 'POST https://oauth2.googleapis.com/token';

describe('signedAssertion', () => {
  it('says who asks for what for an hour, and is signed with the key', () => {
    const jwt = signedAssertion(
      { email: 'a@b.example', privateKey: pem, privateKeyId: 'k1', project: 'acme' },
      testNow,
    );
    const [header = '', claims = '', signature = ''] = jwt.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
    const issuedAt = testNow / 1000;
    expect(read(claims)).toMatchObject({
      iss: 'a@b.example',
      aud: 'https://oauth2.googleapis.com/token',
      iat: issuedAt,
      exp: issuedAt + 3600,
    });
    const verify = createVerify('RSA-SHA256').update(`${header}.${claims}`);
    expect(verify.verify(publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('says that the key is broken without quoting it', () => {
    const broken = { email: 'a', privateKey: pem.slice(0, 200), privateKeyId: null, project: 'acme' };
    expect(() => signedAssertion(broken, testNow)).toThrow(/cannot be read/);
  });
});

describe('serviceAccountOf', () => {
  it.each(['', 'not json', '{"client_email":"a"}', '[]'])('refuses %j', async (text) => {
    await using vendor = await startFakeVendor();
    const context = providerContext(vendor, { secrets: { serviceAccount: text } });
    await expect(serviceAccountOf(context, 'serviceAccount')).rejects.toMatchObject({
      code: text === '' ? 'NO_KEY' : 'BAD_INPUT',
    });
  });
});

describe('googleToken', () => {
  it('is fetched once for a piece of work, and again after a failure', async () => {
    await using vendor = await startFakeVendor();
    const context = providerContext(vendor, { secrets: { serviceAccount: JSON.stringify(file) } });
    on(vendor, token, { status: 503, json: {} });
    await expect(googleToken(context, 'serviceAccount')).rejects.toMatchObject({ code: 'OVERLOADED' });
    on(vendor, token, { json: { access_token: 't1' } });
    expect(
      await Promise.all([googleToken(context, 'serviceAccount'), googleToken(context, 'serviceAccount')]),
    ).toEqual(['t1', 't1']);
    expect(vendor.seen).toHaveLength(2);
  });

  it('takes an answer without a token for what it is', async () => {
    await using vendor = await startFakeVendor();
    const context = providerContext(vendor, { secrets: { serviceAccount: JSON.stringify(file) } });
    on(vendor, token, { json: {} });
    await expect(googleToken(context, 'serviceAccount')).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });
});
