import { z } from 'zod';
import { route } from './route.ts';
import { accountKind, count, date, evidence, following, id, nanoUsd, utcMs } from './values.ts';

const source = z.object({
  id,
  importer: z.string(),
  label: z.string(),
  vendor: z.string(),
  /** `sync`: what a vendor was asked for; `calls`: calls made through LLMLab. */
  kind: z.enum(['table', 'log', 'sync', 'calls']),
  accountId: id,
  account: z.string(),
  evidence,
  records: count,
  firstDay: date.nullable(),
  lastDay: date.nullable(),
  lastReadAt: utcMs.nullable(),
  /** Last trouble reading it and what to do, or null. */
  error: z.string().nullable(),
  /** Null for files and sample data: only logs on this machine are followed. */
  following: following.nullable(),
  costNanoUsd: nanoUsd,
  unpricedRecords: count,
});
export type Source = z.infer<typeof source>;

/** The flat fee of a plan account: amount per cycle, charged on `start` and every cycle after, until `end`. */
const planFee = z.strictObject({
  nanoUsd: nanoUsd.nonnegative(),
  cycle: z.enum(['month', 'year']),
  start: date,
  end: date.nullable(),
});
export type PlanFee = z.infer<typeof planFee>;

const account = z.object({
  id,
  name: z.string(),
  kind: accountKind,
  provider: z.string(),
  fee: planFee.nullable(),
  /** True while LLMLab chose the kind itself and the user has not confirmed it. */
  assumed: z.boolean(),
  sources: count,
  records: count,
  cashNanoUsd: nanoUsd,
  equivalentNanoUsd: nanoUsd,
});
export type Account = z.infer<typeof account>;

export const sourcesRoutes = {
  'sources.list': route({
    input: z.strictObject({}),
    output: z.object({ sources: z.array(source) }),
    effect: 'read',
  }),
  /** Moves a source, with all its records, to another account and recounts who stands in for whom. */
  'sources.assign': route({
    input: z.strictObject({ sourceId: id, accountId: id }),
    output: z.object({}),
    effect: 'write',
  }),
  'accounts.list': route({
    input: z.strictObject({}),
    output: z.object({ accounts: z.array(account) }),
    effect: 'read',
  }),
  'accounts.save': route({
    input: z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(100),
      kind: accountKind,
      provider: z.string().max(60),
      fee: planFee.nullable(),
    }),
    output: z.object({ id }),
    effect: 'write',
  }),
  /** Refused while sources belong to it. */
  'accounts.remove': route({ input: z.strictObject({ id }), output: z.object({}), effect: 'write' }),
};
