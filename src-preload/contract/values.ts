import { z } from 'zod';

/** Integer nano-USD (1e-9 USD); a safe integer, so totals up to about 9 million USD are exact. */
export const nanoUsd = z.int();
/** Calendar date `YYYY-MM-DD`. */
export const date = z.iso.date();
/** Milliseconds since the epoch, UTC. */
export const utcMs = z.int();
export const id = z.int().positive();
export const count = z.int().nonnegative();

export const evidence = z.enum(['billed', 'metered', 'recorded', 'estimated']);
export type Evidence = z.infer<typeof evidence>;

/** One number per evidence level, best first. */
const byEvidence = z.object({
  billed: z.int(),
  metered: z.int(),
  recorded: z.int(),
  estimated: z.int(),
});
export type ByEvidence = z.infer<typeof byEvidence>;

/**
 * Disjoint token buckets. `input` is uncached; `input + cacheRead + cacheWrite*` is the whole prompt.
 * `output` is everything billed at the output rate; `reasoning` is the informative part of it.
 */
export const tokens = z.object({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  cacheWriteUnknown: count,
  output: count,
  reasoning: count,
});
export type Tokens = z.infer<typeof tokens>;

/** How a tool's logs are followed while the host runs. */
export const following = z.object({
  /**
   * `live`: new lines are read as they are written; `polling`: the folders are listed every second or two; `paused`;
   * `waiting`: for a first read; `off`: this host reads only when asked.
   */
  mode: z.enum(['live', 'polling', 'paused', 'waiting', 'off']),
  /** Why it is not live, in a sentence. */
  why: z.string().nullable(),
  /** Everything its logs held at this time is in the ledger. */
  asOf: utcMs.nullable(),
  /** What keeps the logs from being read and what to do. */
  error: z.string().nullable(),
});
export type Following = z.infer<typeof following>;

export const accountKind = z.enum(['api', 'plan', 'local']);
export type AccountKind = z.infer<typeof accountKind>;

export const grain = z.enum(['instant', 'minute', 'hour', 'day', 'month']);
export const charge = z.enum(['usage', 'purchase', 'tax', 'credit', 'adjustment']);

/**
 * Which records a figure is about. Dates are inclusive, in the chosen zone; vendor day buckets keep their UTC date.
 * Lists hold names except accounts and sources, which hold ids; an empty string in projects or models means "none stated".
 */
export const filters = z.strictObject({
  from: date.optional(),
  to: date.optional(),
  accounts: z.array(id).optional(),
  sources: z.array(id).optional(),
  projects: z.array(z.string()).optional(),
  providers: z.array(z.string()).optional(),
  models: z.array(z.string()).optional(),
  sessions: z.array(z.string()).optional(),
  evidence: z.array(evidence).optional(),
  importId: id.optional(),
  unpricedOnly: z.boolean().optional(),
  /** Keep only records that count towards totals (false: also those another witness stands in for). */
  countedOnly: z.boolean().optional(),
  /** Hour of day 0-23 and weekday 0 (Monday) - 6 in the chosen zone: what a heat map cell links to. */
  hour: z.int().min(0).max(23).optional(),
  weekday: z.int().min(0).max(6).optional(),
  search: z.string().max(200).optional(),
});
export type Filters = z.infer<typeof filters>;

export const reportKey = z.enum(['day', 'model', 'provider', 'project', 'account', 'source', 'session']);
export type ReportKey = z.infer<typeof reportKey>;

/** The figures of one row or total of a report. */
export const figures = z.object({
  /** Calls, from the witness of usage of each account and day. */
  requests: count,
  tokens,
  /** Cash: usage of `api` accounts plus plan fees. Never includes API-equivalent. */
  cashNanoUsd: nanoUsd,
  /** The part of cash that is flat plan fees. */
  planFeeNanoUsd: nanoUsd,
  /** What usage of `plan` accounts would cost per token. Never part of cash. */
  equivalentNanoUsd: nanoUsd,
  /** Requests whose cost is unknown (a record without a request count counts as one): totals read "at least". */
  unpricedRequests: count,
  /** The part of them whose cost would be cash, and the part whose cost would be API-equivalent. */
  unpricedCash: count,
  unpricedEquivalent: count,
  /** Ledger records behind the figures. */
  records: count,
  /** Counted records by evidence. */
  evidence: byEvidence,
  /** Cash by evidence, nano-USD; sums to cashNanoUsd. */
  cashByEvidence: byEvidence,
  /** API-equivalent by evidence, nano-USD; sums to equivalentNanoUsd. */
  equivalentByEvidence: byEvidence,
});
export type Figures = z.infer<typeof figures>;
