import type { Grain, PriceFacts, Tokens } from '../platform/record.ts';

/** What a price is asked for: one request, or the usage of a span. */
export interface PricedCall {
  readonly provider: string;
  /** As the witness writes it. */
  readonly model: string | null;
  /** UTC ms: the moment, or the start of the span. */
  readonly at: number;
  readonly grain: Grain;
  readonly requests: number;
  readonly tokens: Tokens;
  readonly facts: PriceFacts;
}

/** How one bucket was charged. The costs of a result's lines add up to its cost. */
export interface PriceLine {
  readonly bucket: string;
  readonly units: number;
  /** USD per million units, modifiers included: an exact decimal string. */
  readonly usdPerMillion: string;
  readonly costNanoUsd: number;
}

export type PriceResult =
  | {
      readonly state: 'priced' | 'free';
      readonly costNanoUsd: number;
      /** Which prices were used: catalogue, supplement or override, and the date they hold from. */
      readonly version: string;
      readonly lines: readonly PriceLine[];
    }
  /** No price is known: `reason` says why, in a sentence for people. Never a guess, never zero. */
  | { readonly state: 'unpriced'; readonly reason: string };

/** The user's own price, USD per million tokens as decimal strings, from 00:00 UTC of a date on. A missing bucket has no price; "0" is free. */
export interface PriceOverride {
  readonly provider: string;
  readonly model: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly input: string;
  readonly output: string;
  readonly cacheRead?: string | undefined;
  readonly cacheWrite5m?: string | undefined;
  readonly cacheWrite1h?: string | undefined;
}

/** "Price this name as that model." */
export interface PriceAlias {
  readonly provider: string;
  readonly alias: string;
  readonly toProvider: string;
  readonly toModel: string;
}

/** A row the user wrote. */
export type OwnRow = PriceOverride | PriceAlias;

export interface ResolvedName {
  /** The id reports group by: the maker's own name of the model where it can be derived, else the name as written. */
  readonly canonical: string;
  /** Whether a price is known for it under this provider. */
  readonly known: boolean;
}

export interface PriceBook {
  /** Where the prices come from and their date. */
  readonly version: string;
  price(call: PricedCall): PriceResult;
  resolve(provider: string, model: string | null, at: number): ResolvedName;
  /** The user's rows that bear on a name. Two books that differ only in such rows treat it alike where these are equal. */
  own(provider: string, model: string): readonly OwnRow[];
}
