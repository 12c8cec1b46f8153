import { decimalText, multiply, parseDecimal } from '../../platform/money.ts';
import type { VendorModel, VendorPrice } from '../../platform/provider.ts';
import { amountText, negated, perMillion, sumText } from '../dialects/amount.ts';
import { momentOf } from '../dialects/days.ts';
import { countOf, type Fields, fieldsOf, listOf, rowsOf, textOf } from '../dialects/json.ts';
import { plainModel } from '../dialects/models.ts';

/** A model of OpenRouter's list, with its prices. */
export function modelOf(row: Fields & { readonly id: string }): VendorModel {
  return plainModel({
    id: row.id,
    label: textOf(row.name),
    kind: kindOf(fieldsOf(row.architecture)),
    contextTokens: countOf(row.context_length) || null,
    maxOutputTokens: countOf(fieldsOf(row.top_provider).max_completion_tokens) || null,
    price: priceOf(fieldsOf(row.pricing)),
    retiresAt: momentOf(row.expiration_date),
  });
}

function kindOf({ output_modalities }: Fields): VendorModel['kind'] {
  const out = listOf(output_modalities);
  if (out.length === 0 || out.includes('text')) return 'chat';
  if (out.some((kind) => /embed/.test(String(kind)))) return 'embedding';
  if (out.includes('rerank')) return 'rerank';
  return out.includes('image') ? 'image' : out.includes('audio') ? 'audio' : 'other';
}

/** USD per token as USD per million, less the discount; a router that picks among models has no price of its own (-1). */
function priceOf(pricing: Fields): VendorPrice | null {
  const factor = factorOf(pricing.discount);
  const price = (value: unknown, name: string) => {
    const text = perMillion(value);
    return text === null ? {} : { [name]: times(text, factor) };
  };
  const request = amountText(pricing.request);
  const note = noteOf(pricing);
  const found: VendorPrice = {
    ...price(pricing.prompt, 'input'),
    ...price(pricing.completion, 'output'),
    ...price(pricing.input_cache_read, 'cacheRead'),
    ...price(pricing.input_cache_write, 'cacheWrite5m'),
    ...price(pricing.input_cache_write_1h, 'cacheWrite1h'),
    ...(request !== null &&
      request !== '0' &&
      !request.startsWith('-') && { request: times(request, factor) }),
    ...(note !== '' && { note }),
  };
  return found.input === undefined && found.output === undefined ? null : found;
}

function factorOf(discount: unknown): string {
  const text = amountText(discount);
  return text === null ? '1' : sumText(['1', negated(text)]);
}

function times(a: string, b: string): string {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left === null || right === null ? a : decimalText(multiply(left, right));
}

const otherPrices: readonly (readonly [string, string])[] = [
  ['image', 'an image in'],
  ['image_output', 'an image out'],
  ['web_search', 'a web search'],
];

/** What the figures leave open: other prices for long prompts or hours of the day, and what is paid by piece. */
function noteOf(pricing: Fields): string {
  const pieces = otherPrices.flatMap(([name, what]) => {
    const text = amountText(pricing[name]);
    return text === null || text === '0' || text.startsWith('-') ? [] : [`$${text} for ${what}`];
  });
  return [...rowsOf(pricing.overrides).flatMap(overrideText), ...pieces].join('; ');
}

function overrideText(override: Fields): string[] {
  const over = countOf(override.min_prompt_tokens);
  const [start, end] = [countOf(override.utc_start), countOf(override.utc_end)];
  const [input, output] = [perMillion(override.prompt), perMillion(override.completion)];
  const when = [
    ...(over === null ? [] : [`prompts over ${over.toLocaleString('en')} tokens`]),
    ...(start === null || end === null ? [] : [`${clock(start)} to ${clock(end)} UTC`]),
    ...(listOf(override.utc_days).length === 0 ? [] : [`some days of the week`]),
  ];
  if (when.length === 0 || (input === null && output === null)) return [];
  const prices = [
    ...(input === null ? [] : [`$${input} in`]),
    ...(output === null ? [] : [`$${output} out`]),
  ];
  return [`${when.join(', ')}: ${prices.join(', ')} per million`];
}

/** 930 is 09:30. */
function clock(hhmm: number): string {
  const text = String(hhmm).padStart(4, '0');
  return `${text.slice(0, 2)}:${text.slice(2)}`;
}
