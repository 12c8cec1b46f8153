import type { GoogleSku } from '../../platform/meters/google-sku.ts';
import { type TokenPart, tokenPart, tokensIn, tokensPerBareUnit } from '../../platform/meters/meter-words.ts';
import { noTokens, type Tokens } from '../../platform/record.ts';

/** Tokens of a quantity of a meter of AWS; none where its text or its unit does not say what it counts. */
export function tokensOfMeter(text: string, quantity: string, unit: string): Tokens {
  const part = /token/i.test(text) ? tokenPart(text) : null;
  return tokensOf(part, tokensIn(quantity, tokensPerBareUnit(unit)));
}

/** Tokens of a quantity of a SKU of Google Cloud, whose unit must be a mere count. */
export function tokensOfSku({ part }: GoogleSku, quantity: string | null, unit: string): Tokens {
  const isCount = unit === '' || /^(?:count|requests)$/i.test(unit);
  return tokensOf(part, isCount ? tokensIn(quantity, 1) : null);
}

function tokensOf(part: TokenPart | null, count: number | null): Tokens {
  return part === null || count === null ? noTokens : { ...noTokens, [part]: count };
}
