import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
  VendorPrice,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens, type Tokens } from '../platform/record.ts';
import { amountOf, amountText } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { merged, monthStart } from './dialects/daily.ts';
import { bucketKey, dateText, momentOf } from './dialects/days.ts';
import { apiKeyField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { kindOf, listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Together', headers: bearer('apiKey', 'API key') });

const calls = compatibleCalls({ label: 'Together', headers: bearer('apiKey', 'API key') });

/** Together AI (docs.together.ai, "Get billing usage", 2026): the bill is a beta that is opened per organisation. */
export const together = {
  spec: 1,
  id: 'together',
  label: 'Together AI',
  vendor: 'together',
  kind: 'vendor',
  docUrl: 'https://docs.together.ai',
  keyUrl: 'https://api.together.ai/settings/api-keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.together.ai/v1',
  hasOwnBase: false,
  hosts: [],
  fields: [
    apiKeyField({
      help: 'Made at api.together.ai > Settings > API keys. The key of any project reads the bill of the whole organisation, once Together has opened it.',
      env: ['TOGETHER_API_KEY'],
    }),
    textField({
      name: 'organizationId',
      label: 'Organisation id',
      help: 'Shown at api.together.ai > Settings > Organization. Together says it will ask for it.',
      neededFor: ['costs'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Together has no API for credit.',
      instead: 'See api.together.ai > Settings > Billing.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Billed usage',
      evidence: 'billed',
      coverage: 'account',
      usage: 'tokens',
      needs: ['apiKey'],
      windowDays: 31,
      lookBackDays: 365,
      trailingDays: 3,
      everyMinutes: 180,
      accuracy:
        'What Together bills by UTC day, model and key, up to the end of yesterday; past months are final after a day.',
      read: readBill,
    },
  ],
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const key = await checkOf(['calls', 'models'], async () => {
    await api.get(context, '/models');
    return 'Together accepts the key.';
  });
  const bill = await checkOf(['costs'], async () => {
    await billOf(context, { month: dateText(context.clock.now()).slice(0, 7), after: null, limit: 1 });
    return 'The key may read the bill of the organisation.';
  });
  return [...key, ...bill];
}

const kinds: Readonly<Record<string, VendorModel['kind']>> = {
  chat: 'chat',
  language: 'chat',
  code: 'chat',
  image: 'image',
  embedding: 'embedding',
  rerank: 'rerank',
  audio: 'audio',
  moderation: 'other',
};

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id, type, display_name, context_length, pricing }) =>
    plainModel({
      id,
      label: textOf(display_name),
      kind: kinds[textOf(type) ?? ''] ?? kindOf(id),
      contextTokens: countOf(context_length) || null,
      price: priceOf(fieldsOf(pricing)),
    }),
  );
}

/** USD per million tokens. A model that runs by the hour states zeros for its tokens, which are not its price. */
function priceOf({ input, output, cached_input, hourly }: Fields): VendorPrice | null {
  const perHour = amountText(hourly);
  const isHourly = perHour !== null && perHour !== '0';
  const [inText, outText] = [amountText(input), amountText(output)];
  if (isHourly && (inText ?? '0') === '0' && (outText ?? '0') === '0')
    return { note: `$${perHour} per hour` };
  if (inText === null && outText === null) return null;
  const cached = amountText(cached_input);
  return {
    ...(inText !== null && { input: inText }),
    ...(outText !== null && { output: outText }),
    ...(cached !== null && { cacheRead: cached }),
  };
}

interface BillQuery {
  readonly month: string;
  readonly after: string | null;
  readonly limit: number;
}

async function billOf(context: ProviderContext, { month, after, limit }: BillQuery): Promise<Fields> {
  const { json } = await api.get(context, '/billing/usage', {
    query: {
      month,
      granularity: 'day',
      limit,
      after,
      organization_id: context.fields.organizationId || null,
    },
    notEnabled:
      'The billing API is a beta: ask Together’s support to open it for your organisation, or import a file.',
  });
  return fieldsOf(json);
}

/** A page is a page of one month; the cursor names the month and Together's own cursor in it. */
async function readBill({ from, to, cursor }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const [month = '', after = ''] = (cursor ?? dateText(from).slice(0, 7)).split(' ');
  const bill = await billOf(context, { month, after: after || null, limit: 1000 });
  if (!Array.isArray(bill.data)) throw api.bad('the days are missing');
  const currency = textOf(bill.currency) ?? 'USD';
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(bill.data).flatMap((day) => {
    const at = momentOf(day.start_time ?? day.date);
    if (at === null) problems.push({ reason: 'the day has no date', raw: JSON.stringify(day).slice(0, 500) });
    if (at === null || at < from || at >= to) return [];
    return rowsOf(day.line_items).flatMap((item) => {
      const record = recordOf(item, at, currency);
      if (record === null)
        problems.push({ reason: 'the line has no cost', raw: JSON.stringify(item).slice(0, 500) });
      return record ?? [];
    });
  });
  const more = textOf(bill.next_cursor);
  const following = monthStart(Date.parse(`${month}-01`), 1);
  const next = following < to ? dateText(following).slice(0, 7) : null;
  return {
    records: merged(records),
    problems,
    cursor: more === null ? next : `${month} ${more}`,
    // A month that is over states its own end.
    asOf: next === null ? momentOf(bill.latest_window_end) : null,
  };
}

function recordOf(item: Fields, at: number, currency: string): ImportedRecord | null {
  const amount = amountOf(item.cost, 0, currency);
  if (amount === null) return null;
  const product = textOf(item.product_name) ?? '';
  const [dimensions, attributes] = [fieldsOf(item.pricing_dimensions), fieldsOf(item.attributes)];
  const key = textOf(attributes.api_key_id) ?? '';
  return {
    key: bucketKey([at, product, inOrder(dimensions), inOrder(attributes)]),
    at,
    grain: 'day',
    provider: 'together',
    model: textOf(dimensions.model),
    requests: 0,
    tokens: tokensOf(product, item.quantity),
    amount,
    extras: { product, ...(key !== '' && { apiKeyId: key }) },
  };
}

function inOrder(fields: Fields): string {
  return JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `Serverless Inference - Input Tokens`: a product that counts tokens says so at its end. */
function tokensOf(product: string, quantity: unknown): Tokens {
  const count = countOf(quantity);
  const [, cached, side] = /\b(cached )?(input|output) tokens?$/i.exec(product) ?? [];
  if (count === null || side === undefined) return noTokens;
  const part = cached !== undefined ? 'cacheRead' : side.toLowerCase() === 'input' ? 'input' : 'output';
  return { ...noTokens, [part]: count };
}
