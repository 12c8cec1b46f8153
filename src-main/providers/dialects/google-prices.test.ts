import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { providerContext } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { googlePrices } from './google-prices.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceAccount = JSON.stringify({
  project_id: 'acme',
  client_email: 'llmlab@acme.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});
const host = 'https://cloudbilling.googleapis.com/v1';
const sku = (description: string, nanos: number, usageUnit = 'count') => ({
  description,
  pricingInfo: [
    {
      pricingExpression: {
        usageUnit,
        tieredRates: [{ startUsageAmount: 0, unitPrice: { currencyCode: 'USD', units: '0', nanos } }],
      },
    },
  ],
});

async function open() {
  const vendor = await startFakeVendor();
  on(vendor, 'POST https://oauth2.googleapis.com/token', { json: { access_token: 'not-a-token' } });
  on(vendor, `GET ${host}/services`, {
    json: {
      services: [
        { name: 'services/A', displayName: 'Gemini API' },
        { name: 'services/B', displayName: 'Compute Engine' },
      ],
    },
  });
  const context = providerContext(vendor, { secrets: { serviceAccount } });
  return { vendor, context, [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose]() };
}

describe('googlePrices', () => {
  it('reads text at the standard tier of the service asked for, as USD per million', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${host}/services/A/skus`, {
      json: {
        skus: [
          sku('Generate content input token count gemini 2.5 flash short input text', 300),
          sku('Generate content output token count gemini 2.5 flash short input text', 2500),
          sku('Generate content cached input token count gemini 2.5 flash short input text', 30),
          sku('Generate content input token count gemini 2.5 flash long input text', 600),
          sku('Batch generate content input token count gemini 2.5 flash batch input text', 150),
          sku('Generate content input token count gemini 2.5 flash input audio', 1000),
          sku('Generate content input token count gemini 3 pro short input text', 0),
          sku('Generate content cache storage token count gemini 2.5 flash', 1, 'h'),
        ],
      },
    });
    const priceOf = await googlePrices(opened.context, /^Gemini API$/);
    expect(priceOf('gemini-2.5-flash')).toMatchObject({ input: '0.3', output: '2.5', cacheRead: '0.03' });
    expect(priceOf('gemini-2.5-flash-001')).toMatchObject({ input: '0.3' });
    // Zero is an allowance, not a price.
    expect(priceOf('gemini-3-pro')).toBeNull();
    expect(opened.vendor.seen.map(({ url }) => url.pathname)).not.toContain('/v1/services/B/skus');
  });

  it('knows no prices where the project may not ask for them', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${host}/services`, {
      status: 403,
      json: { error: { message: 'API not enabled' } },
    });
    expect((await googlePrices(opened.context, /^Gemini API$/))('gemini-2.5-flash')).toBeNull();
  });

  it('passes on trouble that says nothing of rights', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${host}/services`, { status: 503, json: {} });
    await expect(googlePrices(opened.context, /x/)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});
