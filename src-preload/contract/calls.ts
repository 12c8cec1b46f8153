import { z } from 'zod';
import { route } from './route.ts';
import { count, evidence, id, nanoUsd, tokens, utcMs } from './values.ts';

/** USD per million tokens as decimal strings; a missing bucket is unknown, "0" is free. */
const price = z.object({
  input: z.string().nullable(),
  output: z.string().nullable(),
  cacheRead: z.string().nullable(),
  cacheWrite5m: z.string().nullable(),
  cacheWrite1h: z.string().nullable(),
  /** USD per request on top. */
  request: z.string().nullable(),
  note: z.string().nullable(),
});
export type ModelPrice = z.infer<typeof price>;

const model = z.object({
  connectionId: id,
  connection: z.string(),
  provider: z.string(),
  providerLabel: z.string(),
  id: z.string(),
  label: z.string().nullable(),
  kind: z.enum(['chat', 'embedding', 'image', 'audio', 'rerank', 'other']),
  contextTokens: count.nullable(),
  maxOutputTokens: count.nullable(),
  retiresAt: utcMs.nullable(),
  /** Model as the ledger names it. */
  canonical: z.string(),
  /** What calls are priced with: the user's own, the bundled catalogue, or unknown. */
  price: price.nullable(),
  /** Where `price` comes from and since when, or why there is none. */
  priceFrom: z.string(),
  /** What the vendor itself states. */
  vendorPrice: price.nullable(),
  asOf: utcMs,
});
export type VendorModel = z.infer<typeof model>;

const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('image'), mediaType: z.string().max(100), data: z.string() }),
]);

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.union([z.string(), z.array(part)]),
});

export const callsRoutes = {
  /** Models of the connections, as last read. */
  'models.list': route({
    input: z.strictObject({ provider: z.string().optional(), connectionId: id.optional() }),
    output: z.object({ models: z.array(model) }),
    effect: 'read',
  }),
  /** Asks the vendors for their models and prices now. */
  'models.refresh': route({
    input: z.strictObject({ provider: z.string().optional(), connectionId: id.optional() }),
    output: z.object({
      results: z.array(
        z.object({ connectionId: id, connection: z.string(), models: count, error: z.string().nullable() }),
      ),
    }),
    effect: 'write',
  }),
  /**
   * Sends one prompt and records the call in the ledger. `model` is a vendor's id, `provider/model`,
   * `connection name/model`, or an alias. With a `ref`, text comes as events while it is written.
   */
  'calls.ask': route({
    input: z.strictObject({
      model: z.string().min(1).max(300),
      messages: z.array(message).min(1).max(1000),
      connectionId: id.optional(),
      temperature: z.number().min(0).max(2).optional(),
      maxOutputTokens: z.int().positive().optional(),
      output: z
        .union([z.literal('json'), z.strictObject({ schema: z.record(z.string(), z.unknown()) })])
        .optional(),
      parameters: z.record(z.string(), z.unknown()).optional(),
      ref: z.string().min(1).max(100).optional(),
    }),
    output: z.object({
      text: z.string(),
      reasoning: z.string(),
      finish: z.string(),
      /** The model that served it. */
      model: z.string(),
      connection: z.string(),
      /** Null where the vendor said nothing of it. */
      tokens: tokens.nullable(),
      costNanoUsd: nanoUsd.nullable(),
      evidence: evidence.nullable(),
      /** How the cost is known, or why not. */
      costFrom: z.string(),
      firstTextMs: count.nullable(),
      ms: count,
    }),
    effect: 'write',
  }),
  /** Stops a call asked with this `ref`; what came so far is recorded as cancelled. */
  'calls.cancel': route({
    input: z.strictObject({ ref: z.string() }),
    output: z.object({}),
    effect: 'write',
  }),
};
