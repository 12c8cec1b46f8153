import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import { decimalText, multiply, parseDecimal } from '../platform/money.ts';
import { type Amount, noTokens, type Tokens } from '../platform/record.ts';
import { bucketKey, withoutBlanks } from './dialects/columns.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  listOf,
  numberIn,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { parseMoney, parseQuantity } from './dialects/numbers.ts';

/**
 * A month of Mistral's usage, as its Admin API and its console answer (GET /v1/admin/usage; a recorded answer in
 * steipete/CodexBar Tests/CodexBarTests/MistralUsageParserTests.swift, 2026): quantities by day, and prices per unit
 * beside them. Input leaves out cached tokens, which have a list of their own.
 */
export const mistralUsage = {
  spec: 1,
  kind: 'log',
  id: 'mistral-usage',
  label: 'Mistral usage (JSON)',
  vendor: 'mistral',
  vendorLabel: 'Mistral',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What Mistral bills: the units it charges times its own prices, before tax, often in EUR. Days of the running month may still grow.',
  howToGet:
    'Save the answer of GET https://api.mistral.ai/v1/admin/usage?month=7&year=2026 (admin key) as .json, one file per month.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises: (head) => {
    const keys = firstKeys(head);
    return keys.has('completion') && (keys.has('vibe_usage') || head.includes('"billing_group"'));
  },
  needles: [],
  readDocument,
} as const satisfies LogImporter;

const covered: RowOutcome = {
  kind: 'skip',
  reason: 'usage of a Mistral plan, which costs nothing by the unit',
};

function* readDocument(text: string): Generator<Read, void> {
  const month = parseFields(text);
  if (month === null)
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const reader = openFields();
  const context = { currency: currencyOf(month), priceOf: openPrices(month), keyOf: bucketKey };
  for (const found of entriesIn(month, []))
    yield { line: 0, outcome: reader.read(() => recordOf(found, context, reader)) };
  if (numberIn(month.vibe_usage) > 0) yield { line: 0, outcome: covered };
}

interface Found {
  readonly entry: Fields;
  /** Names on the way to it: `completion`, `models`, `<alias>::<id>`, `input`. */
  readonly path: readonly string[];
}

/** Quantities wherever they stand: Mistral adds products, each with lists of its own. */
function* entriesIn(value: unknown, path: readonly string[]): Generator<Found, void> {
  if (Array.isArray(value)) {
    for (const entry of listOf(value).map(fieldsOf))
      if (entry?.billing_metric !== undefined && 'timestamp' in entry) yield { entry, path };
    return;
  }
  for (const [name, inner] of Object.entries(fieldsOf(value) ?? {})) yield* entriesIn(inner, [...path, name]);
}

interface Context {
  readonly currency: string | null;
  readonly priceOf: (entry: Fields) => string | null;
  readonly keyOf: (dimensions: readonly string[]) => string;
}

function recordOf({ entry, path }: Found, context: Context, reader: FieldReader): RowOutcome {
  const [metric, group] = [textOf(entry.billing_metric) ?? '', textOf(entry.billing_group) ?? ''];
  const list = path.at(-1) ?? '';
  const tokens = tokensOf(entry, path, reader);
  const amount = amountOf(entry, context, reader);
  if (amount === null && tokens === noTokens)
    return { kind: 'refuse', reason: `no price is stated for ${metric} ${group}`.slice(0, 150) };
  const named = path
    .find((name) => name.includes('::'))
    ?.split('::')
    .at(-1);
  const stamp = textOf(entry.timestamp) ?? '';
  return {
    kind: 'record',
    record: {
      key: context.keyOf([...path, metric, group, textOf(entry.event_type) ?? '', stamp]),
      at: reader.moment(`${stamp.slice(0, 10)}T00:00:00Z`),
      grain: 'day',
      provider: 'mistral',
      model: named || metric || null,
      requests: 0,
      tokens,
      ...(amount === null ? { evidence: 'recorded' } : { amount }),
      extras: withoutBlanks({
        product:
          path[0] === 'completion'
            ? ''
            : path
                .filter((name) => name !== 'models')
                .slice(0, 2)
                .join(' '),
        quantity: tokens === noTokens ? keyText(entry.value ?? '') : '',
        kind: list,
      }),
    },
  };
}

const parts: ReadonlyMap<string, 'input' | 'output' | 'cacheRead'> = new Map([
  ['input', 'input'],
  ['output', 'output'],
  ['cached', 'cacheRead'],
]);

/** Only what is counted in tokens: pages, seconds and connector calls have the same lists. */
function tokensOf(entry: Fields, path: readonly string[], reader: FieldReader): Tokens {
  const part = parts.get(path.at(-1) ?? '') ?? parts.get(textOf(entry.billing_group) ?? '');
  const isTokens = /token/i.test(textOf(entry.event_type) ?? path[0]?.replace('completion', 'tokens') ?? '');
  return part === undefined || !isTokens ? noTokens : { ...noTokens, [part]: reader.count(entry, 'value') };
}

/** Paid units times the price per unit, exact; null where no price is stated. Free units need none. */
function amountOf(entry: Fields, { currency, priceOf }: Context, reader: FieldReader): Amount | null {
  const units = decimalIn(entry.value_paid ?? entry.value);
  if (units === null || units.units < 0n) {
    reader.refuse('value_paid is no quantity');
    return null;
  }
  if (currency === null) reader.refuse('the file states no currency');
  const price = units.units === 0n ? '0' : priceOf(entry);
  const each = price === null ? null : parseDecimal(price);
  if (each === null) return null;
  const cell = parseMoney(decimalText(multiply(units, each)), '.', currency ?? 'EUR');
  if (cell.kind !== 'value') reader.refuse('the amount is too large');
  return cell.kind === 'value' ? { value: cell.value, currency: currency ?? 'EUR' } : null;
}

function decimalIn(value: unknown) {
  return typeof value === 'number' || typeof value === 'string' ? parseDecimal(String(value)) : null;
}

function currencyOf(month: Fields): string | null {
  const code = (textOf(month.currency) ?? '').toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** Prices by metric and group. Where one has two prices, the file does not tell which units cost which: none is known. */
function openPrices(month: Fields): (entry: Fields) => string | null {
  const prices = new Map<string, string | null>();
  for (const row of listOf(month.prices).map(fieldsOf)) {
    const cell = parseQuantity(keyText(row?.price ?? ''), '.');
    if (row === undefined || cell.kind !== 'value' || cell.value.startsWith('-')) continue;
    for (const name of [priceName(row), priceName({ ...row, event_type: null })])
      prices.set(name, prices.has(name) && prices.get(name) !== cell.value ? null : cell.value);
  }
  return (entry) =>
    prices.get(priceName(entry)) ?? prices.get(priceName({ ...entry, event_type: null })) ?? null;
}

function priceName(row: Fields): string {
  return JSON.stringify([row.event_type ?? null, row.billing_metric ?? null, row.billing_group ?? null]);
}
