import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import { type Decimal, parseDecimal } from '../platform/money.ts';

const decimal = z.string().transform((text, context): Decimal => {
  const value = parseDecimal(text);
  if (value !== null && value.units >= 0n) return value;
  context.addIssue(`"${text}" is not a price`);
  return z.NEVER;
});

const buckets = z.object({
  input: decimal.exactOptional(),
  cacheRead: decimal.exactOptional(),
  cacheWrite5m: decimal.exactOptional(),
  cacheWrite1h: decimal.exactOptional(),
  output: decimal.exactOptional(),
});

/** Where a row comes from: every fact in the supplement says it. */
const origin = {
  source: z.string().min(1),
  checked: z.iso.date(),
  confidence: z.enum(['documented', 'observed', 'recalled']),
};

const models = z
  .array(z.string())
  .min(1)
  .transform((patterns) => patterns.map(globOf));

const instant = z.iso.datetime().transform((text) => Date.parse(text));
/** Seconds since midnight UTC. */
const timeOfDay = z
  .string()
  .regex(/^\d\d:\d\d$/)
  .transform((text) => Number(text.slice(0, 2)) * 3600 + Number(text.slice(3)) * 60);

const supplementSchema = z.object({
  spec: z.literal(1),
  date: z.iso.date(),
  /** Our provider ids that the catalogue calls otherwise. */
  providers: z.array(z.object({ id: z.string(), catalogue: z.string() })),
  /** Providers that run on the user's own machine. */
  local: z.array(z.string()),
  free: z.array(z.object({ provider: z.string(), models, ...origin })),
  /** Whole price lists, used in place of the catalogue's. Later rows win over earlier ones where both hold. */
  models: z.array(
    z.object({
      provider: z.string(),
      id: z.string(),
      match: z.array(z.string()).min(1),
      prices: z.array(
        z.object({
          from: instant.exactOptional(),
          until: instant.exactOptional(),
          /** UTC, 0 is Sunday. */
          weekdays: z.array(z.int().min(0).max(6)).exactOptional(),
          windows: z.array(z.object({ start: timeOfDay, end: timeOfDay })).exactOptional(),
          rates: buckets,
        }),
      ),
      ...origin,
    }),
  ),
  derived: z.array(
    z.object({
      provider: z.string(),
      models,
      bucket: z.enum(['cacheRead', 'cacheWrite5m', 'cacheWrite1h']),
      of: z.enum(['input', 'output']),
      times: decimal,
      ...origin,
    }),
  ),
  /** What a way of being served multiplies the rates by. */
  factors: z.array(
    z.object({
      provider: z.string(),
      models,
      mode: z.union([
        z.strictObject({ serviceTier: z.string() }),
        z.strictObject({ speed: z.string() }),
        z.strictObject({ geo: z.string() }),
      ]),
      from: instant.exactOptional(),
      times: buckets,
      /** False: known for prompts below the long-context threshold only. */
      longContext: z.boolean().default(true),
      ...origin,
    }),
  ),
});

export type Supplement = z.infer<typeof supplementSchema>;
export type Factor = Supplement['factors'][number];

/** Reads resources/price-supplement.json; a fault in it is a defect of the build, not of the user's data. */
export function readSupplement(content: unknown): Supplement {
  const parsed = supplementSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new AppError('INTERNAL', `price supplement: ${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}

function globOf(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i');
}
