import type { Tokens } from '../../platform/record.ts';

export interface LineItem {
  /** Null where the item names none: storage, searches, sessions. */
  readonly model: string | null;
  /** What its quantity counts, where that is tokens. */
  readonly part: Extract<keyof Tokens, 'input' | 'cacheRead' | 'cacheWriteUnknown' | 'output'> | null;
  /** `priority`, `batch`, `flex`, as a prefix states it. */
  readonly tier: string | null;
  readonly isLongContext: boolean;
}

/** Kinds of content that stand between a model's name and the kind of token. */
const modality = / (?:audio|image|text|realtime|video)$/;

/**
 * Reads a line item of OpenAI's costs, whose grammar is only known from what was seen (2026): `[tier | ]model[ modality], kind of
 * token[, long context]`, and names of other services without a comma. The kind was spelled `cached input` and
 * `cached_input_tokens`.
 */
export function lineItemOf(text: string): LineItem {
  const bar = text.lastIndexOf(' | ');
  const tier = bar === -1 ? null : text.slice(0, bar).trim().toLowerCase();
  const [name = '', ...rest] = text.slice(bar === -1 ? 0 : bar + 3).split(/,\s+/);
  const kinds = rest.map((kind) => kind.toLowerCase().replaceAll('_', ' '));
  const part = kinds.map(partOf).find((found) => found !== null) ?? null;
  return {
    model: part === null ? null : name.trim().replace(modality, ''),
    part,
    tier,
    isLongContext: kinds.includes('long context'),
  };
}

function partOf(kind: string): LineItem['part'] {
  if (/\bcache.*\bwrit|\bwrit.*\bcache/.test(kind)) return 'cacheWriteUnknown';
  if (/\bcached?\b/.test(kind)) return 'cacheRead';
  if (/\boutput\b/.test(kind)) return 'output';
  return /\binput\b/.test(kind) ? 'input' : null;
}
