import type { ByEvidence, Evidence, Figures } from '../../src-preload/contract/values.ts';

/** Best first. */
export const evidenceOrder = [
  'billed',
  'metered',
  'recorded',
  'estimated',
] as const satisfies readonly Evidence[];

/** How many of the chip's four pips are filled. */
export const pipsOf: Readonly<Record<Evidence, number>> = {
  billed: 4,
  metered: 3,
  recorded: 2,
  estimated: 1,
};

export const evidenceMeaning: Readonly<Record<Evidence, string>> = {
  billed: 'charged by the vendor: cost API, invoice or cost export',
  metered: 'stated in the reply to a call LLMLab made',
  recorded: 'tokens in a log or usage export, priced here',
  estimated: 'worked out without exact usage',
};

export interface EvidenceShare {
  readonly evidence: Evidence;
  readonly amount: number;
  /** 0 to 1 of the whole. */
  readonly share: number;
}

export interface EvidenceSummary {
  /** The best witness there is. */
  readonly best: Evidence;
  readonly shares: readonly EvidenceShare[];
  readonly mixed: boolean;
}

/** Who vouches for a total: sizes count, so a credit does not cancel the charge beside it. Null when nobody does. */
export function summarise(by: ByEvidence): EvidenceSummary | null {
  const parts = evidenceOrder
    .map((evidence) => ({ evidence, amount: Math.abs(by[evidence]) }))
    .filter((part) => part.amount > 0);
  const total = parts.reduce((sum, part) => sum + part.amount, 0);
  const first = parts[0];
  if (!first) return null;
  const shares = parts.map((part) => ({ ...part, share: part.amount / total }));
  return { best: first.evidence, shares, mixed: shares.length > 1 };
}

/** Evidence of a money figure; of its records where no money moved (free or unpriced ones). */
export function evidenceOf(figures: Figures, money: 'cash' | 'equivalent'): EvidenceSummary | null {
  return (
    summarise(money === 'cash' ? figures.cashByEvidence : figures.equivalentByEvidence) ??
    summarise(figures.evidence)
  );
}
