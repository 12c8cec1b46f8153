import type { Finding, ReconciledMonth, Verdict } from '../../../src-preload/contract/reconcile.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatRange } from '../../ui/dates.ts';
import { formatPercent } from '../../ui/numbers.ts';

/** `July 2026` of `2026-07`. */
export function monthName(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}

export interface VerdictWords {
  readonly label: string;
  readonly tone: Tone;
  readonly means: string;
}

const verdicts: Readonly<Record<Verdict, VerdictWords>> = {
  agrees: {
    label: 'Within rounding',
    tone: 'good',
    means: 'The difference is no more than rounding the lines of the bill can make',
  },
  gap: { label: 'Gap', tone: 'warn', means: 'Both sides are known and differ by more than rounding' },
  'no-bill': { label: 'No bill', tone: 'neutral', means: 'Nothing in the ledger says what was charged' },
  'no-own': { label: 'Bill only', tone: 'info', means: 'No log, metered call or usage report covers this' },
};

export function wordsOfVerdict(verdict: Verdict): VerdictWords {
  return verdicts[verdict];
}

/** `+3.2 %` of the bill; the sign says which side is more. */
export function shareWords(perMille: number | null): string {
  if (perMille === null) return '–';
  if (perMille === 0) return '0\u00a0%';
  return `${perMille > 0 ? '+' : ''}${formatPercent(perMille, 1000)}`;
}

/** What a gap means in a sentence. */
export function gapWords({ gapNanoUsd, verdict }: Pick<ReconciledMonth, 'gapNanoUsd' | 'verdict'>): string {
  if (gapNanoUsd === null) return wordsOfVerdict(verdict).means;
  if (verdict === 'agrees') return 'Both sides say the same';
  return gapNanoUsd > 0 ? 'More billed than known here' : 'More known here than billed';
}

/** Over which days both sides are compared. */
export function comparedWords(month: ReconciledMonth, today: string): string {
  if (month.comparedFrom === null || month.comparedTo === null) return 'The whole month, UTC';
  return `${formatRange(month.comparedFrom, month.comparedTo, today)}, UTC`;
}

const certainties: Readonly<Record<Finding['certainty'], { readonly label: string; readonly tone: Tone }>> = {
  certain: { label: 'Certain', tone: 'good' },
  likely: { label: 'Likely', tone: 'info' },
  possible: { label: 'Possible', tone: 'neutral' },
};

export function wordsOfCertainty(certainty: Finding['certainty']): {
  readonly label: string;
  readonly tone: Tone;
} {
  return certainties[certainty];
}

/** The records of one account on the days of a span. */
export function recordsHref(accountId: number, from: string, to: string): string {
  return `#/activity?range=custom&from=${from}&to=${to}&account=${accountId}`;
}

export function monthHref({ accountId, month }: Pick<ReconciledMonth, 'accountId' | 'month'>): string {
  return `#/reconcile?of=${accountId}&month=${month}`;
}
