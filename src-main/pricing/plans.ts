import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import { parseDecimal, toNanoUsd } from '../platform/money.ts';

const fee = z
  .string()
  .refine((text) => (parseDecimal(text)?.units ?? -1n) > 0n)
  .transform((text) => toNanoUsd(text));

const plansSchema = z.object({
  spec: z.literal(1),
  date: z.iso.date(),
  plans: z.array(
    z.object({
      vendor: z.string().min(1),
      name: z.string().min(1),
      feeUsd: fee,
      cycle: z.enum(['month', 'year']),
      /** The day the fee was known to hold. */
      asOf: z.iso.date(),
      source: z.string().min(1),
      confidence: z.enum(['documented', 'observed', 'recalled']),
    }),
  ),
});

/** A vendor's flat plan. */
export interface KnownPlan {
  readonly vendor: string;
  readonly name: string;
  readonly feeNanoUsd: number;
  readonly cycle: 'month' | 'year';
  readonly asOf: string;
  readonly source: string;
  readonly confidence: 'documented' | 'observed' | 'recalled';
}

/** Reads resources/plans.json, cheapest month first; a fault in it is a defect of the build. */
export function readPlans(content: unknown): readonly KnownPlan[] {
  const parsed = plansSchema.safeParse(content);
  if (!parsed.success)
    throw new AppError('INTERNAL', `plans: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data.plans
    .map(({ feeUsd, ...plan }) => ({ ...plan, feeNanoUsd: feeUsd }))
    .sort((a, b) => perMonth(a) - perMonth(b));
}

/** A fee as it falls on one month, to the nano-USD. */
export function perMonth({ feeNanoUsd, cycle }: Pick<KnownPlan, 'feeNanoUsd' | 'cycle'>): number {
  return cycle === 'month' ? feeNanoUsd : Math.round(feeNanoUsd / 12);
}
