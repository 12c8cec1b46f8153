import { z } from 'zod';
import { route } from './route.ts';
import { charge, count, date, evidence, filters, grain, id, nanoUsd, tokens, utcMs } from './values.ts';

export const costState = z.enum(['unpriced', 'free', 'priced']);

const record = z.object({
  id,
  at: utcMs,
  grain,
  /** Date it counts on: in the chosen zone, or the UTC date of a vendor day bucket. */
  day: date,
  provider: z.string(),
  /** Canonical model id; null where the line has none (tax, credits, tools). */
  model: z.string().nullable(),
  modelRaw: z.string().nullable(),
  project: z.string().nullable(),
  session: z.string().nullable(),
  account: z.string(),
  accountId: id,
  accountKind: z.enum(['api', 'plan', 'local']),
  source: z.string(),
  sourceId: id,
  importId: id,
  requests: count,
  tokens,
  costState,
  /** null when unpriced. */
  costNanoUsd: nanoUsd.nullable(),
  evidence,
  charge,
  status: z.string().nullable(),
  /** False where another witness stands in for the money or the usage of this record. */
  countsCost: z.boolean(),
  countsUsage: z.boolean(),
});
export type ActivityRecord = z.infer<typeof record>;

const detail = record.extend({
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  priceVersion: z.string().nullable(),
  /** How the cost came about, one line per bucket: rate in USD per million tokens as a decimal string. */
  priceLines: z.array(
    z.object({ bucket: z.string(), units: z.number(), usdPerMillion: z.string(), costNanoUsd: nanoUsd }),
  ),
  unpricedReason: z.string().nullable(),
  vendorCallId: z.string().nullable(),
  serviceTier: z.string().nullable(),
  fileName: z.string().nullable(),
  line: z.int().nullable(),
  extras: z.record(z.string(), z.unknown()),
  /** Why it does not count, when it does not. */
  standInNote: z.string().nullable(),
});
export type ActivityDetail = z.infer<typeof detail>;

export const activitySort = z.enum(['at', 'cost', 'input', 'output', 'model', 'project', 'account']);

export const activityRoutes = {
  'activity.list': route({
    input: z.strictObject({
      filters,
      sort: activitySort.default('at'),
      order: z.enum(['asc', 'desc']).default('desc'),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.object({ records: z.array(record), total: count }),
    effect: 'read',
  }),
  'activity.get': route({ input: z.strictObject({ id }), output: detail, effect: 'read' }),
};
