import type { PriceFacts } from '../record.ts';
import type { TokenPart } from './meter-words.ts';

export interface GoogleSku {
  readonly model: string | null;
  /** The kind of tokens one unit is; null where it is none, as for storage, searches and Vertex AI's own SKUs. */
  readonly part: TokenPart | null;
  readonly priceFacts: PriceFacts | null;
}

const families = /\b(?:gemini|gemma|imagen|veo|lyria|claude|mistral|llama|text-embedding)\b/;
/** Words behind a model's name: its tier of prompt, the direction, the modality, how it is served. */
const framing = new Set(
  [
    'short long input output cached text image audio video thinking non-thinking batch flex priority caching',
    'ga global regional predictions storage token tokens count -',
  ].flatMap((line) => line.split(' ')),
);

/**
 * What a SKU of Google Cloud stands for, by its description (observed 2026): `Generate content output token count
 * gemini 2.5 flash short input text` is output, because the direction is the word before "token count". Only such
 * SKUs count tokens; Vertex AI's call their unit "count" whatever it is.
 */
export function googleSku(description: string): GoogleSku {
  const text = description.toLowerCase().replaceAll('_', ' ').replace('native audio', 'native-audio');
  const direction = /\b(cached )?(input|output) token count\b/.exec(text);
  const isStored = /\bstorage\b/.test(text);
  const start = text.search(families);
  return {
    model: start < 0 ? null : modelIn(text.slice(start)),
    part: direction === null || isStored ? null : partOf(direction, text),
    priceFacts: start < 0 ? null : priceFactsIn(text.slice(start)),
  };
}

function partOf([, cached, side]: readonly (string | undefined)[], text: string): TokenPart {
  if (side === 'output') return 'output';
  return cached !== undefined || /\bcaching\b/.test(text) ? 'cacheRead' : 'input';
}

/** Every such SKU ends in a modality, so where two follow a model, the first is part of its name. */
function modelIn(text: string): string | null {
  const words = text
    .replaceAll(/[(),]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const end = words.findIndex((word) => framing.has(word));
  const name = end < 0 ? words : words.slice(0, end);
  const isOfModel =
    words[end] === 'image' && words.slice(end + 1).some((word) => /^(?:text|image|audio|video)$/.test(word));
  if (isOfModel) name.push('image');
  return name.length < 2 && !/\d/.test(name[0] ?? '') ? null : name.join('-');
}

function priceFactsIn(text: string): PriceFacts | null {
  const words = text.split(/[^a-z-]+/);
  const serviceTier = ['batch', 'flex', 'priority'].find((tier) => words.includes(tier));
  const longContext = words.includes('long') || (words.includes('short') ? false : undefined);
  if (serviceTier === undefined && longContext === undefined) return null;
  return {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(longContext !== undefined && { longContext }),
  };
}
