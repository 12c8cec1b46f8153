import { describe, expect, it } from 'vitest';
import { providerContext } from '../../testing/provider-context.ts';
import { on } from '../../testing/vendors/answers.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { azurePrices } from './azure-prices.ts';

const list = 'GET https://prices.azure.com/api/retail/prices';
const item = (meterName: string, retailPrice: number, unitOfMeasure = '1K') => ({
  currencyCode: 'USD',
  retailPrice,
  unitPrice: retailPrice,
  unitOfMeasure,
  meterName,
  productName: 'Azure OpenAI',
});

describe('azurePrices', () => {
  it('turns prices per thousand and per million into prices per million, over all pages', async () => {
    await using vendor = await startFakeVendor();
    on(vendor, list, ({ url }) =>
      url.searchParams.has('$skip')
        ? { json: { Items: [item('gpt 4.1 cached Inp glbl Tokens', 0.5, '1M')], NextPageLink: null } }
        : {
            json: {
              Items: [
                item('gpt 4.1 Inp glbl Tokens', 0.002),
                item('gpt 4.1 Outp glbl Tokens', 0.008),
                item('gpt 4.1 Batch Inp glbl Tokens', 0.001),
                item('gpt 4.1 Inp regnl Tokens', 0.0022),
                item('gpt-4o-0806-Inp-glbl Tokens', 2.5e-3),
                item('gpt 4.1 fine tuned hosting', 1.7, '1 Hour'),
              ],
              NextPageLink: 'https://prices.azure.com/api/retail/prices?$skip=100',
            },
          },
    );
    const priceOf = await azurePrices(
      providerContext(vendor, { secrets: { apiKey: 'not-a-key' } }),
      'eastus',
    );
    expect(priceOf('gpt-4.1-2025-04-14')).toMatchObject({ input: '2', output: '8', cacheRead: '0.5' });
    expect(priceOf('gpt-4o-2024-08-06')).toMatchObject({ input: '2.5' });
    expect(priceOf('gpt-4o-2024-05-13')).toBeNull();
    expect(vendor.seen[0]?.url.searchParams.get('$filter')).toContain("armRegionName eq 'eastus'");
    // The list is public and not the user's resource: nothing proves who asks.
    expect(
      vendor.seen.flatMap(({ headers }) => [headers.authorization, headers['api-key']].filter(Boolean)),
    ).toEqual([]);
  });

  it('knows no price where two meters ask differently', async () => {
    await using vendor = await startFakeVendor();
    on(vendor, list, { json: { Items: [item('x Inp glbl Tokens', 1), item('x Inp glbl Tokens', 2)] } });
    expect((await azurePrices(providerContext(vendor), 'eastus'))('x')).toBeNull();
  });
});
