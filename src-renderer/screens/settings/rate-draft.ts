import '../../ui/zod-without-eval.ts';
import { fxRate } from '../../../src-preload/contract/settings.ts';
import type { DraftRead } from '../../ui/draft-resolver.ts';
import type { FxRate } from './rates.ts';

/** What the rate form holds, as typed. */
export type RateDraft = { readonly currency: string; readonly usdPerUnit: string; readonly from: string };

const sentences: Readonly<Record<string, string>> = {
  currency: 'Three letters, such as EUR.',
  usdPerUnit: 'A number with a decimal point, such as 1.08.',
  from: 'Choose the day it starts on.',
};

/** The rate a draft states, by the contract's schema. USD needs none, and nothing is worth zero. */
export function readRateDraft(draft: RateDraft): DraftRead<RateDraft, FxRate> {
  const stated = {
    ...draft,
    currency: draft.currency.trim().toUpperCase(),
    usdPerUnit: draft.usdPerUnit.trim(),
  };
  const parsed = fxRate.safeParse(stated);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => String(issue.path[0]));
    return {
      problems: Object.fromEntries(fields.map((field) => [field, sentences[field] ?? 'Not usable.'])),
    };
  }
  if (parsed.data.currency === 'USD') return { problems: { currency: 'USD is always 1.' } };
  if (/^[0.]+$/.test(parsed.data.usdPerUnit)) return { problems: { usdPerUnit: 'More than zero.' } };
  return { value: parsed.data };
}
