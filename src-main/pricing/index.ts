export { type Decimal, decimalText, parseDecimal, toNanoUsd } from '../platform/money.ts';
export { createPriceBook, type PriceBookOptions } from './book.ts';
export type {
  PriceAlias,
  PriceBook,
  PricedCall,
  PriceLine,
  PriceOverride,
  PriceResult,
  ResolvedName,
} from './types.ts';
