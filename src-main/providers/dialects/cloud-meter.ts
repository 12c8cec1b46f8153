import { noTokens, type PriceFacts, type Tokens } from '../../platform/record.ts';

type Part = 'input' | 'output' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'cacheWriteUnknown';

/**
 * The kind of tokens a meter text of AWS or Azure speaks of (2025-2026): `cached Inp`, `CacheReadInputTokenCount`, `Outp`;
 * null when it names none or several. Says the same as the importers of their exports, so that both agree.
 */
export function meterPart(text: string): Part | null {
  const words = wordsOf(text);
  const has = (...names: readonly string[]) => words.some((word) => names.includes(word));
  const isCached = has('cache', 'cached', 'cd', 'cchd');
  if (isCached && has('write', 'writes', 'wr', 'creation')) {
    if (/\b(?:1|one)[-_ ]?h(?:(?:ou)?rs?)?\b/i.test(text)) return 'cacheWrite1h';
    return /\b5[-_ ]?m(?:in(?:ute)?s?)?\b/i.test(text) ? 'cacheWrite5m' : 'cacheWriteUnknown';
  }
  if (isCached) return 'cacheRead';
  const [input, output] = [
    has('input', 'inp', 'in', 'prompt'),
    has('output', 'outp', 'opt', 'out', 'completion'),
  ];
  return input === output ? null : input ? 'input' : 'output';
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

/** Words that end a model's name in a meter: the kind of tokens, how and where they are served, the unit. */
const frame =
  /[\s_:.-]*\b(?:(?:cached|cache|cd|batch|prompt|completion|read|write|wr|input|inp|output|outp|opt|mantle|glbl|gl|regnl|data[\s_-]?zone|dzone|shortco|longco|tokens?)(?:[\s_-]|$))+.*$/i;

/** A model's name out of a meter text: `gpt-4o-0806-Inp-glbl Tokens`, `USE1-NovaLite-input-tokens`; null when none is left. */
export function meterModel(text: string): string | null {
  if (!/token/i.test(text)) return null;
  const bare = text.replace(/^Azure OpenAI\s*-\s*/i, '').replace(/^[A-Z]{2,4}\d-/, '');
  const cut = bare.replace(frame, '').trim();
  if (cut === '' || cut === bare || /^\$|^\d[\d.]*$|\||\bmillion$/i.test(cut)) return null;
  return /^[a-z]/i.test(cut) ? cut.replace(/\s+/g, '-') : cut;
}

/** The tier and size of prompt a meter is for, where its text names them. */
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

/** How many tokens one unit is: 1 for `Tokens`, 1,000 for `1K` and `1K tokens`; null for units of other things. */
export function tokensPerUnit(unit: string): number | null {
  const parts = /^(?:(\d{1,7}|\d{1,3}(?:,\d{3})+)\s*)?(k|m|thousand|million)?(?:\s*tokens?)?$/i.exec(
    unit.trim(),
  );
  if (parts === null || unit.trim() === '') return null;
  const scale: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };
  return Number((parts[1] ?? '1').replaceAll(',', '')) * (scale[parts[2]?.toLowerCase() ?? ''] ?? 1);
}

/** Tokens of a quantity of a meter; none where its text or its unit does not say what it counts. */
export function tokensOfMeter(text: string, quantity: unknown, unit: string): Tokens {
  const [part, each] = [/token/i.test(text) ? meterPart(text) : null, tokensPerUnit(unit)];
  const count = each === null ? Number.NaN : Math.round(Number(quantity) * each);
  return part === null || !Number.isSafeInteger(count) || count < 0
    ? noTokens
    : { ...noTokens, [part]: count };
}
