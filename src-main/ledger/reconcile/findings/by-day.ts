import { exactInteger } from '../../../store/database.ts';
import { charges } from '../../content.ts';
import { dayNumber } from '../../day.ts';
import { countWords, dayWords, monthWords, usdText } from '../words.ts';
import type { Analysis, DayMoney } from './analysis.ts';
import type { Finding } from './finding.ts';

/** A gap of a day worth looking at: five cents and a fifth of the day. */
const [leastNanoUsd, leastShare, sameSize] = [50_000_000, 0.2, 0.15];

/** The bill has not caught up with the days it is compared on. */
export function findLateData({ facts, late }: Analysis): Finding | null {
  const { month } = facts;
  if (month.billedNanoUsd === null || month.isFinal) return null;
  const outside = month.ownOutsideNanoUsd;
  if (late === null && month.unfinishedDay === null && outside === 0) return null;
  const to = month.comparedTo === null ? facts.last : dayNumber(month.comparedTo);
  return {
    kind: 'late-data',
    title: 'The bill is not complete yet',
    evidence: [
      `It is compared up to ${dayWords(to)}.`,
      ...(month.unfinishedDay === null
        ? []
        : [
            `${dayWords(dayNumber(month.unfinishedDay))} is left out: the bill was read before that day ended.`,
          ]),
      ...(outside > 0
        ? [
            `${usdText(outside)} of own figures in ${monthWords(month.month)} lie on days the bill does not speak for.`,
          ]
        : []),
      ...(late === null
        ? []
        : [
            `On ${dayWords(late.day)} it holds ${usdText(late.billed)} of ${usdText(late.own)}: vendors add late usage for up to three days.`,
          ]),
    ],
    explainsNanoUsd: late === null ? null : late.billed - late.own,
    certainty: late === null ? 'certain' : 'likely',
    action: { text: 'Read the bill again', to: '/providers' },
  };
}

function pairsOf(days: readonly DayMoney[]): readonly (readonly [DayMoney, DayMoney])[] {
  const pairs: (readonly [DayMoney, DayMoney])[] = [];
  for (let i = 0; i + 1 < days.length; i++) {
    const [a, b] = [days[i], days[i + 1]];
    if (a === undefined || b === undefined || b.day !== a.day + 1) continue;
    const [first, second] = [a.billed - a.own, b.billed - b.own];
    const size = Math.max(Math.abs(first), Math.abs(second));
    const isLarge = size > leastNanoUsd && size > leastShare * Math.max(a.billed, a.own, b.billed, b.own);
    if (!isLarge || Math.sign(first) === Math.sign(second) || Math.abs(first + second) > sameSize * size)
      continue;
    pairs.push([a, b]);
    i++;
  }
  return pairs;
}

/** What one side puts on a day the other puts on the next. */
export function findDayBoundary({ days, facts }: Analysis): Finding | null {
  if (facts.month.gapNanoUsd === null) return null;
  const pairs = pairsOf(days.filter((day) => day.hasOwn || day.billed !== 0));
  if (pairs.length === 0) return null;
  return {
    kind: 'day-boundary',
    title: `${countWords(pairs.length, 'pair')} of days differ and make up for each other`,
    evidence: [
      ...pairs
        .slice(0, 4)
        .map(
          ([a, b]) =>
            `${dayWords(a.day)}: ${usdText(a.billed - a.own)}, ${dayWords(b.day)}: ${usdText(b.billed - b.own)}.`,
        ),
      'Both sides are counted in UTC days here; a vendor that books a call when it ends, or in its own zone, moves it to the next.',
    ],
    explainsNanoUsd: pairs.reduce((sum, [a, b]) => sum + a.billed - a.own + b.billed - b.own, 0),
    certainty: 'likely',
    action: null,
  };
}

const chargeWords: Readonly<Record<string, string>> = {
  purchase: 'purchases',
  tax: 'taxes',
  credit: 'credits',
  adjustment: 'adjustments',
};

/** Lines of the bill that are no usage: own records can never hold them. */
export function findCharges({ facts }: Analysis): Finding | null {
  if (facts.charges.length === 0 || facts.month.billedNanoUsd === null) return null;
  const kinds = [...Map.groupBy(facts.charges, (one) => one.charge)].map(([charge, list]) => ({
    word: chargeWords[charges[charge] ?? ''] ?? 'other charges',
    records: list.reduce((sum, one) => sum + one.records, 0),
    cost: list.reduce((sum, one) => sum + exactInteger(one.cost_nano_usd), 0),
  }));
  return {
    kind: 'taxes-and-credits',
    title: `The bill holds ${kinds.map(({ word }) => word).join(' and ')}`,
    evidence: kinds.map(
      ({ word, records, cost }) => `${countWords(records, 'line')} of ${word}: ${usdText(cost)}.`,
    ),
    explainsNanoUsd: kinds.reduce((sum, { cost }) => sum + cost, 0),
    certainty: 'certain',
    action: null,
  };
}
