import { z } from 'zod';
import { route } from './route.ts';
import { accountKind, count, date, evidence, id, nanoUsd, utcMs } from './values.ts';

const month = z.string().regex(/^\d{4}-\d{2}$/);

/** Own figures against the bill. `gap` is billed minus own; its share is of the billed sum, in tenths of a percent. */
const gap = z.object({
  /** Null where no bill is known. */
  billedNanoUsd: nanoUsd.nullable(),
  /** What LLMLab knows without the bill: metered calls, logs, usage reports; null where it knows nothing. */
  ownNanoUsd: nanoUsd.nullable(),
  gapNanoUsd: nanoUsd.nullable(),
  gapPerMille: z.int().nullable(),
  /**
   * `agrees`: within rounding; `gap`; `no-bill`: nothing billed is known; `no-own`: only the bill is known.
   */
  verdict: z.enum(['agrees', 'gap', 'no-bill', 'no-own']),
  /** Own records whose cost is unknown: the own figure is a lower bound. */
  unpricedRecords: count,
});
export type Gap = z.infer<typeof gap>;

const monthRow = gap.extend({
  accountId: id,
  account: z.string(),
  provider: z.string(),
  month,
  /** Whether the month is over and its bill can no longer change as far as is known. */
  isFinal: z.boolean(),
  asOf: utcMs.nullable(),
});
export type ReconciledMonth = z.infer<typeof monthRow>;

const witness = z.object({
  sourceId: id,
  label: z.string(),
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
  /** What in the ledger speaks for it: sentences with figures. */
  evidence: z.array(z.string()),
  /** How much of the gap it would explain; null where that is not known. */
  explainsNanoUsd: nanoUsd.nullable(),
  certainty: z.enum(['certain', 'likely', 'possible']),
  /** What to do about it; `to` is a page of the window. */
  action: z.object({ text: z.string(), to: z.string().nullable() }).nullable(),
});
export type Finding = z.infer<typeof finding>;

export const reconcileRoutes = {
  /** Every account and UTC month with money, newest first. */
  'reconcile.months': route({
    input: z.strictObject({ accountId: id.optional() }),
    output: z.object({ months: z.array(monthRow) }),
    effect: 'read',
  }),
  /** One month of one account by day and by model, who witnessed it, and where its gap may come from. */
  'reconcile.month': route({
    input: z.strictObject({ accountId: id, month }),
    output: z.object({
      month: monthRow,
      days: z.array(gap.extend({ day: date })),
      models: z.array(gap.extend({ model: z.string().nullable() })),
      witnesses: z.array(witness),
      /** The source whose money counts by the user's choice; null for the rule's. */
      chosenSourceId: id.nullable(),
      findings: z.array(finding),
    }),
    effect: 'read',
  }),
  /** Lets one source's money count for an account's month, whatever the rule says; null goes back to the rule. */
  'reconcile.choose': route({
    input: z.strictObject({ accountId: id, month, sourceId: id.nullable() }),
    output: z.object({}),
    effect: 'write',
  }),
  /** Plans against what their usage would cost per token, cycle by cycle, from the user's own history. */
  'plans.compare': route({
    input: z.strictObject({ accountId: id.optional() }),
    output: z.object({
      accounts: z.array(
        z.object({
          accountId: id,
          account: z.string(),
          kind: accountKind,
          provider: z.string(),
          cycles: z.array(
            z.object({
              from: date,
              to: date,
              isOver: z.boolean(),
              feeNanoUsd: nanoUsd.nullable(),
              usageNanoUsd: nanoUsd,
              unpricedRecords: count,
            }),
          ),
          /** Plans of this vendor that are known, dearest last, with what the last cycles would have come to. */
          alternatives: z.array(
            z.object({
              name: z.string(),
              feeNanoUsd: nanoUsd,
              cycle: z.enum(['month', 'year']),
              asOf: date,
              note: z.string(),
            }),
          ),
          verdict: z.string(),
          /** What the verdict cannot know. */
          caveats: z.array(z.string()),
        }),
      ),
    }),
    effect: 'read',
  }),
};
