import type { KnownPlan } from '../../pricing/plans.ts';
import { perMonth } from '../../pricing/plans.ts';
import type { PlanFee } from '../fees.ts';
import type { Cycle } from './cycles.ts';
import { listWords, usdText } from './words.ts';

/** How many whole cycles an average is drawn from. */
const lastCycles = 3;

export interface Alternative {
  readonly name: string;
  readonly feeNanoUsd: number;
  readonly cycle: 'month' | 'year';
  readonly asOf: string;
  readonly confidence: KnownPlan['confidence'];
  readonly overFeeNanoUsd: number | null;
  readonly isCurrent: boolean;
  readonly note: string;
}

export interface PlanAdvice {
  readonly alternatives: readonly Alternative[];
  readonly monthlyUsageNanoUsd: number | null;
  readonly monthlyFeeNanoUsd: number | null;
  readonly verdict: string;
  readonly caveats: readonly string[];
}

export interface PlanQuestion {
  readonly kind: 'api' | 'plan' | 'local';
  readonly fee: PlanFee | null;
  /** Newest first. */
  readonly cycles: readonly Cycle[];
  /** Usage of the last 30 days; null where the ledger does not reach back so far. */
  readonly recentNanoUsd: number | null;
  /** Of this vendor, cheapest first. */
  readonly known: readonly KnownPlan[];
}

/** Usage per month of the last whole cycles; of the last 30 days where no whole one is in the ledger. */
function monthlyUsage({ cycles, fee, recentNanoUsd }: PlanQuestion): number | null {
  const over = cycles.filter((cycle) => cycle.isOver && cycle.isWhole).slice(0, lastCycles);
  if (over.length === 0) return recentNanoUsd;
  const sum = over.reduce((all, cycle) => all + (cycle.usageNanoUsd ?? 0), 0);
  return Math.round(sum / over.length / (fee?.cycle === 'year' ? 12 : 1));
}

function noteOf(over: number | null): string {
  if (over === null) return 'Not known before 30 days are in the ledger.';
  if (over > 0) return `${usdText(over)} a month less than per token, if its quota holds this usage.`;
  return `${usdText(-over)} a month more than per token.`;
}

function verdictOf(
  { kind, known }: PlanQuestion,
  usage: number | null,
  fee: number | null,
  least: string,
): string {
  if (usage === null)
    return 'Neither a whole cycle nor 30 days are in the ledger yet: there is nothing to compare.';
  if (usage === 0 && least === '' && fee === null)
    return 'Nothing was used in the last whole months: there is nothing to compare.';
  const spent = `${least}${usdText(usage)} a month at per-token prices`;
  if (kind === 'plan' && fee === null)
    return `This usage comes to ${spent}. Say what the plan costs to compare.`;
  if (kind === 'plan' && fee !== null)
    return usage >= fee
      ? `The plan is cheaper: this usage comes to ${spent}, the fee to ${usdText(fee)}.`
      : `Paying per token would be cheaper: this usage comes to ${spent}, the fee to ${usdText(fee)}.`;
  const cheaper = known.filter((plan) => perMonth(plan) < usage).map((plan) => plan.name);
  if (known.length === 0) return `This account pays ${spent}; no flat plan of this vendor is known.`;
  return cheaper.length === 0
    ? `Paying per token is cheapest: ${spent}, less than any plan known here.`
    : `This account pays ${spent}. ${listWords(cheaper)} would cost less, where the quota holds it and the plan covers this use.`;
}

function caveatsOf({ kind, cycles, known, recentNanoUsd }: PlanQuestion): readonly string[] {
  const unpriced = cycles.some((cycle) => cycle.unpricedRequests > 0);
  const isRecent = recentNanoUsd !== null && !cycles.some((cycle) => cycle.isOver && cycle.isWhole);
  return [
    ...(isRecent ? ['No whole cycle is in the ledger yet: the last 30 days stand for a month.'] : []),
    ...(known.length > 0
      ? ['Vendors publish no quotas in tokens: nobody can tell from here whether a plan holds this usage.']
      : []),
    ...(kind === 'api' && known.length > 0
      ? ['Plans cover the vendor’s own apps and agents; calls by key from other programs stay per token.']
      : []),
    ...(unpriced ? ['Some models have no price: the usage is a lower bound.'] : []),
    ...(known.some((plan) => plan.confidence === 'recalled')
      ? ['The fees were not read again when this version was made, and are before taxes.']
      : []),
  ];
}

/** What an account's own history says of flat fees. A fee is cash, usage of a plan is not: they stand beside each other. */
export function advise(question: PlanQuestion): PlanAdvice {
  const { fee, cycles, known } = question;
  const usage = monthlyUsage(question);
  const monthlyFee = fee === null ? null : perMonth({ feeNanoUsd: fee.nanoUsd, cycle: fee.cycle });
  const least = cycles.some((cycle) => cycle.unpricedRequests > 0) ? 'at least ' : '';
  return {
    monthlyUsageNanoUsd: usage,
    monthlyFeeNanoUsd: monthlyFee,
    alternatives: known.map((plan) => {
      const over = usage === null ? null : usage - perMonth(plan);
      return {
        name: plan.name,
        feeNanoUsd: plan.feeNanoUsd,
        cycle: plan.cycle,
        asOf: plan.asOf,
        confidence: plan.confidence,
        overFeeNanoUsd: over,
        isCurrent: fee !== null && fee.nanoUsd === plan.feeNanoUsd && fee.cycle === plan.cycle,
        note: noteOf(over),
      };
    }),
    verdict: verdictOf(question, usage, monthlyFee, least),
    caveats: caveatsOf(question),
  };
}
