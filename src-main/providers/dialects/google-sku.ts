import { noTokens, type PriceFacts, type Tokens } from '../../platform/record.ts';

const families = /\b(?:gemini|gemma|imagen|veo|lyria|claude|mistral|llama|text-embedding)\b/;
/** Words behind a model's name: its tier of prompt, the direction, the modality, how it is served. */
const framing = new Set(
  'short long input output cached text image audio video thinking non-thinking batch flex priority caching ga global regional predictions storage token tokens count -'.split(
    ' ',
  ),
);

export interface Sku {
  readonly model: string | null;
  /** What one unit is, where the SKU counts tokens. */
  readonly part: 'input' | 'output' | 'cacheRead' | null;
  readonly priceFacts: PriceFacts | null;
}

/**
 * What a SKU of Google Cloud stands for, by its description (observed 2026): `Generate content output token count gemini
 * 2.5 flash short input text` is output. Says the same as the importer of the exported table, so that both agree.
 */
export function skuOf(description: string): Sku {
  const text = description.toLowerCase().replaceAll('_', ' ').replace('native audio', 'native-audio');
  const direction = /\bstorage\b/.test(text) ? null : /\b(cached )?(input|output) token count\b/.exec(text);
  return {
    model: modelIn(text),
    part: direction === null ? null : partOf(direction, text),
    priceFacts: priceFactsIn(text.slice(Math.max(0, text.search(families)))),
  };
}

function partOf([, cached, side]: readonly (string | undefined)[], text: string): Sku['part'] {
  if (side === 'output') return 'output';
  return cached !== undefined || /\bcaching\b/.test(text) ? 'cacheRead' : 'input';
}

/** Every such SKU ends in a modality, so where two follow a model, the first is part of its name. */
function modelIn(text: string): string | null {
  const start = text.search(families);
  if (start < 0) return null;
  const words = text
    .slice(start)
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

/** Tokens of a quantity of a SKU, whose unit must be a mere count. */
export function tokensOfSku({ part }: Sku, quantity: unknown, unit: string): Tokens {
  const count = Math.round(Number(quantity));
  const isCount = unit === '' || /^(?:count|requests)$/i.test(unit);
  return part === null || !isCount || !Number.isSafeInteger(count) || count < 0
    ? noTokens
    : { ...noTokens, [part]: count };
}
