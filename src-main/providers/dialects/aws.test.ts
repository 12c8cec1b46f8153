import { describe, expect, it } from 'vitest';
import { providerContext } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { awsCredentials, callAws, regionOf } from './aws.ts';

const sts = { url: 'https://sts.amazonaws.com/', service: 'sts', region: 'us-east-1' } as const;
const form = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
const secrets = { accessKeyId: 'not-an-id', secretAccessKey: 'not-a-secret-key' };

async function open() {
  const vendor = await startFakeVendor();
  const context = providerContext(vendor, { secrets });
  return { vendor, context, [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose]() };
}

describe('callAws', () => {
  it('sends exactly what it signed', async () => {
    await using opened = await open();
    on(opened.vendor, `POST ${sts.url}`, { json: { ok: true } });
    expect(await callAws(opened.context, { ...sts, form })).toEqual({ ok: true });
    const [seen] = opened.vendor.seen;
    expect(seen?.body).toBe('Action=GetCallerIdentity&Version=2011-06-15');
    expect(seen?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(seen?.headers['x-amz-date']).toBe('20261120T120000Z');
  });

  it('takes XML where a form was sent, and nowhere else', async () => {
    await using opened = await open();
    const xml = '<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>';
    on(opened.vendor, `POST ${sts.url}`, { text: xml });
    expect(await callAws(opened.context, { ...sts, form })).toBe(xml);
    await expect(callAws(opened.context, { ...sts, json: {} })).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
    });
  });

  it.each([
    ['InvalidClientTokenId', 403, 'INVALID_KEY'],
    ['SignatureDoesNotMatch', 403, 'INVALID_KEY'],
    ['AccessDenied', 403, 'INSUFFICIENT_SCOPE'],
    ['Throttling', 400, 'RATE_LIMITED'],
    ['InternalFailure', 500, 'OVERLOADED'],
  ])('reads the XML refusal %s as what it means', async (name, status, code) => {
    await using opened = await open();
    on(opened.vendor, `POST ${sts.url}`, {
      status,
      text: `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>no</Message></Error></ErrorResponse>`,
    });
    await expect(callAws(opened.context, { ...sts, form })).rejects.toMatchObject({ code });
  });

  it('does not quote the keys back that AWS repeats', async () => {
    await using opened = await open();
    on(opened.vendor, `POST ${sts.url}`, {
      status: 400,
      json: { message: `key ${secrets.secretAccessKey} of ${secrets.accessKeyId} is odd` },
    });
    const error = await callAws(opened.context, { ...sts, form }).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toMatch(/not-a-secret-key|not-an-id/);
  });
});

describe('awsCredentials', () => {
  it('names the field that is missing', async () => {
    await using vendor = await startFakeVendor();
    const context = providerContext(vendor, { secrets: { accessKeyId: 'not-an-id' } });
    await expect(awsCredentials(context)).rejects.toMatchObject({
      code: 'NO_KEY',
      message: /secret access key/,
    });
  });
});

describe('regionOf', () => {
  it.each([
    ['', 'us-east-1'],
    [' EU-Central-1 ', 'eu-central-1'],
    ['us-gov-west-1', 'us-gov-west-1'],
  ])('reads "%s" as %s', async (region, expected) => {
    await using vendor = await startFakeVendor();
    expect(regionOf(providerContext(vendor, { fields: { region } }))).toBe(expected);
  });

  it.each(['us-east', 'x.evil.example', 'us-east-1/..', 'us_east_1'])(
    'refuses "%s", which would name another host',
    async (region) => {
      await using vendor = await startFakeVendor();
      expect(() => regionOf(providerContext(vendor, { fields: { region } }))).toThrow(/no region of AWS/);
    },
  );
});
