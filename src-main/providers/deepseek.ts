import { z } from 'zod';
import type { BalanceAmount, Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { amountOf } from './dialects/amount.ts';
import { deepSeekCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { openApi } from './dialects/http.ts';
import { fieldsOf, listOf, rowsOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'DeepSeek', headers: bearer('apiKey', 'API key') });

const calls = deepSeekCalls({ label: 'DeepSeek' });

/** DeepSeek's own API (api-docs.deepseek.com, read 2026-10): balance and models with the normal key, no history of costs. */
export const deepseek = {
  spec: 1,
  id: 'deepseek',
  label: 'DeepSeek',
  vendor: 'deepseek',
  kind: 'vendor',
  docUrl: 'https://api-docs.deepseek.com',
  keyUrl: 'https://platform.deepseek.com/api_keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.deepseek.com',
  hasOwnBase: false,
  hosts: [],
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      kind: 'text',
      secret: true,
      required: true,
      help: 'Made at platform.deepseek.com > API keys. Any key can read models and the balance.',
      prefix: 'sk-',
      neededFor: [],
      env: ['DEEPSEEK_API_KEY'],
    },
  ],
  missing: [
    {
      capability: 'costs',
      why: 'DeepSeek has no API for past costs.',
      instead:
        'Drop the monthly export of platform.deepseek.com > Usage on LLMLab; between exports, spend is read off the balance and off calls made here.',
    },
  ],
  validate,
  models,
  balance,
  parameters: z.strictObject({
    thinking: z.strictObject({ type: z.enum(['enabled', 'disabled']) }).optional(),
    reasoningEffort: z.enum(['low', 'high', 'max']).optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  let isUsedUp = false;
  const checks = await checkOf(['calls', 'models', 'balance'], async () => {
    isUsedUp = fieldsOf((await api.get(context, '/user/balance')).json).is_available === false;
    return 'DeepSeek accepts the key and shows the balance.';
  });
  const message = 'DeepSeek accepts the key, but the balance is used up. Top it up there.';
  return checks.map((check) =>
    isUsedUp && check.capability === 'calls' ? { ...check, state: 'failed', message } : check,
  );
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id }) => plainModel({ id }));
}

/** One entry per currency; granted balance expires, topped-up balance does not. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  const { balance_infos } = fieldsOf((await api.get(context, '/user/balance')).json);
  if (!Array.isArray(balance_infos)) throw api.bad('the balance is missing');
  return rowsOf(listOf(balance_infos)).map((info) => {
    const amount = (value: unknown) => amountOf(value, 0, info.currency);
    const available = amount(info.total_balance);
    if (available === null) throw api.bad('the balance is no amount');
    const parts = [
      { label: 'Granted', amount: amount(info.granted_balance) },
      { label: 'Topped up', amount: amount(info.topped_up_balance) },
    ];
    return {
      available,
      parts: parts.flatMap((part) =>
        part.amount === null ? [] : [{ label: part.label, amount: part.amount }],
      ),
    };
  });
}
