import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import type { AccountKind } from '../../../src-preload/contract/values.ts';

export interface KindWords {
  readonly kind: AccountKind;
  readonly label: string;
  /** Within a sentence or after a name. */
  readonly word: string;
  /** One line: what money on such an account means. */
  readonly means: string;
}

export const accountKinds: readonly [KindWords, KindWords, KindWords] = [
  { kind: 'api', label: 'API key', word: 'API key', means: 'Pays per use: what its calls cost is cash.' },
  {
    kind: 'plan',
    label: 'Plan',
    word: 'plan',
    means: 'A flat fee: the fee is cash, usage shows what it would have cost by the token.',
  },
  {
    kind: 'local',
    label: 'Local',
    word: 'local',
    means: 'Models on your own machine: usage is counted, nothing is charged.',
  },
];

export function wordsOfKind(kind: AccountKind): KindWords {
  return accountKinds.find((words) => words.kind === kind) ?? accountKinds[0];
}

/** An account in a list of choices: its kind is said where its name does not say it. */
export function accountChoice({ name, kind }: Pick<Account, 'name' | 'kind'>): string {
  const isSaid = new RegExp(`\\b${kind}\\b`, 'i').test(name);
  return isSaid ? name : `${name}, ${wordsOfKind(kind).word}`;
}

/** What moving a source to another account does to the figures, for the confirmation: sentences. */
export function assignEffect(source: Source, from: Account | undefined, to: Account): readonly string[] {
  const records =
    source.records === 1 ? 'Its 1 record moves' : `Its ${source.records.toLocaleString('en')} records move`;
  const sentences = [`${records} to ${to.name}, past and future ones alike.`];
  const change = kindChange(from?.kind, to);
  if (change !== null) sentences.push(change);
  sentences.push(
    `Where ${to.name} has a better witness for the same day, that one counts instead. You can move it back.`,
  );
  return sentences;
}

function kindChange(from: AccountKind | undefined, to: Account): string | null {
  if (from === to.kind) return null;
  switch (to.kind) {
    case 'api':
      return 'Its usage becomes cash, because this account pays per use.';
    case 'plan':
      return to.fee === null
        ? 'Its usage stops being cash and is shown as API-equivalent. The plan has no fee yet: add one, so that its cash is known.'
        : 'Its usage stops being cash and is shown as API-equivalent; the plan’s fee is the cash.';
    case 'local':
      return 'Its usage stops costing anything: it is counted, not charged.';
  }
}
