import '../../ui/zod-without-eval.ts';
import { type PriceOverride, priceOverride } from '../../../src-preload/contract/prices.ts';
import type { DraftRead } from '../../ui/draft-resolver.ts';

/** What the price form holds: text as typed, blank where the model has no price for that kind of token. */
export type PriceDraft = {
  readonly provider: string;
  readonly model: string;
  readonly from: string;
  readonly input: string;
  readonly output: string;
  readonly cacheRead: string;
  readonly cacheWrite5m: string;
  readonly cacheWrite1h: string;
};

export const rateFields = [
  { name: 'input', label: 'Input', short: 'Input', required: true },
  { name: 'output', label: 'Output', short: 'Output', required: true },
  { name: 'cacheRead', label: 'Cache read', short: 'Read', required: false },
  { name: 'cacheWrite5m', label: 'Cache write, 5 min', short: 'Write 5m', required: false },
  { name: 'cacheWrite1h', label: 'Cache write, 1 h', short: 'Write 1h', required: false },
] as const satisfies readonly {
  readonly name: keyof PriceDraft;
  readonly label: string;
  /** Head of its column. */
  readonly short: string;
  readonly required: boolean;
}[];

export function emptyDraft(provider: string, model: string, from: string): PriceDraft {
  return { provider, model, from, input: '', output: '', cacheRead: '', cacheWrite5m: '', cacheWrite1h: '' };
}

export function draftOf(price: PriceOverride): PriceDraft {
  const { cacheRead = '', cacheWrite5m = '', cacheWrite1h = '', ...rest } = price;
  return { ...rest, cacheRead, cacheWrite5m, cacheWrite1h };
}

/** The override a draft states, by the contract's own schema, or a sentence per field that is wrong. */
export function readDraft(draft: PriceDraft): DraftRead<PriceDraft, PriceOverride> {
  const stated = Object.entries(draft)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([name, text]) => text !== '' || !isOptional(name));
  const parsed = priceOverride.safeParse(Object.fromEntries(stated));
  if (parsed.success) return { value: parsed.data };
  const fields = parsed.error.issues.map((issue) => String(issue.path[0]));
  return { problems: Object.fromEntries(fields.map((field) => [field, sentenceOf(field)])) };
}

function isOptional(name: string): boolean {
  return rateFields.some((field) => field.name === name && !field.required);
}

function sentenceOf(field: string): string {
  if (field === 'from') return 'Choose the date the price starts on.';
  if (field === 'model') return 'Name the model as your records do.';
  if (field === 'provider') return 'At most 60 characters.';
  return 'USD per million tokens with a decimal point, such as 0.25; 0 means free.';
}
