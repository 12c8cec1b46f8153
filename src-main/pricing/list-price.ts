import { noTokens, type Tokens } from '../platform/record.ts';
import type { PriceBook } from './types.ts';

/** What a model's tokens cost now, bucket by bucket: USD per million as exact decimal strings. */
export interface ListPrice {
  readonly input: string | null;
  readonly output: string | null;
  readonly cacheRead: string | null;
  readonly cacheWrite5m: string | null;
  readonly cacheWrite1h: string | null;
}

export type Listed =
  | { readonly price: ListPrice; readonly from: string }
  | { readonly price: null; readonly reason: string };

const buckets = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
const million = 1_000_000;

/** The price in force for an ordinary short request of one model, found by pricing each bucket alone. */
export function listPrice(book: PriceBook, provider: string, model: string, at: number): Listed {
  const rateOf = (bucket: (typeof buckets)[number]) => {
    const tokens: Tokens = { ...noTokens, [bucket]: million };
    const result = book.price({
      provider,
      model,
      at,
      grain: 'instant',
      requests: 1,
      tokens,
      facts: { longContext: false },
    });
    if (result.state === 'unpriced') return { rate: null, said: result.reason };
    const line = result.lines.find((each) => each.bucket === bucket);
    return { rate: line?.usdPerMillion ?? (result.state === 'free' ? '0' : null), said: result.version };
  };
  const found = { input: rateOf('input'), output: rateOf('output') };
  if (found.input.rate === null && found.output.rate === null)
    return { price: null, reason: found.input.said };
  return {
    price: {
      input: found.input.rate,
      output: found.output.rate,
      cacheRead: rateOf('cacheRead').rate,
      cacheWrite5m: rateOf('cacheWrite5m').rate,
      cacheWrite1h: rateOf('cacheWrite1h').rate,
    },
    from: (found.input.rate === null ? found.output : found.input).said,
  };
}
