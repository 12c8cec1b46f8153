import { z } from 'zod';
import { route } from './route.ts';
import { accountKind, count, date, evidence, id, nanoUsd, utcMs } from './values.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Own figures against the bill. `gap` is billed minus own; its share is of the billed sum, in tenths of a percent. */
const gap = z.object({
  /** Null where no bill is known. */
  billedNanoUsd: nanoUsd.nullable(),
  /** What LLMLab knows without the bill: metered calls, logs, usage reports; null where it knows nothing. */
  ownNanoUsd: nanoUsd.nullable(),
  gapNanoUsd: nanoUsd.nullable(),
  /** Null also where nothing was billed. */
  gapPerMille: z.int().nullable(),
  /** `agrees`: within rounding; `gap`; `no-bill`: nothing billed is known; `no-own`: only the bill is known. */
  verdict: z.enum(['agrees', 'gap', 'no-bill', 'no-own']),
  /** Own records whose cost is unknown: the own figure is a lower bound. */
  unpricedRecords: count,
});
export type Gap = z.infer<typeof gap>;
export type Verdict = Gap['verdict'];

/** One account's UTC month. With a bill, every figure is over the days from `comparedFrom` to `comparedTo` only. */
const monthRow = gap.extend({
  accountId: id,
  account: z.string(),
  provider: z.string(),
  month,
  /** The days the bill speaks for, UTC, inclusive; null without a bill. */
  comparedFrom: date.nullable(),
  comparedTo: date.nullable(),
  /** A day left out because the bill was read before it ended. */
  unfinishedDay: date.nullable(),
  /** Money of the month on days that are not compared. */
  billedOutsideNanoUsd: nanoUsd,
  ownOutsideNanoUsd: nanoUsd,
  /** The largest gap that rounding alone can make here. */
  roundingNanoUsd: nanoUsd,
  /** Whether the month is over and its bill can no longer change as far as is known. */
  isFinal: z.boolean(),
  /** When the bill was last read. */
  asOf: utcMs.nullable(),
  /** The source whose money counts by the user's choice; null for the rule's. */
  chosenSourceId: id.nullable(),
});
export type ReconciledMonth = z.infer<typeof monthRow>;

const trend = z.object({
  accountId: id,
  account: z.string(),
  provider: z.string(),
  direction: z.enum(['shrinking', 'growing', 'steady', 'unknown']),
  /** In a sentence, with its figures. */
  words: z.string(),
});
export type GapTrend = z.infer<typeof trend>;

const witness = z.object({
  sourceId: id,
  label: z.string(),
  /** Which side of the comparison it stands on. */
  side: z.enum(['billed', 'own']),
  evidence,
  coverage: z.enum(['account', 'tool']),
  costNanoUsd: nanoUsd,
  records: count,
  unpricedRecords: count,
  days: count,
  /** Days of the month on which its money counts. */
  countsDays: count,
  lastReadAt: utcMs.nullable(),
});
export type ReconciledWitness = z.infer<typeof witness>;

/** One guess at the cause of a gap, with what speaks for it. */
const finding = z.object({
  kind: z.enum([
    'missing-source',
    'unpriced-models',
    'other-machines',
    'late-data',
    'price-changed',
    'tier-or-cache',
    'day-boundary',
    'taxes-and-credits',
    'filtered-export',
    'gateway-double',
    'rounding',
    'unexplained',
  ]),
  title: z.string(),
  /** What in the ledger speaks for it: sentences with figures, in USD. */
  evidence: z.array(z.string()),
  /** How much of the gap it would explain, with the gap's sign; null where that is not known. */
  explainsNanoUsd: nanoUsd.nullable(),
  certainty: z.enum(['certain', 'likely', 'possible']),
  /** What to do about it; `to` is a page of the window. */
  action: z.object({ text: z.string(), to: z.string().nullable() }).nullable(),
});
export type Finding = z.infer<typeof finding>;

const dayRow = gap.extend({
  day: date,
  /** Whether the bill speaks for this day. */
  isCompared: z.boolean(),
});
export type ReconciledDay = z.infer<typeof dayRow>;

const modelRow = gap.extend({ model: z.string().nullable() });
export type ReconciledModel = z.infer<typeof modelRow>;

const monthDetail = z.object({
  month: monthRow,
  /** Every day of the month with money on either side; empty where the bill states a whole month as one sum. */
  days: z.array(dayRow),
  /** Of the compared days. */
  models: z.array(modelRow),
  /** Whether the bill names models at all: else only the own side can be told apart. */
  billNamesModels: z.boolean(),
  witnesses: z.array(witness),
  /** Those that explain most first; what nothing explains is last. */
  findings: z.array(finding),
});
export type MonthDetail = z.infer<typeof monthDetail>;

const cycle = z.object({
  from: date,
  to: date,
  isOver: z.boolean(),
  /** Null where the account has no fee (it pays per use, or the fee is not known). */
  feeNanoUsd: nanoUsd.nullable(),
  /**
   * Usage at per-token prices: API-equivalent of a plan, cash of an api account. Never added to the fee. Null before the
   * first record: what was used then is unknown, not nothing.
   */
  usageNanoUsd: nanoUsd.nullable(),
  /** Whether the ledger knows it from its first day on. */
  isWhole: z.boolean(),
  unpricedRequests: count,
});
export type PlanCycle = z.infer<typeof cycle>;

const alternative = z.object({
  name: z.string(),
  feeNanoUsd: nanoUsd,
  cycle: z.enum(['month', 'year']),
  asOf: date,
  confidence: z.enum(['documented', 'observed', 'recalled']),
  /** What the usage of a month costs per token beyond this fee, on average over whole cycles; negative: the fee is more. */
  overFeeNanoUsd: nanoUsd.nullable(),
  /** Whether the account's own fee is this plan's. */
  isCurrent: z.boolean(),
  note: z.string(),
});
export type PlanAlternative = z.infer<typeof alternative>;

const comparedPlan = z.object({
  accountId: id,
  account: z.string(),
  kind: accountKind,
  provider: z.string(),
  /** Newest first; months where there is no fee. */
  cycles: z.array(cycle),
  /** Plans of this vendor that are known, dearest last. */
  alternatives: z.array(alternative),
  /** Average usage of the last whole cycles, else that of the last 30 days; null while neither is known. */
  monthlyUsageNanoUsd: nanoUsd.nullable(),
  /** The fee as it falls on one month; null where there is none. */
  monthlyFeeNanoUsd: nanoUsd.nullable(),
  verdict: z.string(),
  /** What the verdict cannot know. */
  caveats: z.array(z.string()),
});
export type ComparedPlan = z.infer<typeof comparedPlan>;

export const reconcileRoutes = {
  /** Every api account and UTC month with money, newest first, and how each account's gap develops. */
  'reconcile.months': route({
    input: z.strictObject({ accountId: id.optional() }),
    output: z.object({ months: z.array(monthRow), trends: z.array(trend) }),
    effect: 'read',
  }),
  /** One month of one account by day and by model, who witnessed it, and where its gap may come from. */
  'reconcile.month': route({
    input: z.strictObject({ accountId: id, month }),
    output: monthDetail,
    effect: 'read',
  }),
  /**
   * Lets one source's money count for an account's month, whatever the rule says; null goes back to the rule. A choice
   * ends with the records of its source: when they are taken back, the rule holds again.
   */
  'reconcile.choose': route({
    input: z.strictObject({ accountId: id, month, sourceId: id.nullable() }),
    output: z.object({}),
    effect: 'write',
  }),
  /** Plans against what their usage would cost per token, cycle by cycle, from the user's own history. */
  'plans.compare': route({
    input: z.strictObject({ accountId: id.optional() }),
    output: z.object({ accounts: z.array(comparedPlan) }),
    effect: 'read',
  }),
};
