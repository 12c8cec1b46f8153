import type { BalanceAmount, Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { amountText, negated, perMillion, sumText } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { liteLlmCost } from './dialects/calls/stated-cost.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { apiKeyField } from './dialects/fields.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { kindOf, listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';
import { api, isLacking, readSpend, rootOf } from './litellm/spend.ts';

const calls = compatibleCalls({
  label: 'The LiteLLM proxy',
  headers: bearer('apiKey', 'key'),
  base: (context) => `${rootOf(context)}/v1`,
  costOf: liteLlmCost,
});

/**
 * A proxy of LiteLLM's own (docs.litellm.ai "Spend Tracking", 2026). What it calls spend is worked out from its price
 * list, so it is an estimate and stands beside the vendors' bills, never on top of them.
 */
export const litellm = {
  spec: 1,
  id: 'litellm',
  label: 'LiteLLM proxy',
  vendor: 'litellm',
  kind: 'gateway',
  docUrl: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  keyUrl: null,
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'http://localhost:4000',
  hasOwnBase: true,
  hosts: [],
  fields: [
    apiKeyField({
      label: 'Key',
      help: 'A virtual key of the proxy, or its master key. With a virtual key costs are those of its user.',
      prefix: 'sk-',
      env: ['LITELLM_API_KEY', 'LITELLM_MASTER_KEY'],
    }),
  ],
  missing: [],
  validate,
  models,
  costs: [
    {
      id: 'spend',
      label: 'Spend by the proxy’s price list',
      evidence: 'estimated',
      coverage: 'account',
      usage: 'buckets',
      needs: ['apiKey'],
      windowDays: 7,
      lookBackDays: 90,
      trailingDays: 3,
      everyMinutes: 60,
      accuracy:
        'The proxy’s own estimate by UTC day and model. The vendors behind it bill the same calls: give this connection the account of the vendor whose bill is read too, and that bill counts; in accounts of their own both do.',
      read: readSpend,
    },
  ],
  balance,
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(['calls', 'models', 'costs', 'balance'], async () => {
    const { key_alias } = await keyInfo(context);
    return `The proxy accepts the key${typeof key_alias === 'string' && key_alias !== '' ? ` "${key_alias}"` : ''}.`;
  });
}

async function keyInfo(context: ProviderContext): Promise<Fields> {
  const { info } = fieldsOf((await api.get(context, `${rootOf(context)}/key/info`)).json);
  if (typeof info !== 'object' || info === null) throw api.bad('it does not describe the key');
  return fieldsOf(info);
}

/** Prices are USD per token, from the proxy's own list. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const answer = await api.get(context, `${rootOf(context)}/model/info`).catch((error: unknown) => {
    if (isLacking(error)) return null;
    throw error;
  });
  const rows = answer === null ? [] : rowsOf(fieldsOf(answer.json).data);
  const priced = new Map(
    rows.flatMap((row) => (textOf(row.model_name) === null ? [] : [[String(row.model_name), row]])),
  );
  if (priced.size > 0) return [...priced].map(([id, row]) => modelOf(id, fieldsOf(row.model_info)));
  const plain = await listModels(api, context, `${rootOf(context)}/v1/models`);
  return plain.map(({ id }) => plainModel({ id }));
}

function modelOf(id: string, info: Fields): VendorModel {
  const [input, output] = [perMillion(info.input_cost_per_token), perMillion(info.output_cost_per_token)];
  const cacheRead = perMillion(info.cache_read_input_token_cost);
  const price = {
    ...(input !== null && { input }),
    ...(output !== null && { output }),
    ...(cacheRead !== null && { cacheRead }),
  };
  return plainModel({
    id,
    kind: textOf(info.mode) === 'embedding' ? 'embedding' : kindOf(id),
    contextTokens: countOf(info.max_input_tokens),
    maxOutputTokens: countOf(info.max_output_tokens),
    price: Object.keys(price).length > 0 ? price : null,
  });
}

/** What is left of the key's budget; nothing where it has none. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  const { max_budget, spend } = await keyInfo(context);
  const [budget, spent] = [amountText(max_budget), amountText(spend ?? 0)];
  if (budget === null || spent === null) return [];
  const usd = (value: string) => ({ value, currency: 'USD' });
  return [
    {
      available: usd(sumText([budget, negated(spent)])),
      parts: [
        { label: 'Budget of the key', amount: usd(budget) },
        { label: 'Spent', amount: usd(negated(spent)) },
      ],
    },
  ];
}
