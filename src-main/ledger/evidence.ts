import type { Evidence } from '../platform/record.ts';

/** Best first; stored by index. */
export const evidenceLevels: readonly Evidence[] = ['billed', 'metered', 'recorded', 'estimated'];

export function evidenceIndex(evidence: Evidence): number {
  return evidenceLevels.indexOf(evidence);
}

/** How much a witness says about usage, best first; stored by index. */
export const usageRanks = ['calls', 'buckets', 'tokens', 'none'] as const;
export type UsageRank = (typeof usageRanks)[number];

/** One source that has records for an account on a UTC day. */
export interface Witness {
  readonly sourceId: number;
  /** Index into evidenceLevels. */
  readonly evidence: number;
  readonly coverage: 'account' | 'tool';
  /** Index into usageRanks. */
  readonly usageRank: number;
  /** Whether it states any tokens or requests on that day. */
  readonly hasUsage: boolean;
  /** Whether any of its records on that day has a known cost. */
  readonly hasMoney: boolean;
  /** A record that stands for the whole month covers this day. */
  readonly spansMonth: boolean;
}

export interface Chosen {
  readonly cost: ReadonlySet<number>;
  readonly usage: ReadonlySet<number>;
}

function best(candidates: readonly Witness[], order: (a: Witness, b: Witness) => number): readonly Witness[] {
  const wide = candidates.filter((witness) => witness.coverage === 'account').sort(order);
  const first = wide[0];
  if (first !== undefined) return [first];
  // Tools on one account see different calls, so all of them count; a mere estimate counts only when nothing better does.
  const known = candidates.filter((witness) => witness.evidence < 3);
  return known.length > 0 ? known : candidates;
}

const byMoney = (a: Witness, b: Witness): number =>
  a.evidence - b.evidence ||
  Number(b.spansMonth) - Number(a.spansMonth) ||
  a.usageRank - b.usageRank ||
  a.sourceId - b.sourceId;

const byUsage = (a: Witness, b: Witness): number =>
  a.usageRank - b.usageRank || a.evidence - b.evidence || a.sourceId - b.sourceId;

/**
 * Which witnesses of one account and UTC day count, for money and for usage. An account-wide witness (a vendor's export)
 * sees every call, so the best one stands alone; without one the tools' own witnesses add up.
 */
export function chooseWitnesses(witnesses: readonly Witness[]): Chosen {
  const withUsage = witnesses.filter((witness) => witness.hasUsage);
  // A witness that knows no cost (no price, no exchange rate) must not hide one that does.
  const withMoney = witnesses.filter((witness) => witness.hasMoney);
  const ofMoney = withMoney.length > 0 ? withMoney : witnesses;
  return {
    cost: new Set(best(ofMoney, byMoney).map((witness) => witness.sourceId)),
    usage: new Set(best(withUsage, byUsage).map((witness) => witness.sourceId)),
  };
}
