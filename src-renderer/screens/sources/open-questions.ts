import type { Account, Source } from '../../../src-preload/contract/sources.ts';

/** Accounts whose kind was assumed where it matters: a log does not say who pays. */
export function openQuestions(accounts: readonly Account[], sources: readonly Source[]): readonly Account[] {
  const logged = new Set(sources.filter(({ kind }) => kind === 'log').map(({ accountId }) => accountId));
  return accounts.filter(({ id, assumed, kind }) => assumed && kind !== 'local' && logged.has(id));
}

const first = 3;

/** The questions to show: the first few, as ten would push the page away. One alone is not worth a "1 more". */
export function shownQuestions(
  questions: readonly Account[],
  isAll: boolean,
): { readonly shown: readonly Account[]; readonly more: number } {
  const isFew = questions.length <= first + 1;
  const shown = isAll || isFew ? questions : questions.slice(0, first);
  return { shown, more: questions.length - shown.length };
}
