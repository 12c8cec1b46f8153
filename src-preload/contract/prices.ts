import { z } from 'zod';
import { route } from './route.ts';
import { count, date, id } from './values.ts';

/** USD per million tokens, a decimal string. */
export const usdPerMillion = z.string().regex(/^\d{1,6}(\.\d{1,9})?$/);

/** The user's own price for a model; missing buckets mean "no price for that bucket", "0" means free. */
export const priceOverride = z.strictObject({
  provider: z.string().max(60),
  model: z.string().min(1).max(200),
  from: date,
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite5m: usdPerMillion.optional(),
  cacheWrite1h: usdPerMillion.optional(),
});
export type PriceOverride = z.infer<typeof priceOverride>;

/** "Price this name as that model": provider-scoped, never guessed. */
export const priceAlias = z.strictObject({
  provider: z.string().max(60),
  alias: z.string().min(1).max(200),
  toProvider: z.string().max(60),
  toModel: z.string().min(1).max(200),
});
export type PriceAlias = z.infer<typeof priceAlias>;

export const pricesRoutes = {
  'prices.list': route({
    input: z.strictObject({}),
    output: z.object({
      overrides: z.array(priceOverride.extend({ id })),
      aliases: z.array(priceAlias.extend({ id })),
      /** Models in the ledger no price is known for. */
      unpriced: z.array(
        z.object({
          provider: z.string(),
          model: z.string().nullable(),
          records: count,
          requests: count,
          reason: z.string(),
        }),
      ),
      /** Where the built-in prices come from and their date. */
      version: z.string(),
    }),
    effect: 'read',
  }),
  /** Saves and reprices what it touches. */
  'prices.saveOverride': route({
    input: priceOverride.extend({ id: id.optional() }),
    output: z.object({ id, repriced: count }),
    effect: 'write',
  }),
  'prices.removeOverride': route({
    input: z.strictObject({ id }),
    output: z.object({ repriced: count }),
    effect: 'write',
  }),
  'prices.saveAlias': route({
    input: priceAlias.extend({ id: id.optional() }),
    output: z.object({ id, repriced: count }),
    effect: 'write',
  }),
  'prices.removeAlias': route({
    input: z.strictObject({ id }),
    output: z.object({ repriced: count }),
    effect: 'write',
  }),
  /** Prices again what has no price yet (`unpriced`) or every record (`all`). */
  'prices.reprice': route({
    input: z.strictObject({ scope: z.enum(['unpriced', 'all']) }),
    output: z.object({ repriced: count }),
    effect: 'write',
  }),
};
