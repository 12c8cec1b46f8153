import type { Json } from './json.ts';
import type { Clock, Log } from './ports.ts';
import type { Amount, Evidence, ImportedRecord, PriceFacts, Tokens } from './record.ts';

/** What a vendor can be asked for; credential fields say which of them they are needed for. */
export type Capability = 'calls' | 'costs' | 'models' | 'balance';

/** One field of a vendor's form; the window, `llmlab keys set` and the guide are drawn from it. */
export interface CredentialField {
  /** `apiKey`, `adminKey`, `teamId` …: camelCase, stable. */
  readonly name: string;
  readonly label: string;
  /** `json`: a whole document, pasted or from a file (a service account). */
  readonly kind: 'text' | 'url' | 'number' | 'choice' | 'json';
  /** Kept in the vault, never read back. */
  readonly secret: boolean;
  readonly required: boolean;
  /** Where to find it or what it must be allowed to do: one or two sentences. */
  readonly help: string;
  /** How it usually begins (`sk-admin-`): a hint for people, never a check. */
  readonly prefix?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** What it is needed for; empty where everything needs it. */
  readonly neededFor: readonly Capability[];
  /** Asked for only where another field, a choice, says this. */
  readonly onlyWhen?: { readonly field: string; readonly is: string };
  /** Environment variables it is commonly kept in: offered, never imported in silence. */
  readonly env?: readonly string[];
}

/** What a provider may use besides its input. It uses no globals: the same object can be driven from a sandbox. */
export interface ProviderContext {
  /** Reaches the declared hosts and the connection's own base only; anything else fails as NETWORK. Never follows a redirect to another origin. */
  readonly fetch: typeof globalThis.fetch;
  /** The connection's fields that are no secrets; a missing one reads as undefined. */
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** A secret of the connection; null where it has none of that name. */
  secret(name: string): Promise<string | null>;
  /** Base of the calls, without a trailing slash: the provider's own, or the user's. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What testing a connection found out about one credential or one use of it. */
export interface Check {
  readonly capability: Capability;
  /** `unknown`: it could not be found out without paying for a call. */
  readonly state: 'ok' | 'failed' | 'unknown';
  /** What exactly was asked and answered, and what to do: sentences for the user. */
  readonly message: string;
}

/** A half-open window of whole UTC days, in UTC ms, and where the page before ended. */
export interface CostRequest {
  readonly from: number;
  readonly to: number;
  readonly cursor: string | null;
}

export interface CostPage {
  /** Each with the key of its bucket: dimensions, not amounts, so that a later reading replaces it. */
  readonly records: readonly ImportedRecord[];
  /** Rows that claim money or usage and cannot be trusted, with the reason. */
  readonly problems: readonly { readonly reason: string; readonly raw: string | null }[];
  /** Where the next page begins; null after the last one. */
  readonly cursor: string | null;
  /** Everything up to this moment is in it, where the vendor says so (UTC ms). */
  readonly asOf: number | null;
}

/** One thing a vendor reports about an account: what was billed, or what was used. */
export interface CostReport {
  /** `costs`, `usage` …: stable, part of the source's id. */
  readonly id: string;
  readonly label: string;
  readonly evidence: Evidence;
  readonly coverage: 'account' | 'tool';
  readonly usage: 'calls' | 'buckets' | 'tokens' | 'none';
  /** Credential fields it cannot be read without. */
  readonly needs: readonly string[];
  /** Longest window of one request, whole days. */
  readonly windowDays: number;
  /** How far back it is worth asking, days. */
  readonly lookBackDays: number;
  /** How many past days are read again each time: vendors change them late. */
  readonly trailingDays: number;
  /** Usual time between two readings, minutes. */
  readonly everyMinutes: number;
  /** What is known of its accuracy and delay: one or two sentences. */
  readonly accuracy: string;
  /** Reads one page. Throws AppError with a vendor code. */
  read(request: CostRequest, context: ProviderContext): Promise<CostPage>;
}

/** Money at a vendor at one moment; one per currency. */
export interface BalanceAmount {
  /** What can still be spent. Negative where money is owed. */
  readonly available: Amount;
  /** Parts of it, where the vendor tells them apart: granted, topped up, owed. */
  readonly parts: readonly { readonly label: string; readonly amount: Amount }[];
}

/** USD per million tokens as exact decimal strings; a missing bucket is unknown, "0" is free. */
export interface VendorPrice {
  readonly input?: string;
  readonly output?: string;
  readonly cacheRead?: string;
  readonly cacheWrite5m?: string;
  readonly cacheWrite1h?: string;
  /** USD per request on top. */
  readonly request?: string;
  /** What the figures leave open: tiers, ranges over serving providers. */
  readonly note?: string;
}

export interface VendorModel {
  readonly id: string;
  readonly label: string | null;
  readonly kind: 'chat' | 'embedding' | 'image' | 'audio' | 'rerank' | 'other';
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  /** Only what the vendor itself states. */
  readonly price: VendorPrice | null;
  /** When it stops being served, UTC ms. */
  readonly retiresAt: number | null;
}

export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  /** Base64 without a prefix. */
  | { readonly kind: 'image'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly input: Json }
  | { readonly kind: 'tool-result'; readonly id: string; readonly name: string; readonly output: Json };

export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | readonly MessagePart[];
}

export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its input. */
  readonly input: Json;
}

/** One request to a model, the same for every vendor. What is left out is left to the vendor. */
export interface CallRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly tools?: readonly ToolDeclaration[];
  readonly toolChoice?: 'auto' | 'none' | 'required';
  /** `json`: any JSON; else a JSON Schema the reply must follow. */
  readonly output?: 'json' | { readonly schema: Json };
  /** What only this vendor knows, checked against its declared schema before the call. */
  readonly parameters?: Readonly<Record<string, Json>>;
}

/** What a reply used, in the ledger's disjoint buckets, and what the vendor says it cost. */
export interface CallUsage {
  readonly tokens: Tokens;
  /** Only where the reply itself states it. */
  readonly cost?: Amount;
  /** `estimated` where a gateway works `cost` out from a price list of its own; a vendor's own statement is metered. */
  readonly costEvidence?: 'metered' | 'estimated';
  readonly priceFacts?: PriceFacts;
}

/** Limits as the vendor's headers state them; what is not stated is null. `resetMs`: until the window is whole again. */
export interface RateLimits {
  readonly requests: {
    readonly limit: number | null;
    readonly remaining: number | null;
    readonly resetMs: number | null;
  };
  readonly tokens: {
    readonly limit: number | null;
    readonly remaining: number | null;
    readonly resetMs: number | null;
  };
}

export interface CallReply {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly input: Json }[];
  /** `stop`, `length`, `tool-calls`, `content-filter`, `error`, `other`. */
  readonly finish: string;
  /** The model that served it, as the vendor names it. */
  readonly model: string;
  readonly vendorCallId: string | null;
  /** Null where the vendor said nothing of it: that is not zero. */
  readonly usage: CallUsage | null;
  readonly limits: RateLimits | null;
}

export type StreamPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** Usage as known so far: what remains of a stream that is cut. */
  | { readonly kind: 'usage'; readonly usage: CallUsage; readonly vendorCallId: string | null }
  | { readonly kind: 'end'; readonly reply: CallReply };

/** Something the vendor does not offer, and what to do instead. */
export interface MissingCapability {
  readonly capability: Capability;
  readonly why: string;
  readonly instead: string;
}

/** What checks vendor-specific parameters; zod's schemas are such. */
export interface ParameterSchema {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: unknown }
    | { readonly success: false; readonly error: { readonly message: string } };
}

/**
 * A vendor, gateway or local server. One file exports one of these, and `index.ts` has one row for it. A method that is
 * missing means it cannot; `missing` says why and what to do instead. All methods throw AppError with one of
 * INVALID_KEY, INSUFFICIENT_SCOPE, NOT_ENABLED, OUT_OF_CREDIT, RATE_LIMITED, OVERLOADED, NETWORK, BAD_RESPONSE,
 * CANCELLED or BAD_INPUT; `data.retryAfterMs` says when to try again, where the vendor does.
 */
export interface Provider {
  readonly spec: 1;
  /** Stable id, used by the CLI and in the ledger's source ids. */
  readonly id: string;
  readonly label: string;
  /** Id under which its records and prices stand in the ledger, where that differs from `id`: `google`, `aws`, `x-ai`. */
  readonly vendor: string;
  readonly kind: 'vendor' | 'cloud' | 'gateway' | 'local';
  readonly docUrl: string;
  /** Where keys are made; null where there are none. */
  readonly keyUrl: string | null;
  /** Shape of its wire format: which of the shared dialects it speaks. */
  readonly dialect: string;
  readonly accountKind: 'api' | 'plan' | 'local';
  /** Base of the calls; null where only the user knows it. */
  readonly baseUrl: string | null;
  /** Whether the user may set another base. */
  readonly hasOwnBase: boolean;
  /** Origins it talks to besides its base. `*` stands for one label or part of one: `https://*.example.com`. */
  readonly hosts: readonly string[];
  readonly fields: readonly CredentialField[];
  readonly missing: readonly MissingCapability[];
  /** Fields without which models or a balance cannot be read, where that is not simply the secrets named for it. */
  readonly needs?: Readonly<Partial<Record<'models' | 'balance', readonly string[]>>>;
  /** Parameters only this vendor knows. */
  readonly parameters?: ParameterSchema;
  validate?(context: ProviderContext): Promise<readonly Check[]>;
  models?(context: ProviderContext): Promise<readonly VendorModel[]>;
  readonly costs?: readonly CostReport[];
  balance?(context: ProviderContext): Promise<readonly BalanceAmount[]>;
  complete?(request: CallRequest, context: ProviderContext): Promise<CallReply>;
  stream?(request: CallRequest, context: ProviderContext): AsyncIterable<StreamPart>;
  /**
   * What a call costs by the user's own word (a free key, a server of one's own), known also where a call ended before its
   * usage was told; null where it is the vendor's to say.
   */
  ownCost?(tokens: Tokens, context: Pick<ProviderContext, 'fields'>): Amount | null;
  /** Tokens of a prompt by the vendor's own counter, free of charge. */
  countTokens?(request: CallRequest, context: ProviderContext): Promise<number>;
}
