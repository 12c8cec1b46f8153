import type {
  BalanceAmount,
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountText, negated, sumText, unitPlaces } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { deepInfraCost } from './dialects/calls/stated-cost.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { type DayFound, merged, monthStart, readDaily } from './dialects/daily.ts';
import { bucketKey, dayMs, momentOf, startOfDay } from './dialects/days.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'DeepInfra', headers: bearer('apiKey', 'API key') });
const native = 'https://api.deepinfra.com';

const calls = compatibleCalls({
  label: 'DeepInfra',
  headers: bearer('apiKey', 'API key'),
  costOf: deepInfraCost,
});

/** DeepInfra (docs.deepinfra.com, "usage-tokens", 2026): bills by model with the normal key, in cents. */
export const deepinfra = {
  spec: 1,
  id: 'deepinfra',
  label: 'DeepInfra',
  vendor: 'deepinfra',
  kind: 'vendor',
  docUrl: 'https://deepinfra.com/docs',
  keyUrl: 'https://deepinfra.com/dash/api_keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: `${native}/v1/openai`,
  hasOwnBase: false,
  hosts: [native],
  fields: [
    apiKeyField({
      help: 'Made at deepinfra.com > Dashboard > API keys. A normal key can also read the billing; a scoped one cannot.',
      env: ['DEEPINFRA_API_KEY', 'DEEPINFRA_TOKEN'],
    }),
  ],
  missing: [],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Billed usage',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      needs: ['apiKey'],
      windowDays: 31,
      lookBackDays: 90,
      trailingDays: 3,
      everyMinutes: 180,
      accuracy:
        'What DeepInfra charges by model and UTC day, in whole cents and fractions of them, without tokens. Where it only states a month, the month stands as a whole.',
      read: readUsage,
    },
  ],
  balance,
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const key = await checkOf(['calls', 'models'], async () => {
    await api.get(context, `${native}/v1/me`);
    return 'DeepInfra accepts the key.';
  });
  const billing = await checkOf(['costs', 'balance'], async () => {
    await checklist(context);
    return 'The key may read the billing of the account.';
  });
  return [...key, ...billing];
}

/** Prices are USD per million tokens. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id, metadata }) => {
    const facts = fieldsOf(metadata);
    const pricing = fieldsOf(facts.pricing);
    const [input, output] = [amountText(pricing.input_tokens), amountText(pricing.output_tokens)];
    const cacheRead = amountText(pricing.cache_read_tokens);
    return plainModel({
      id,
      contextTokens: countOf(facts.context_length),
      maxOutputTokens: countOf(facts.max_tokens),
      price:
        input === null && output === null
          ? null
          : {
              ...(input !== null && { input }),
              ...(output !== null && { output }),
              ...(cacheRead !== null && { cacheRead }),
            },
    });
  });
}

async function readUsage(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  return readDaily(request, 7, async (day) => {
    const query = { from: day / 1000, to: (day + dayMs) / 1000 - 1 };
    const { months } = fieldsOf((await api.get(context, `${native}/payment/usage`, { query })).json);
    if (!Array.isArray(months)) throw api.bad('the months are missing');
    return itemsOf(rowsOf(months), day);
  });
}

/**
 * The items of one day. That a day can be asked for is inferred, not documented: an item that stands for more than the
 * day is a month's, and then the rest of that month need not be asked.
 */
function itemsOf(months: readonly Fields[], day: number): DayFound {
  const records: ImportedRecord[] = [];
  const problems: CostPage['problems'][number][] = [];
  let next = day + dayMs;
  for (const month of months)
    for (const item of rowsOf(month.items)) {
      const span = spanOf(item, month, day);
      if (span === null) continue;
      const value = amountText(item.cost, unitPlaces.cents);
      if (value === null)
        problems.push({ reason: 'the item has no cost', raw: JSON.stringify(item).slice(0, 500) });
      else if (value !== '0') records.push(recordOf(item, span, value));
      if (span.grain === 'month') next = Math.max(next, monthStart(span.at, 1));
    }
  return { records: merged(records), problems, next };
}

interface Span {
  readonly at: number;
  readonly grain: 'day' | 'month';
}

/** Null for an item of another day. */
function spanOf(item: Fields, month: Fields, day: number): Span | null {
  const { fr, to } = fieldsOf(item.interval ?? month.interval);
  const [start, end] = [momentOf(fr), momentOf(to)];
  if (start === null || end === null) return { at: day, grain: 'day' };
  if (end - start > dayMs) return { at: monthStart(start), grain: 'month' };
  return startOfDay(start) === day ? { at: day, grain: 'day' } : null;
}

function recordOf(item: Fields, { at, grain }: Span, value: string): ImportedRecord {
  const model = fieldsOf(item.model);
  const names = [model.provider, model.model_name].flatMap((name) => textOf(name) ?? []);
  const [task, pricing] = [textOf(model.task) ?? '', textOf(item.pricing_type) ?? ''];
  return {
    key: bucketKey([at, grain, names.join('/'), task, textOf(model.plan_id), pricing]),
    at,
    grain,
    cut: `by ${grain}`,
    provider: 'deepinfra',
    model: names.length > 0 ? names.join('/') : null,
    requests: 0,
    tokens: noTokens,
    amount: { value, currency: 'USD' },
    extras: { ...(task !== '' && { task }), ...(pricing !== '' && { pricing }) },
  };
}

async function checklist(context: ProviderContext): Promise<Fields> {
  const { json } = await api.get(context, `${native}/payment/checklist`, { query: { compute_owed: 'true' } });
  return fieldsOf(json);
}

/** `stripe_balance` is what is owed, so prepaid credit is negative; `recent` is spend without an invoice yet. Both USD. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  const { stripe_balance, recent } = await checklist(context);
  const [owed, open] = [amountText(stripe_balance), amountText(recent ?? 0)];
  if (owed === null || open === null) throw api.bad('the balance is no amount');
  const usd = (value: string) => ({ value, currency: 'USD' });
  return [
    {
      available: usd(negated(sumText([owed, open]))),
      parts: [
        { label: owed.startsWith('-') || owed === '0' ? 'Prepaid' : 'Owed', amount: usd(negated(owed)) },
        { label: 'Not yet invoiced', amount: usd(negated(open)) },
      ],
    },
  ];
}
