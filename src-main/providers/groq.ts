import { z } from 'zod';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { groqCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'Groq', headers: bearer('apiKey', 'API key') });

const calls = groqCalls({ label: 'Groq' });

/** Groq's cloud (groq-sdk 1.6, 2026): calls and models; costs are on its console only. */
export const groq = {
  spec: 1,
  id: 'groq',
  label: 'Groq',
  vendor: 'groq',
  kind: 'vendor',
  docUrl: 'https://console.groq.com/docs',
  keyUrl: 'https://console.groq.com/keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.groq.com/openai/v1',
  hasOwnBase: false,
  hosts: [],
  fields: [
    apiKeyField({
      help: 'Made at console.groq.com > API Keys. Any key will do.',
      prefix: 'gsk_',
      env: ['GROQ_API_KEY'],
    }),
  ],
  missing: [
    {
      capability: 'costs',
      why: 'Groq shows usage to people on its console only; its metrics API is for enterprises.',
      instead: 'Calls made here are metered. For others, map a file of your own on Import.',
    },
    {
      capability: 'balance',
      why: 'Groq bills at the end of the month and has no API for it.',
      instead: 'See console.groq.com > Billing.',
    },
  ],
  validate,
  models,
  parameters: z.strictObject({
    reasoningFormat: z.enum(['parsed', 'raw', 'hidden']).optional(),
    reasoningEffort: z.enum(['none', 'default', 'low', 'medium', 'high']).optional(),
    serviceTier: z.enum(['auto', 'on_demand', 'flex', 'performance']).optional(),
    parallelToolCalls: z.boolean().optional(),
    user: z.string().max(200).optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(
    ['calls', 'models'],
    async () => `Groq accepts the key and lists ${(await models(context)).length} models.`,
  );
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows
    .filter(({ active }) => active !== false)
    .map(({ id, context_window, max_completion_tokens }) =>
      plainModel({
        id,
        contextTokens: countOf(context_window),
        maxOutputTokens: countOf(max_completion_tokens),
      }),
    );
}
