import type { MonthFacts } from '../facts.ts';
import { usdText } from '../words.ts';
import { type Analysis, analyse } from './analysis.ts';
import { findCharges, findDayBoundary, findLateData } from './by-day.ts';
import type { Finding } from './finding.ts';
import { findMissingSource } from './missing-source.ts';
import { findPriceChange, findTier, findUnpriced } from './price.ts';
import { findFilteredExport, findGatewayDouble, findOtherMachines } from './usage.ts';

export type { Finding } from './finding.ts';

const finders: readonly ((analysis: Analysis) => Finding | null)[] = [
  ...[findMissingSource, findCharges, findLateData, findUnpriced, findTier, findPriceChange],
  ...[findOtherMachines, findGatewayDouble, findFilteredExport, findDayBoundary],
];

function roundingFinding({ month }: MonthFacts): Finding | null {
  const { gapNanoUsd, verdict, roundingNanoUsd } = month;
  if (verdict !== 'agrees' || gapNanoUsd === null || gapNanoUsd === 0) return null;
  return {
    kind: 'rounding',
    title: 'The gap is within rounding',
    evidence: [
      `The lines of this bill can be off by ${usdText(roundingNanoUsd)} through rounding; the gap is ${usdText(gapNanoUsd)}.`,
    ],
    explainsNanoUsd: gapNanoUsd,
    certainty: 'certain',
    action: null,
  };
}

/** What is left once everything else has its part, so that no one takes the list for the whole. */
function remainder({ month }: MonthFacts, findings: readonly Finding[]): Finding | null {
  if (month.gapNanoUsd === null || month.verdict !== 'gap') return null;
  const explained = findings.reduce((sum, one) => sum + (one.explainsNanoUsd ?? 0), 0);
  const left = month.gapNanoUsd - explained;
  if (Math.abs(left) <= month.roundingNanoUsd) return null;
  return {
    kind: 'unexplained',
    title: explained === 0 ? 'Nothing in the ledger explains how much' : 'The rest is not explained',
    evidence: [
      explained === 0
        ? `The gap is ${usdText(left)}, and nothing above can be put in figures.`
        : `${usdText(left)} of the gap of ${usdText(month.gapNanoUsd)} remain.`,
    ],
    explainsNanoUsd: left,
    certainty: 'certain',
    action: null,
  };
}

const certainties = ['certain', 'likely', 'possible'] as const;

function byWeight(a: Finding, b: Finding): number {
  const weight = (one: Finding): number => Math.abs(one.explainsNanoUsd ?? 0);
  return weight(b) - weight(a) || certainties.indexOf(a.certainty) - certainties.indexOf(b.certainty);
}

/** Where a month's gap may come from, what explains most first, and what nothing explains last. */
export function findCauses(facts: MonthFacts): readonly Finding[] {
  const analysis = analyse(facts);
  const rounding = roundingFinding(facts);
  const found = finders.flatMap((find) => find(analysis) ?? []).sort(byWeight);
  const rest = remainder(facts, found);
  return [...(rounding === null ? [] : [rounding]), ...found, ...(rest === null ? [] : [rest])];
}
