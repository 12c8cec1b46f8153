import type { MonthFacts } from '../facts.ts';
import { countWords, daysWords, dayWords, listWords, monthWords, usdText } from '../words.ts';
import type { Analysis, Group } from './analysis.ts';
import type { Finding } from './finding.ts';

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** What other accounts hold of the same vendor, which may be this account's calls. */
function elsewhereWords({ elsewhere, month }: MonthFacts): readonly string[] {
  return elsewhere
    .filter((one) => one.side === 'own' && one.account.provider === month.provider)
    .map(
      (one) =>
        `${one.source} of the account "${one.account.name}" holds ${usdText(one.cost)} of ${month.provider} usage on ${countWords(one.days, 'day')}: if this key paid for it, move that source here.`,
    );
}

function lateStarts({ sources, first, month }: MonthFacts): readonly string[] {
  return sources
    .filter((one) => one.side === 'own' && one.isIn && one.span.first > first)
    .map(
      (one) =>
        `${one.source.label} begins on ${dayWords(one.span.first)}, after the first compared day of ${monthWords(month.month)}.`,
    );
}

/** Models the bill names and no own record of the compared days does. */
function missingModels({ groups, namesModels }: Analysis): readonly Group[] {
  return namesModels ? groups.filter((group) => group.isBilled && !group.isOwn && group.billed !== 0) : [];
}

/** Nothing to compare with: says which side is missing and how to get it. */
function oneSided({ facts }: Analysis): Finding | null {
  const { month } = facts;
  if (month.verdict === 'no-bill')
    return {
      kind: 'missing-source',
      title: 'No bill is known for this month',
      evidence: [`Nothing in the ledger says what ${month.provider} charged in ${monthWords(month.month)}.`],
      explainsNanoUsd: null,
      certainty: 'certain',
      action: { text: 'Add a key that may read costs, or import the vendor’s cost export', to: '/providers' },
    };
  if (month.verdict !== 'no-own') return null;
  return {
    kind: 'missing-source',
    title: 'Only the bill is known',
    evidence: [
      `No log, metered call or usage report of this account covers ${monthWords(month.month)}.`,
      ...elsewhereWords(facts),
    ],
    explainsNanoUsd: null,
    certainty: 'certain',
    action: { text: 'Read the logs of the tools that use this key', to: '/sources' },
  };
}

function titleOf(days: number, models: number): string {
  const words = [
    ...(days === 0 ? [] : [countWords(days, 'billed day')]),
    ...(models === 0 ? [] : [countWords(models, days === 0 ? 'billed model' : 'model')]),
  ];
  return words.join(' and ');
}

/** Billed days and models of which the own side says nothing at all. */
export function findMissingSource(analysis: Analysis): Finding | null {
  const single = oneSided(analysis);
  if (single !== null || analysis.facts.month.gapNanoUsd === null) return single;
  const { silent, facts } = analysis;
  const models = missingModels(analysis);
  const [byDays, byModels] = [sum(silent.map((day) => day.billed)), sum(models.map((one) => one.billed))];
  if (silent.length === 0 && models.length === 0) return null;
  const names = models.map((one) => `${one.model} (${usdText(one.billed)})`);
  return {
    kind: 'missing-source',
    title: `${titleOf(silent.length, models.length)} no own source saw`,
    evidence: [
      ...(silent.length === 0
        ? []
        : [
            `${usdText(byDays)} were billed on ${daysWords(silent.map((one) => one.day))}; no own record is of then.`,
          ]),
      ...(models.length === 0
        ? []
        : [`On the other days the bill names ${listWords(names)}, and no own record does.`]),
      ...lateStarts(facts),
      ...elsewhereWords(facts),
    ],
    explainsNanoUsd: byDays + byModels,
    certainty: 'certain',
    action: { text: 'Read or move the source that made these calls', to: '/sources' },
  };
}
