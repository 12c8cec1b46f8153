import type { Account, PlanFee } from '../../../src-preload/contract/sources.ts';
import type { AccountKind } from '../../../src-preload/contract/values.ts';
import type { DraftRead } from '../../ui/draft-resolver.ts';
import { nanoUsdOf, usdAmountOf } from './usd-amount.ts';

/** What the account form holds: text as typed. */
export type AccountDraft = {
  readonly name: string;
  readonly kind: AccountKind;
  readonly provider: string;
  /** Blank while the fee is not known. */
  readonly amount: string;
  readonly cycle: PlanFee['cycle'];
  readonly start: string;
  /** Blank while the plan runs. */
  readonly end: string;
};

/** What `accounts.save` takes, besides the id. */
export interface AccountValue {
  readonly name: string;
  readonly kind: AccountKind;
  readonly provider: string;
  readonly fee: PlanFee | null;
}

export function newAccountDraft(today: string): AccountDraft {
  return {
    name: '',
    kind: 'api',
    provider: '',
    amount: '',
    cycle: 'month',
    start: `${today.slice(0, 7)}-01`,
    end: '',
  };
}

export function accountDraftOf({ name, kind, provider, fee }: Account, today: string): AccountDraft {
  const blank = { ...newAccountDraft(today), name, kind, provider };
  if (fee === null) return blank;
  return {
    ...blank,
    amount: usdAmountOf(fee.nanoUsd),
    cycle: fee.cycle,
    start: fee.start,
    end: fee.end ?? '',
  };
}

/** The account a draft states, or a sentence per field that is wrong. Only a plan has a fee; a blank one is unknown. */
export function readAccountDraft(draft: AccountDraft): DraftRead<AccountDraft, AccountValue> {
  const nanoUsd = nanoUsdOf(draft.amount);
  const hasFee = draft.kind === 'plan' && draft.amount.trim() !== '';
  const name = draft.name.trim();
  const problems = {
    ...((name === '' || name.length > 100) && { name: 'Give it a name of at most 100 characters.' }),
    ...(draft.provider.trim().length > 60 && { provider: 'At most 60 characters.' }),
    ...(hasFee &&
      nanoUsd === null && { amount: 'An amount in USD with a decimal point, such as 20 or 17.50.' }),
    ...(hasFee && !isDate(draft.start) && { start: 'Choose the day of the first charge.' }),
    ...(hasFee && draft.end !== '' && !isDate(draft.end) && { end: 'Choose a day, or leave it blank.' }),
    ...(hasFee && isDate(draft.end) && draft.end < draft.start && { end: 'The plan ends before it starts.' }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  const fee = hasFee && nanoUsd !== null ? feeOf(draft, nanoUsd) : null;
  return { value: { name, kind: draft.kind, provider: draft.provider.trim().toLowerCase(), fee } };
}

function feeOf({ cycle, start, end }: AccountDraft, nanoUsd: number): PlanFee {
  return { nanoUsd, cycle, start, end: end === '' ? null : end };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
