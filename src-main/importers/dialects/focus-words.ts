import type { Tokens } from '../../platform/record.ts';

/** Clouds whose bills hold far more than models. */
const clouds = new Set([
  'aws',
  'azure',
  'google',
  'oracle',
  'oracle-cloud',
  'alibaba-cloud',
  'ibm',
  'ibm-cloud',
]);

/** Whether a charge is for something else than models: another service on the bill of a whole cloud. */
export function isOtherService(provider: string, category: string, service: string): boolean {
  if (!clouds.has(provider) || category === '' || category === 'AI and Machine Learning') return false;
  return !/bedrock|openai|foundry|cognitive|vertex|gemini|sagemaker/i.test(service);
}

export type TokenPart = Extract<keyof Tokens, 'input' | 'cacheRead' | 'cacheWriteUnknown' | 'output'>;

/**
 * The kind of tokens a meter text speaks of: `cached Inp`, `CacheReadInputTokenCount`, `Cd Wr`, `Outp`, `Opt` …
 * Words as AWS and Azure write them in their meters (2025-2026); null when the text names none or several.
 */
export function tokenPart(text: string): TokenPart | null {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const has = (...names: readonly string[]) => words.some((word) => names.includes(word));
  const cached = has('cache', 'cached', 'cd', 'cchd');
  if (cached && has('write', 'writes', 'wr', 'creation')) return 'cacheWriteUnknown';
  if (cached) return 'cacheRead';
  const input = has('input', 'inp', 'in', 'prompt');
  const output = has('output', 'outp', 'opt', 'out', 'completion');
  if (input === output) return null;
  return input ? 'input' : 'output';
}

/** How many tokens one unit is: 1 for `Tokens`, 1,000 for `1K tokens`; null for units of other things. */
export function tokensPerUnit(unit: string): number | null {
  const parts = /^(?:(\d{1,7}|\d{1,3}(?:,\d{3})+)\s*)?(k|m|thousand|million)?\s*tokens?$/i.exec(unit.trim());
  return parts ? blockOf(parts[1], parts[2]) : null;
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

const direction =
  /[\s_:.-]*\b(?:(?:cached|cache|cd|batch|prompt|completion|read|write|wr|input|inp|output|outp|opt)(?:[\s_-]|$))+.*$/i;

/**
 * A model's name out of a meter text, by taking off what frames it: `Azure OpenAI - gpt-4o-0806-Inp-glbl Tokens`
 * gives `gpt-4o-0806`, `USE1-NovaLite-input-tokens` gives `NovaLite`. Null when nothing is left.
 */
export function modelOfMeter(text: string): string | null {
  if (!/token/i.test(text)) return null;
  const bare = text.replace(/^Azure OpenAI\s*-\s*/i, '').replace(/^[A-Z]{2,4}\d-/, '');
  const cut = bare.replace(direction, '').trim();
  return cut === '' || cut === bare || /^\$|^\d[\d.]*$|\||\bmillion$/i.test(cut) ? null : cut;
}
