import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
  VendorPrice,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountText, negated, sumText, unitPlaces } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { type DayFound, readDaily } from './dialects/daily.ts';
import { bucketKey, dayMs } from './dialects/days.ts';
import { apiKeyField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Hugging Face', headers: bearer('apiKey', 'access token') });
const hub = 'https://huggingface.co';
const billing = `${hub}/api/settings/billing/usage-v2`;

const calls = compatibleCalls({
  label: 'Hugging Face',
  headers: async (context) => ({
    ...(await bearer('apiKey', 'access token')(context)),
    ...(context.fields.billTo && { 'x-hf-bill-to': context.fields.billTo }),
  }),
});

/** Hugging Face Inference Providers (huggingface.co/docs, "Hub API" and "Pricing and Billing", 2026-08). */
export const huggingface = {
  spec: 1,
  id: 'huggingface',
  label: 'Hugging Face',
  vendor: 'huggingface',
  kind: 'gateway',
  docUrl: 'https://huggingface.co/docs/inference-providers',
  keyUrl: 'https://huggingface.co/settings/tokens',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://router.huggingface.co/v1',
  hasOwnBase: false,
  hosts: [hub],
  fields: [
    apiKeyField({
      label: 'Access token',
      help: 'Made at huggingface.co > Settings > Access Tokens. A fine-grained one needs "Make calls to Inference Providers", and for costs "Billing: read"; a classic read token has both.',
      prefix: 'hf_',
      env: ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN'],
    }),
    textField({
      name: 'billTo',
      label: 'Bill to organisation',
      help: 'Name of the Team or Enterprise organisation that pays for calls. Costs read here are the personal ones.',
      neededFor: ['calls'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Credit is shown on the website only.',
      instead: 'See huggingface.co > Settings > Billing.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Inference Providers, charged',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      needs: ['apiKey'],
      windowDays: 31,
      lookBackDays: 90,
      trailingDays: 3,
      everyMinutes: 180,
      accuracy:
        'What Inference Providers used each UTC day, less the credits included; without models. Calls with a key of the provider’s own, Jobs and Spaces are not in it.',
      read: readUsage,
    },
  ],
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  // The list of models is public, so it proves nothing.
  const token = await checkOf(['calls', 'models'], async () => {
    const { name } = fieldsOf((await api.get(context, `${hub}/api/whoami-v2`)).json);
    return `Hugging Face accepts the token${typeof name === 'string' ? ` of ${name}` : ''}.`;
  });
  const bill = await checkOf(['costs'], async () => {
    const day = context.clock.now() - (context.clock.now() % dayMs);
    await usageOf(context, day);
    return 'The token may read the billing.';
  });
  return [...token, ...bill];
}

/** A model that several providers serve is listed as a whole, and as `model:provider` for each with its price. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.flatMap(({ id, providers, architecture }) => {
    const live = rowsOf(providers).filter(({ status }) => status !== 'error');
    const modalities = listOf(fieldsOf(architecture).output_modalities);
    const isImage = modalities.length > 0 && !modalities.includes('text') && modalities.includes('image');
    const known = { ...(isImage && { kind: 'image' as const }) };
    const own = live.flatMap((provider) => {
      const name = textOf(provider.provider);
      const contextTokens = countOf(provider.context_length);
      return name === null
        ? []
        : plainModel({ ...known, id: `${id}:${name}`, contextTokens, price: priceOf(provider) });
    });
    const prices = own.map(({ price }) => price);
    const contexts = own.flatMap(({ contextTokens }) => contextTokens ?? []);
    const contextTokens = contexts.length > 0 ? Math.min(...contexts) : null;
    return [plainModel({ ...known, id, contextTokens, price: commonPrice(prices) }), ...own];
  });
}

/** USD per million tokens. */
function priceOf({ pricing, is_free }: Fields): VendorPrice | null {
  if (is_free === true) return { input: '0', output: '0' };
  const stated = fieldsOf(pricing);
  const [input, output] = [amountText(stated.input), amountText(stated.output)];
  if (input === null && output === null) return null;
  return { ...(input !== null && { input }), ...(output !== null && { output }) };
}

/** The price where all providers ask the same. Which one serves a call is Hugging Face's choice, so otherwise it is open. */
function commonPrice(prices: readonly (VendorPrice | null)[]): VendorPrice | null {
  const [first = null] = prices;
  if (prices.every((price) => price?.input === first?.input && price?.output === first?.output)) return first;
  const range = (side: 'input' | 'output') => {
    const stated = prices.flatMap((price) => price?.[side] ?? []).sort((a, b) => Number(a) - Number(b));
    return stated.length === 0 ? 'unknown' : `$${stated[0]} to $${stated.at(-1)}`;
  };
  return {
    note: `Depends on the provider: input ${range('input')}, output ${range('output')} per million tokens.`,
  };
}

async function readUsage(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  return readDaily(request, 7, async (day) => dayOf(await usageOf(context, day), day));
}

async function usageOf(context: ProviderContext, day: number): Promise<Fields> {
  const query = { startDate: day / 1000, endDate: (day + dayMs) / 1000 };
  const { usage } = fieldsOf((await api.get(context, billing, { query })).json);
  if (usage === undefined) throw api.bad('the usage is missing');
  return fieldsOf(fieldsOf(usage).inferenceProviders);
}

/** What was used, and beside it the part that included credits pay: together the charge, `max(0, used - included)`. */
function dayOf(usage: Fields, day: number): DayFound {
  const used = amountText(usage.usedNanoUsd ?? 0, unitPlaces.nano);
  const included = amountText(usage.includedNanoUsd ?? 0, unitPlaces.nano);
  if (used === null || included === null)
    return {
      records: [],
      problems: [{ reason: 'the usage is no amount', raw: JSON.stringify(usage).slice(0, 500) }],
    };
  if (used === '0') return { records: [] };
  const record: ImportedRecord = {
    key: bucketKey([day, 'inferenceProviders']),
    at: day,
    grain: 'day',
    provider: 'huggingface',
    model: null,
    requests: countOf(usage.numRequests) ?? 0,
    tokens: noTokens,
    amount: { value: used, currency: 'USD' },
  };
  const isCovered = !sumText([included, negated(used)]).startsWith('-');
  const paid = isCovered ? used : included;
  if (paid === '0') return { records: [record] };
  const credit: ImportedRecord = {
    ...record,
    key: bucketKey([day, 'inferenceProviders', 'included']),
    requests: 0,
    amount: { value: negated(paid), currency: 'USD' },
    charge: 'credit',
  };
  return { records: [record, credit] };
}
