import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { BalanceAmount, Check, Provider, ProviderContext } from '../platform/provider.ts';
import { amountText, negated, sumText } from './dialects/amount.ts';
import { openRouterCalls } from './dialects/calls/packages.ts';
import { openRouterCost } from './dialects/calls/stated-cost.ts';
import { checkSecret } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { secretField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, textOf } from './dialects/json.ts';
import { modelRows } from './dialects/models.ts';
import { activityReport } from './openrouter/activity.ts';
import { modelOf } from './openrouter/models.ts';

const manager = openApi({ label: 'OpenRouter', headers: bearer('managementKey', 'management key') });
const caller = openApi({ label: 'OpenRouter', headers: bearer('apiKey', 'API key') });
/** The list of models is public. */
const anyone = openApi({ label: 'OpenRouter', headers: async () => ({}) });

/** OpenRouter (OpenRouterTeam/docs openapi.yaml 2026-08; @openrouter/sdk 1.3). Two keys that look alike: one calls, one reads spend. */
export const openrouter = {
  spec: 1,
  id: 'openrouter',
  label: 'OpenRouter',
  vendor: 'openrouter',
  kind: 'gateway',
  docUrl: 'https://openrouter.ai/docs',
  keyUrl: 'https://openrouter.ai/settings/management-keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://openrouter.ai/api/v1',
  hasOwnBase: false,
  hosts: [],
  fields: [
    secretField({
      name: 'managementKey',
      label: 'Management key',
      required: false,
      help: 'Reads spend and credit of the whole account; it cannot call models. Made at openrouter.ai/settings/management-keys.',
      prefix: 'sk-or-v1-',
      neededFor: ['costs', 'balance'],
      env: ['OPENROUTER_MANAGEMENT_KEY', 'OPENROUTER_PROVISIONING_KEY'],
    }),
    secretField({
      name: 'apiKey',
      label: 'API key',
      required: false,
      help: 'For calls. It looks like a management key and cannot read spend. Made at openrouter.ai/settings/keys.',
      prefix: 'sk-or-v1-',
      neededFor: ['calls'],
      env: ['OPENROUTER_API_KEY'],
    }),
  ],
  missing: [],
  parameters: z.strictObject({
    models: z.array(z.string()).optional(),
    provider: z.record(z.string(), z.json()).optional(),
    reasoning: z
      .strictObject({
        effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
        max_tokens: z.int().min(1).optional(),
        exclude: z.boolean().optional(),
        enabled: z.boolean().optional(),
      })
      .optional(),
    plugins: z.array(z.record(z.string(), z.json())).optional(),
    transforms: z.array(z.string()).optional(),
    top_k: z.int().min(0).optional(),
    user: z.string().max(200).optional(),
  }),
  validate,
  models: async (context) => {
    const { json } = await anyone.get(context, '/models', { query: { output_modalities: 'all' } });
    return modelRows(anyone, json).map(modelOf);
  },
  costs: [activityReport(manager)],
  balance,
  ...openRouterCalls({ label: 'OpenRouter', costOf: openRouterCost }),
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const [call, manage] = [
    { secret: 'apiKey', serves: ['calls'] },
    { secret: 'managementKey', serves: ['costs', 'balance'] },
  ] as const;
  return [
    ...(await checkSecret(context, call, () => checkCaller(context))),
    ...(await checkSecret(context, manage, () => checkManager(context))),
  ];
}

function otherKind(what: string): AppError {
  return new AppError('INSUFFICIENT_SCOPE', `This is the other kind of key: ${what}`);
}

async function checkCaller(context: ProviderContext): Promise<string> {
  const key = await keyOf(caller, context);
  if (isManager(key))
    throw otherKind('a management key cannot call models. Put it into the other field, and an API key here.');
  const left = amountText(key.limit_remaining);
  return `OpenRouter accepts the key${left === null ? '' : `; $${left} of its limit are left`}.`;
}

async function checkManager(context: ProviderContext): Promise<string> {
  const key = await keyOf(manager, context);
  if (!isManager(key))
    throw otherKind('an API key cannot read spend. Put it into the other field, and a management key here.');
  await manager.get(context, '/credits');
  return 'OpenRouter accepts the management key: it reads spend and credit.';
}

async function keyOf(api: typeof caller, context: ProviderContext): Promise<Fields> {
  const { data } = fieldsOf((await api.get(context, '/key')).json);
  if (textOf(fieldsOf(data).label) === null) throw api.bad('it does not describe the key');
  return fieldsOf(data);
}

function isManager({ is_management_key, is_provisioning_key }: Fields): boolean {
  return is_management_key === true || is_provisioning_key === true;
}

/** All credit ever bought less all that was ever used. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  const { total_credits, total_usage } = fieldsOf(
    fieldsOf((await manager.get(context, '/credits')).json).data,
  );
  const [bought, used] = [amountText(total_credits), amountText(total_usage)];
  if (bought === null || used === null) throw manager.bad('the credits are missing');
  return [
    {
      available: { value: sumText([bought, negated(used)]), currency: 'USD' },
      parts: [
        { label: 'Bought', amount: { value: bought, currency: 'USD' } },
        { label: 'Used', amount: { value: used, currency: 'USD' } },
      ],
    },
  ];
}
