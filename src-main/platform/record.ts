import type { Json } from './json.ts';

export type Evidence = 'billed' | 'metered' | 'recorded' | 'estimated';

/** How long a span one record stands for. `day` and `month` are UTC dates and stay on them in every zone. */
export type Grain = 'instant' | 'minute' | 'hour' | 'day' | 'month';

export type Charge = 'usage' | 'purchase' | 'tax' | 'credit' | 'adjustment';

/**
 * Disjoint token buckets (whole numbers). `input` is uncached; the cache buckets are not part of it.
 * `output` is everything billed at the output rate, reasoning included; `reasoning` is the informative part of it.
 */
export interface Tokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Cache writes whose lifetime the witness does not state; priced as 5-minute writes. */
  readonly cacheWriteUnknown: number;
  readonly output: number;
  readonly reasoning: number;
}

export const tokenBuckets = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'output',
  'reasoning',
] as const satisfies readonly (keyof Tokens)[];

export const noTokens: Tokens = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: 0,
};

/** The whole prompt, read from a cache or not. */
export function promptTokens(t: Tokens): number {
  return t.input + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h + t.cacheWriteUnknown;
}

/** Everything that went in and came out; reasoning is part of the output. */
export function allTokens(tokens: Tokens): number {
  return promptTokens(tokens) + tokens.output;
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    cacheWriteUnknown: a.cacheWriteUnknown + b.cacheWriteUnknown,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

/** Money as the witness states it: an exact decimal string (`-0.10`, `3E-1`) and an upper-case ISO 4217 code. */
export interface Amount {
  readonly value: string;
  readonly currency: string;
}

/** What changes the price of the tokens besides the model and the time. Only what the witness states. */
export interface PriceFacts {
  /** Tier in the response: `standard`, `batch`, `flex`, `priority` … */
  readonly serviceTier?: string;
  /** Anthropic fast mode. */
  readonly speed?: string;
  /** Data residency, e.g. `us`. */
  readonly geo?: string;
  /**
   * Whether the requests behind this row were billed at the long-context rate. Stated by vendors' day rows;
   * for single calls leave it out: it follows from the prompt. A sum of calls never trips a tier by its size.
   */
  readonly longContext?: boolean;
  readonly webSearches?: number;
}

/** One usage or charge as a witness states it: what importers return. Plain JSON. */
export interface ImportedRecord {
  /**
   * Identity by the rule of the format (vendor call id, session + counter vector, bucket dimensions …).
   * Left out where a row has none: the pipeline then takes the raw row and its occurrence number in the file.
   */
  readonly key?: string;
  /** UTC ms: the moment, or the start of the span. */
  readonly at: number;
  readonly grain: Grain;
  /** Id of who serves and bills it: `openai`, `anthropic`, `google`, `openrouter` … lower case, no spaces. */
  readonly provider: string;
  /** Model as written by the witness; null where the charge has none. */
  readonly model: string | null;
  readonly project?: string | null;
  readonly session?: string | null;
  /** Calls it stands for; 0 where the witness counts none (charges). */
  readonly requests: number;
  readonly tokens: Tokens;
  /** Stated money. Without it the record is priced from its tokens. */
  readonly amount?: Amount;
  /** Set where the witness says a flat plan covers the call: it then goes to a plan account, never into cash. */
  readonly coveredByPlan?: true;
  /** Overrides the importer's evidence for this record. */
  readonly evidence?: Evidence;
  readonly charge?: Charge;
  readonly priceFacts?: PriceFacts;
  /** The vendor's id of this very call, where there is one (`msg_…`, `gen-…`). */
  readonly vendorCallId?: string | null;
  /** `ok` is left out; `cancelled`, `error`, `incomplete` … */
  readonly status?: string | null;
  /**
   * How the export was cut (`by item, project, days`), where one vendor's export can be cut in several ways.
   * Two cuts of one day state the same usage twice, so each cut is a source of its own and one of them counts.
   */
  readonly cut?: string;
  /** With the merge rules `last` and `max`: a higher one replaces a lower one, a lower one is dropped. Default 0. */
  readonly precedence?: number;
  /** Anything else worth keeping; no secrets, no prompts. */
  readonly extras?: { readonly [key: string]: Json };
}
