import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from '../platform/app-root.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import {
  createPriceBook,
  type PriceBook,
  type PriceBookOptions,
  type PricedCall,
  readSupplement,
} from '../pricing/index.ts';

export function readPriceSupplement(): unknown {
  return JSON.parse(readFileSync(join(appRoot().dir, 'resources', 'price-supplement.json'), 'utf8'));
}

/** A book with the bundled prices, and the user's own where a test gives some. */
export function bundledPrices(own: Partial<Omit<PriceBookOptions, 'supplement'>> = {}): PriceBook {
  return createPriceBook({
    supplement: readSupplement(readPriceSupplement()),
    overrides: [],
    aliases: [],
    ...own,
  });
}

/** One ordinary request at noon on 1 October 2026, with what a test is about changed. */
export function callOf(
  model: string,
  { tokens = {}, ...rest }: Partial<Omit<PricedCall, 'tokens'>> & { readonly tokens?: Partial<Tokens> } = {},
): PricedCall {
  return {
    provider: 'anthropic',
    model,
    at: Date.UTC(2026, 9, 1, 12),
    grain: 'instant',
    requests: 1,
    facts: {},
    ...rest,
    tokens: { ...noTokens, ...tokens },
  };
}
