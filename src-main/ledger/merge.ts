import type { Importer } from '../platform/importer.ts';
import { mergeRecords } from '../platform/merge.ts';
import { add, decimalText, parseDecimal, unitsAt } from '../platform/money.ts';
import { addTokens, allTokens, type ImportedRecord } from '../platform/record.ts';
import { contentText } from './content.ts';

/** Which of two decimal amounts is larger without its sign: credits grow downwards. */
function compareSizes(a: string, b: string): number {
  const [one, other] = [parseDecimal(a), parseDecimal(b)];
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const scale = Math.max(one.scale, other.scale);
  const size = (units: bigint): bigint => (units < 0n ? -units : units);
  const difference = size(unitsAt(one, scale)) - size(unitsAt(other, scale));
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

/** Sorts two sayings about one bucket: the one that saw more of it last. Exports overlap and may be imported in any order. */
function sawMore<C extends ImportedRecord>(a: C, b: C): C {
  const difference =
    a.requests - b.requests ||
    allTokens(a.tokens) - allTokens(b.tokens) ||
    compareSizes(a.amount?.value ?? '0', b.amount?.value ?? '0');
  if (difference !== 0) return difference > 0 ? a : b;
  return contentText(a) >= contentText(b) ? a : b;
}

/**
 * What two sayings about one record come to, by its format's rule. A bucket still growing keeps its larger slice, unless
 * one of the two is known to come after the other.
 */
export function mergeContents<C extends ImportedRecord>(rule: Importer['merge'], earlier: C, later: C): C {
  const isOrdered = (earlier.precedence ?? 0) !== (later.precedence ?? 0);
  if (rule === 'last' && later.grain !== 'instant' && !isOrdered) return sawMore(earlier, later);
  // Merging keeps every field the two have; one that leaves its evidence to the importer goes on doing so.
  return mergeRecords(rule, earlier, later) as C;
}

/** Two parts of one bucket as one. They agree in currency, or neither states money: both are part of what a bucket is. */
export function addParts<C extends ImportedRecord>(a: C, b: C): C {
  const amounts = [a.amount, b.amount].map((amount) => parseDecimal(amount?.value ?? ''));
  const [one, other] = amounts;
  const searches = (a.priceFacts?.webSearches ?? 0) + (b.priceFacts?.webSearches ?? 0);
  return {
    ...a,
    at: Math.min(a.at, b.at),
    requests: a.requests + b.requests,
    tokens: addTokens(a.tokens, b.tokens),
    ...(one && other && a.amount && { amount: { ...a.amount, value: decimalText(add(one, other)) } }),
    ...(searches > 0 && { priceFacts: { ...a.priceFacts, webSearches: searches } }),
  };
}
