import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import { decimalText, multiply, parseDecimal } from '../platform/money.ts';
import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens, type Tokens } from '../platform/record.ts';
import { amountText } from './dialects/amount.ts';
import { mistralCalls } from './dialects/calls/packages.ts';
import { checkSecret } from './dialects/check.ts';
import { bearer, secretHeader } from './dialects/credentials.ts';
import { merged, monthStart } from './dialects/daily.ts';
import { bucketKey, momentOf, startOfDay } from './dialects/days.ts';
import { apiKeyField, secretField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'Mistral', headers: bearer('apiKey', 'API key') });
const admin = openApi({ label: 'Mistral', headers: secretHeader('x-api-key', 'adminKey', 'admin key') });
const adminBearer = openApi({ label: 'Mistral', headers: bearer('adminKey', 'admin key') });

const calls = mistralCalls({ label: 'Mistral' });

/** Mistral (mistralai/platform-docs-public, 2026-08): the Admin API with usage is a preview for Enterprise plans. */
export const mistral = {
  spec: 1,
  id: 'mistral',
  label: 'Mistral',
  vendor: 'mistral',
  kind: 'vendor',
  docUrl: 'https://docs.mistral.ai',
  keyUrl: 'https://console.mistral.ai/api-keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.mistral.ai/v1',
  hasOwnBase: false,
  hosts: [],
  fields: [
    apiKeyField({
      required: false,
      help: 'Made at console.mistral.ai > API keys. Any key will do.',
      neededFor: ['calls', 'models'],
      env: ['MISTRAL_API_KEY'],
    }),
    secretField({
      name: 'adminKey',
      label: 'Admin key (Enterprise plan only)',
      required: false,
      help: 'Made at backoffice.mistral.ai by an administrator, one per organisation. On other plans there is none: leave it out.',
      neededFor: ['costs'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Mistral has no API for credit.',
      instead:
        'See admin.mistral.ai > Billing. Without an Enterprise plan, save the usage of a month there and import it.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'usage',
      label: 'Usage at Mistral’s prices',
      evidence: 'billed',
      coverage: 'account',
      usage: 'tokens',
      needs: ['adminKey'],
      windowDays: 31,
      lookBackDays: 365,
      trailingDays: 3,
      everyMinutes: 180,
      accuracy:
        'The units Mistral charges times the prices it states beside them, before tax, often in EUR. Days of the running month may still grow.',
      read: readMonths,
    },
  ],
  parameters: z.strictObject({
    safePrompt: z.boolean().optional(),
    reasoningEffort: z.enum(['none', 'low', 'medium', 'high', 'max']).optional(),
    parallelToolCalls: z.boolean().optional(),
    promptCacheKey: z.string().max(200).optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [
    ...(await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
      await api.get(context, '/models');
      return 'Mistral accepts the API key.';
    })),
    ...(await checkSecret(context, { secret: 'adminKey', serves: ['costs'] }, async () => {
      await monthOf(context, context.clock.now());
      return 'Mistral accepts the admin key and shows the usage of this month.';
    })),
  ];
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id, name, max_context_length, deprecation, capabilities }) => {
    const can = fieldsOf(capabilities);
    return plainModel({
      id,
      label: textOf(name),
      contextTokens: countOf(max_context_length),
      retiresAt: momentOf(deprecation),
      ...(can.completion_chat === true && { kind: 'chat' as const }),
    });
  });
}

/** The guide says `x-api-key`, the specification says Bearer: the second is tried where the first is not taken. */
async function monthOf(context: ProviderContext, at: number): Promise<Fields> {
  const date = new Date(at);
  const options = {
    query: { month: date.getUTCMonth() + 1, year: date.getUTCFullYear() },
    notEnabled: 'The Admin API is part of Mistral’s Enterprise plan.',
  };
  const { json } = await admin.get(context, '/admin/usage', options).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'INVALID_KEY')
      return adminBearer.get(context, '/admin/usage', options);
    throw error;
  });
  return fieldsOf(json);
}

/** One page per month. */
async function readMonths({ from, to, cursor }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const start = cursor === null ? from : Number(cursor);
  const month = await monthOf(context, start);
  const currency = (textOf(month.currency) ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw admin.bad('the currency is missing');
  const next = monthStart(start, 1);
  const problems: CostPage['problems'][number][] = [];
  const priceOf = openPrices(rowsOf(month.prices));
  const records = [...entriesIn(month, [])].flatMap((found) => {
    const record = recordOf(found, { currency, priceOf, month: monthStart(start) });
    if (typeof record !== 'string')
      return record.grain === 'month' || (record.at >= from && record.at < to) ? [record] : [];
    problems.push({ reason: record, raw: JSON.stringify(found.entry).slice(0, 500) });
    return [];
  });
  return { records: merged(records), problems, cursor: next < to ? String(next) : null, asOf: null };
}

interface Found {
  readonly entry: Fields;
  /** Names on the way to it: `completion`, `models`, `<alias>::<id>`, `input`. */
  readonly path: readonly string[];
}

/** Quantities wherever they stand: Mistral adds products, each with lists of its own. */
function* entriesIn(value: unknown, path: readonly string[]): Generator<Found, void> {
  if (path[0] === 'prices') return;
  if (Array.isArray(value)) {
    for (const entry of rowsOf(listOf(value)))
      if (entry.value !== undefined || entry.value_paid !== undefined) yield { entry, path };
    return;
  }
  for (const [name, inner] of Object.entries(fieldsOf(value))) yield* entriesIn(inner, [...path, name]);
}

interface Month {
  readonly currency: string;
  readonly priceOf: (entry: Fields) => string | null;
  readonly month: number;
}

/** A record, or why there is none. */
function recordOf({ entry, path }: Found, { currency, priceOf, month }: Month): ImportedRecord | string {
  const [metric, group] = [textOf(entry.billing_metric) ?? '', textOf(entry.billing_group) ?? ''];
  const tokens = tokensOf(entry, path);
  const units = parseDecimal(amountText(entry.value_paid ?? entry.value) ?? '');
  if (units === null || units.units < 0n) return 'value_paid is no quantity';
  const price = units.units === 0n ? '0' : priceOf(entry);
  const each = price === null ? null : parseDecimal(price);
  if (each === null && tokens === noTokens) return `no price is stated for ${metric} ${group}`.slice(0, 150);
  const moment = momentOf(textOf(entry.timestamp)?.slice(0, 10));
  const [at, grain] = moment === null ? ([month, 'month'] as const) : ([startOfDay(moment), 'day'] as const);
  const named = path
    .find((name) => name.includes('::'))
    ?.split('::')
    .at(-1);
  const modelled = path[path.indexOf('models') + 1];
  return {
    key: bucketKey([
      at,
      grain,
      ...path,
      metric,
      group,
      textOf(entry.event_type),
      textOf(entry.api_zone),
      textOf(entry.service_tier),
    ]),
    at,
    grain,
    provider: 'mistral',
    model: named ?? (metric || (path.includes('models') ? (modelled ?? null) : null)),
    requests: 0,
    tokens,
    ...(each === null
      ? { evidence: 'recorded' as const }
      : { amount: { value: decimalText(multiply(units, each)), currency } }),
    extras: { product: path[0] ?? '', kind: path.at(-1) ?? '' },
  };
}

const parts: ReadonlyMap<string, 'input' | 'output' | 'cacheRead'> = new Map([
  ['input', 'input'],
  ['output', 'output'],
  ['cached', 'cacheRead'],
]);

/** Only what is counted in tokens: pages, seconds and connector calls have the same lists. */
function tokensOf(entry: Fields, path: readonly string[]): Tokens {
  const part = parts.get(path.at(-1) ?? '') ?? parts.get(textOf(entry.billing_group) ?? '');
  const isTokens = /token/i.test(textOf(entry.event_type) ?? path[0]?.replace('completion', 'tokens') ?? '');
  const count = countOf(entry.value);
  return part === undefined || !isTokens || count === null ? noTokens : { ...noTokens, [part]: count };
}

/** A price by all that tells prices apart; null where the answer states none, or two for the same units. */
function openPrices(rows: readonly Fields[]): (entry: Fields) => string | null {
  const dimensions = ['event_type', 'billing_metric', 'billing_group', 'api_zone', 'service_tier'];
  return (entry) => {
    // Entries need not name what does not change their price.
    const fitting = rows.filter((row) =>
      dimensions.every((name) => entry[name] == null || row[name] == null || entry[name] === row[name]),
    );
    const prices = new Set(fitting.map((row) => amountText(row.price)));
    const [only] = prices;
    return prices.size === 1 && only !== undefined && !only?.startsWith('-') ? only : null;
  };
}
