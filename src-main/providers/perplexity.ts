import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext } from '../platform/provider.ts';
import { perplexityCalls } from './dialects/calls/packages.ts';
import { perplexityCost } from './dialects/calls/stated-cost.ts';
import { unknownCheck } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';

const api = openApi({ label: 'Perplexity', headers: bearer('apiKey', 'API key') });

const calls = perplexityCalls({ label: 'Perplexity', costOf: perplexityCost });

/** Perplexity (@perplexity-ai/perplexity_ai 0.38, 2026): every reply states its own cost; nothing else can be asked. */
export const perplexity = {
  spec: 1,
  id: 'perplexity',
  label: 'Perplexity',
  vendor: 'perplexity',
  kind: 'vendor',
  docUrl: 'https://docs.perplexity.ai',
  keyUrl: 'https://www.perplexity.ai/account/api/keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.perplexity.ai',
  hasOwnBase: false,
  hosts: [],
  fields: [
    apiKeyField({
      help: 'Made at perplexity.ai > Account > API. Any key will do; without credit it is refused like a wrong one.',
      prefix: 'pplx-',
      env: ['PERPLEXITY_API_KEY'],
    }),
  ],
  missing: [
    {
      capability: 'costs',
      why: 'Perplexity shows past costs on its website only.',
      instead: 'Calls made here state their exact cost. For others, map a file of your own on Import.',
    },
    {
      capability: 'models',
      why: 'Perplexity has no list of models to ask for.',
      instead: 'Type the name of a model: sonar, sonar-pro, sonar-reasoning-pro, sonar-deep-research.',
    },
    {
      capability: 'balance',
      why: 'Perplexity has no API for credit.',
      instead: 'See perplexity.ai > Account > API > Billing.',
    },
  ],
  validate,
  parameters: z.strictObject({
    search_recency_filter: z.enum(['hour', 'day', 'week', 'month', 'year']).optional(),
    search_domain_filter: z.array(z.string().max(200)).max(20).optional(),
    search_mode: z.enum(['web', 'academic', 'sec']).optional(),
    disable_search: z.boolean().optional(),
    web_search_options: z
      .strictObject({ search_context_size: z.enum(['low', 'medium', 'high']).optional() })
      .optional(),
  }),
  ...calls,
} as const satisfies Provider;

const refusals = new Set(['INVALID_KEY', 'INSUFFICIENT_SCOPE', 'OUT_OF_CREDIT']);

/** The list of one's own asynchronous calls is free, but not documented as a check: besides success only a refusal proves anything. */
async function validate(context: ProviderContext): Promise<readonly Check[]> {
  try {
    await api.get(context, '/async/chat/completions');
    return [{ capability: 'calls', state: 'ok', message: 'Perplexity accepts the key.' }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (refusals.has(error.code)) {
      const message = `${error.message} Perplexity says the same where credit is used up.`;
      return [{ capability: 'calls', state: 'failed', message }];
    }
    if (error.code !== 'BAD_INPUT' && error.code !== 'BAD_RESPONSE') throw error;
    const message = 'Perplexity has no free way to check a key. The first call will show whether it works.';
    return [unknownCheck('calls', message)];
  }
}
