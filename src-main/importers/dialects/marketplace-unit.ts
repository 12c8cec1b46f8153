import type { TokenPart } from '../../platform/meters/meter-words.ts';

/**
 * USD per unit, by kind of tokens, between which a price can be none but that of a million tokens. Read as a price of
 * a thousand, the lower bounds are 50 USD for a million of input, 10 of cache reads, 100 of writes and 200 of output:
 * the dearest models on Bedrock ask 15, 1.50, 30 and 75 (genai-prices 0.1.8). Cheap models stay unproven.
 */
const perMillion: Readonly<Record<TokenPart, readonly [number, number]>> = {
  input: [0.05, 500],
  cacheRead: [0.01, 50],
  cacheWrite5m: [0.1, 500],
  cacheWrite1h: [0.1, 500],
  cacheWriteUnknown: [0.1, 500],
  output: [0.2, 2000],
};

/**
 * Tokens of a row of the AWS Marketplace, whose unit is called just `Units`. AWS does not document that a unit is a
 * million tokens, so the price has to prove it: cost over quantity must be a price of a million tokens, and no price
 * of a thousand. Null where it does not, or where the description says another unit. Only a check, so floats will do.
 */
export function provenMillions(
  part: TokenPart,
  row: { readonly cost: string; readonly quantity: string | null; readonly description: string },
): number | null {
  if (row.quantity === null || /\b(?:thousand|1k|1,?000)\b/i.test(row.description)) return null;
  const rate = Number(row.cost) / Number(row.quantity);
  const [least, most] = perMillion[part];
  if (!(rate >= least && rate <= most)) return null;
  const count = Math.round(Number(row.quantity) * 1_000_000);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
