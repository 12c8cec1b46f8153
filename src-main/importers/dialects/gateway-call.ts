import { decimalText, multiply, parseDecimal } from '../../platform/money.ts';
import type { Amount, Tokens } from '../../platform/record.ts';
import { noTokens } from '../../platform/record.ts';
import { type FieldReader, type Fields, fieldsOf, textOf } from './json-fields.ts';
import { parseMoney, quoted } from './numbers.ts';

/** A cost in a JSON number or its text, exact; null where there is none. Refuses the row for anything else. */
export function statedCost(fields: Fields, name: string, reader: FieldReader): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const cell = parseMoney(text, '.', 'USD');
  const decimal = cell.kind === 'value' ? parseDecimal(cell.value) : null;
  // One amount has one text, whatever file form it came in: `0.011700` in a CSV is `0.0117` in JSON.
  if (decimal !== null && decimal.units >= 0n) return decimalText(decimal);
  const why = cell.kind === 'unreadable' ? cell.reason : `${quoted(JSON.stringify(value))} is no amount`;
  reader.refuse(`${name} ${cell.kind === 'value' ? `${quoted(text)} is negative` : why}`);
  return null;
}

const hundredth = { units: 1n, scale: 2 };

/** Cents as whole units of the currency, exact. */
export function fromCents(cents: string): string {
  const decimal = parseDecimal(cents);
  return decimal === null ? cents : decimalText(multiply(decimal, hundredth));
}

/** A cost of nothing for tokens that were used means that the gateway knows no price: the call is then priced here. */
export function amountOf(value: string | null, tokens: Tokens): { readonly amount?: Amount } {
  const isUsed = tokens.input + tokens.cacheRead + tokens.output + tokens.cacheWriteUnknown > 0;
  if (value === null || (isUsed && !/[1-9]/.test(value))) return {};
  return { amount: { value, currency: 'USD' } };
}

/** What a call the gateway answered from its own cache cost: nothing, and no vendor saw a token of it. */
export const servedFromCache = {
  status: 'cached',
  tokens: noTokens,
  amount: { value: '0', currency: 'USD' },
} as const;

export interface PromptParts {
  readonly prompt: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** All tokens as stated; 0 where not. */
  readonly total: number;
  /** The vendor is known to state cached tokens beside the prompt. */
  readonly isBeside: boolean;
}

/**
 * Disjoint tokens of a call. Whether the prompt holds the cached tokens depends on the vendor behind the gateway; a
 * total that holds them on top proves that it does not. Refuses the row when the parts do not fit.
 */
export function splitPrompt(parts: PromptParts, reader: FieldReader): Tokens {
  const { prompt, output, cacheRead, cacheWrite, total } = parts;
  const cached = cacheRead + cacheWrite;
  const isBeside = parts.isBeside || total === prompt + output + cached;
  const input = isBeside ? prompt : prompt - cached;
  if (input < 0) reader.refuse('more cached tokens than prompt tokens');
  return { ...noTokens, input: Math.max(0, input), cacheRead, cacheWriteUnknown: cacheWrite, output };
}

const bareTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/;

/** A time as databases print it: a space for the T, and UTC where no zone is said. */
export function utcMoment(value: unknown, reader: FieldReader): number {
  const [, date, time, zone = 'Z'] = bareTime.exec(textOf(value) ?? '') ?? [];
  return reader.moment(date === undefined ? value : `${date}T${time}${zone}`);
}

/** An object that may be written as JSON text. */
export function nestedFields(value: unknown): Fields | undefined {
  const text = textOf(value);
  if (text === undefined) return fieldsOf(value);
  if (!text.startsWith('{')) return undefined;
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The project among the labels people put on calls: the first of `project` and `app`, whatever the case. */
export function projectLabel(labels: Fields | undefined): string | null {
  for (const wanted of ['project', 'app', 'application']) {
    const found = Object.entries(labels ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
    const label = textOf(found);
    if (label !== undefined) return label.slice(0, 200);
  }
  return null;
}
