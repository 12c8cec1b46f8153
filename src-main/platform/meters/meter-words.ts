import type { PriceFacts, Tokens } from '../record.ts';

export type TokenPart = Exclude<keyof Tokens, 'reasoning'>;

/**
 * The kind of tokens a meter text speaks of: `cached Inp`, `CacheReadInputTokenCount`, `Cd Wr`, `Outp`, `Opt` …
 * Words as AWS and Azure write them in their meters (2025-2026); null when the text names none or several.
 * An embedding has no other tokens than its input.
 */
export function tokenPart(text: string): TokenPart | null {
  const words = wordsOf(text);
  const has = (...names: readonly string[]) => words.some((word) => names.includes(word));
  const cached = has('cache', 'cached', 'cd', 'cchd');
  if (cached && has('write', 'writes', 'wr', 'creation')) return writeLifetime(text);
  if (cached) return 'cacheRead';
  const input = has('input', 'inp', 'in', 'prompt');
  const output = has('output', 'outp', 'opt', 'out', 'completion');
  if (input === output) return !input && has('embedding', 'embeddings') ? 'input' : null;
  return input ? 'input' : 'output';
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

function writeLifetime(text: string): TokenPart {
  if (/\b(?:1|one)[-_ ]?h(?:(?:ou)?rs?)?\b/i.test(text)) return 'cacheWrite1h';
  return /\b5[-_ ]?m(?:in(?:ute)?s?)?\b/i.test(text) ? 'cacheWrite5m' : 'cacheWriteUnknown';
}

/** How many tokens one unit is: 1 for `Tokens`, 1,000 for `1K tokens`; null for units of other things. */
export function tokensPerUnit(unit: string): number | null {
  const parts = /^(?:(\d{1,7}|\d{1,3}(?:,\d{3})+)\s*)?(k|m|thousand|million)?\s*tokens?$/i.exec(unit.trim());
  return parts ? blockOf(parts[1], parts[2]) : null;
}

/** The same for the unit of a meter whose text says that it counts tokens: `1K`, `Million`. */
export function tokensPerBareUnit(unit: string): number | null {
  return tokensPerUnit(unit) ?? (unit.trim() === '' ? null : tokensPerUnit(`${unit} tokens`));
}

/** How many things one pricing unit is: `1K`, `1M`, `1000`; null where the unit is no mere number. */
export function blockSize(unit: string): number | null {
  const parts = /^(\d{1,7})\s*(k|m)?$/i.exec(unit.trim());
  return parts ? blockOf(parts[1], parts[2]) : null;
}

function blockOf(count = '1', scale = ''): number {
  const factor = { k: 1_000, thousand: 1_000, m: 1_000_000, million: 1_000_000 }[scale.toLowerCase()] ?? 1;
  return Number(count.replaceAll(',', '')) * factor;
}

/** A quantity in tokens. A fraction left by the vendor's own rounding is rounded off; null where it is no count. */
export function tokensIn(quantity: string | null, perUnit: number | null): number | null {
  if (quantity === null || perUnit === null) return null;
  const count = Math.round(Number(quantity) * perUnit);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** Words that end a model's name in a meter: the kind of tokens, how and where they are served, the unit. */
const frame =
  /[\s_:.-]*\b(?:(?:cached|cache|cd|batch|prompt|completion|read|write|wr|input|inp|output|outp|opt|mantle|glbl|gl|regnl|data[\s_-]?zone|dzone|shortco|longco|tokens?)(?:[\s_-]|$))+.*$/i;

/**
 * A model's name out of a meter text, by taking off what frames it: `Azure OpenAI - gpt-4o-0806-Inp-glbl Tokens`
 * gives `gpt-4o-0806`, `USE1-NovaLite-input-tokens` gives `NovaLite`. Azure writes one name with spaces or hyphens,
 * meter by meter; it comes out with hyphens. Null when nothing is left.
 */
export function modelOfMeter(text: string): string | null {
  if (!/token/i.test(text)) return null;
  const bare = text.replace(/^Azure OpenAI\s*-\s*/i, '').replace(/^[A-Z]{2,4}\d-/, '');
  const cut = bare.replace(frame, '').trim();
  if (cut === '' || cut === bare || /^\$|^\d[\d.]*$|\||\bmillion$/i.test(cut)) return null;
  return /^[a-z]/i.test(cut) ? cut.replace(/\s+/g, '-') : cut;
}

/** The model a product of the AWS Marketplace is: `Claude Sonnet 4.5 (Amazon Bedrock Edition)`. */
export function bedrockEdition(product: string): string | null {
  return /^(.+) \(Amazon Bedrock Edition\)$/.exec(product)?.[1] ?? null;
}

/** The tier and size of prompt a meter is for, where its text names them; null where it does not. */
export function meterPriceFacts(text: string): PriceFacts | null {
  const words = wordsOf(text);
  const serviceTier = ['batch', 'flex', 'priority'].find((tier) => words.includes(tier));
  const isLong = /long_?ctx|longco(?![a-z])/i.test(text);
  const longContext = isLong || (/shortco(?![a-z])/i.test(text) ? false : undefined);
  if (serviceTier === undefined && longContext === undefined) return null;
  return {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(longContext !== undefined && { longContext }),
  };
}
