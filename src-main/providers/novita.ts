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
import { amountOf, amountText, negated, unitPlaces } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { merged } from './dialects/daily.ts';
import { bucketKey, momentOf, startOfDay } from './dialects/days.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { kindOf, listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Novita', headers: bearer('apiKey', 'API key') });
const billing = 'https://api.novita.ai/openapi/v1/billing';

const calls = compatibleCalls({ label: 'Novita', headers: bearer('apiKey', 'API key') });

/** Novita AI (novita.ai/docs, "User Balance Info" and "Query Usage-Based Billing", 2026): money in 1/10,000 USD. */
export const novita = {
  spec: 1,
  id: 'novita',
  label: 'Novita AI',
  vendor: 'novita',
  kind: 'vendor',
  docUrl: 'https://novita.ai/docs',
  keyUrl: 'https://novita.ai/settings/key-management',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.novita.ai/openai/v1',
  hasOwnBase: false,
  hosts: ['https://api.novita.ai'],
  fields: [
    apiKeyField({
      help: 'Made at novita.ai > Settings > Key management. Any key can read the bill and the balance.',
      prefix: 'sk_',
      env: ['NOVITA_API_KEY'],
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
        'What Novita charges for models by day, without tokens. Its answer is not fully documented: rows without an amount are shown as problems, not guessed.',
      read: readBill,
    },
  ],
  balance,
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  // The list of models is public, so it proves nothing.
  return checkOf(['calls', 'models', 'costs', 'balance'], async () => {
    await balanceOf(context);
    return 'Novita accepts the key and shows the balance.';
  });
}

/** Prices are in 1/10,000 USD per million tokens. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map((row) => {
    const input = amountText(row.input_token_price_per_m, unitPlaces.tenThousandths);
    const output = amountText(row.output_token_price_per_m, unitPlaces.tenThousandths);
    return plainModel({
      id: row.id,
      label: textOf(row.title),
      kind: row.model_type === 'chat' ? 'chat' : kindOf(row.id),
      contextTokens: countOf(row.context_size),
      maxOutputTokens: countOf(row.max_output_tokens),
      price:
        input === null && output === null ? null : { ...(input && { input }), ...(output && { output }) },
    });
  });
}

async function readBill({ from, to }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { json } = await api.get(context, `${billing}/bill/list`, {
    query: { cycleType: 'Day', productCategory: 'llm', startTime: from / 1000, endTime: to / 1000 },
  });
  const rows = billRows(json);
  if (rows === null) throw api.bad('the list of bills is missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rows.flatMap((row) => {
    const record = recordOf(row);
    if (typeof record === 'string') problems.push({ reason: record, raw: JSON.stringify(row).slice(0, 500) });
    return typeof record === 'object' && record.at >= from && record.at < to ? [record] : [];
  });
  const total = countOf(fieldsOf(json).total);
  if (total !== null && total > rows.length)
    problems.push({
      reason: `Novita sent ${rows.length} of ${total} rows: these days are too low`,
      raw: null,
    });
  return { records: merged(records), problems, cursor: null, asOf: null };
}

/** The rows, under whatever name: the first list in the answer or one level below. */
function billRows(json: unknown): readonly Fields[] | null {
  if (Array.isArray(json)) return rowsOf(json);
  const inner = Object.values(fieldsOf(json));
  const list = [...inner, ...inner.flatMap((value) => Object.values(fieldsOf(value)))].find(Array.isArray);
  if (list !== undefined) return rowsOf(list);
  return inner.length > 0 && inner.every((value) => value === null || countOf(value) === 0) ? [] : null;
}

function recordOf(row: Fields): ImportedRecord | string {
  const at = momentOf(row.startTime ?? row.start_time ?? row.date);
  if (at === null) return 'the row has no time';
  const amount = amountOf(row.payAmountDisplay, 0, textOf(row.currency) ?? 'USD');
  if (amount === null) return 'the row has no payAmountDisplay';
  const model = [row.modelName, row.model, row.productName].map(textOf).find((name) => name !== null) ?? null;
  const category = textOf(row.productCategory) ?? '';
  const item = textOf(row.billingItem) ?? textOf(row.skuName) ?? '';
  return {
    key: bucketKey([startOfDay(at), model, category, item]),
    at: startOfDay(at),
    grain: 'day',
    provider: 'novita',
    model,
    requests: 0,
    tokens: noTokens,
    amount,
    extras: { ...(category !== '' && { category }), ...(item !== '' && { item }) },
  };
}

async function balanceOf(context: ProviderContext): Promise<Fields> {
  const answer = fieldsOf((await api.get(context, `${billing}/balance/detail`)).json);
  return 'availableBalance' in answer ? answer : fieldsOf(answer.data);
}

async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  const stated = await balanceOf(context);
  const usd = (value: unknown) => amountOf(value, unitPlaces.tenThousandths);
  const available = usd(stated.availableBalance);
  if (available === null) throw api.bad('the balance is no amount');
  const owed = (value: unknown) => {
    const amount = usd(value);
    return amount && { ...amount, value: negated(amount.value) };
  };
  const parts = [
    { label: 'Cash', amount: usd(stated.cashBalance) },
    { label: 'Credit line', amount: usd(stated.creditLimit) },
    { label: 'Pending charges', amount: owed(stated.pendingCharges) },
    { label: 'Outstanding invoices', amount: owed(stated.outstandingInvoices) },
  ];
  return [
    {
      available,
      parts: parts.flatMap(({ label, amount }) =>
        amount === null || amount.value === '0' ? [] : [{ label, amount }],
      ),
    },
  ];
}
