import type { ModelPrice, VendorModel } from '../../src-preload/contract/calls.ts';

export function priceOf(given: Partial<ModelPrice> = {}): ModelPrice {
  const none = { cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, request: null, note: null };
  return { input: '3', output: '15', ...none, ...given };
}

/** A model for tests, priced. */
export function modelOf(given: Partial<VendorModel> = {}): VendorModel {
  return {
    ...{
      connectionId: 1,
      connection: 'Acme',
      provider: 'acme',
      providerLabel: 'Acme',
      id: 'acme-large',
      label: null,
    },
    ...{
      kind: 'chat',
      contextTokens: 200_000,
      maxOutputTokens: 8192,
      retiresAt: null,
      canonical: 'acme-large',
    },
    ...{ price: priceOf(), priceFrom: 'built-in', vendorPrice: null, asOf: 1000 },
    ...given,
  };
}
