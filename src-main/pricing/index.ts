export { type Decimal, decimalText, parseDecimal, toNanoUsd } from '../platform/money.ts';
export { createPriceBook, type PriceBookOptions } from './book.ts';
export { type ListPrice, listPrice } from './list-price.ts';
export { readSupplement } from './supplement.ts';
export type {
  PriceAlias,
  PriceBook,
  PricedCall,
  PriceLine,
  PriceOverride,
  PriceResult,
  ResolvedName,
} from './types.ts';
