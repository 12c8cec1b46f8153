import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { cohereCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { apiKeyField } from './dialects/fields.ts';
import { callsFreeWhere } from './dialects/free-calls.ts';
import { openApi } from './dialects/http.ts';
import { countOf, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { plainModel } from './dialects/models.ts';

const api = openApi({ label: 'Cohere', headers: bearer('apiKey', 'API key') });
const root = 'https://api.cohere.com';

const calls = callsFreeWhere(
  ({ fields }) => fields.keyKind === 'trial',
  (costs) => cohereCalls({ label: 'Cohere', ...costs }),
);

/** Cohere (cohere-ai/cohere-developer-experience, 2026-08): calls and models; costs are on its dashboard only. */
export const cohere = {
  spec: 1,
  id: 'cohere',
  label: 'Cohere',
  vendor: 'cohere',
  kind: 'vendor',
  docUrl: 'https://docs.cohere.com',
  keyUrl: 'https://dashboard.cohere.com/api-keys',
  dialect: 'cohere',
  accountKind: 'api',
  baseUrl: `${root}/v2`,
  hasOwnBase: false,
  hosts: [root],
  fields: [
    apiKeyField({
      help: 'Made at dashboard.cohere.com > API keys: a trial key, which is free, or a production key.',
      env: ['COHERE_API_KEY', 'CO_API_KEY'],
    }),
    {
      name: 'keyKind',
      label: 'Kind of key',
      kind: 'choice',
      secret: false,
      required: false,
      help: 'Calls with a trial key cost nothing; Cohere’s replies do not say which it is.',
      choices: [
        { value: 'production', label: 'Production: billed' },
        { value: 'trial', label: 'Trial: free' },
      ],
      neededFor: ['calls'],
    },
  ],
  missing: [
    {
      capability: 'costs',
      why: 'Cohere shows costs on its dashboard only.',
      instead: 'Calls made here are metered. For others, map a file of your own on Import.',
    },
    {
      capability: 'balance',
      why: 'Cohere bills at the end of the month and has no API for it.',
      instead: 'See dashboard.cohere.com > Billing.',
    },
  ],
  validate,
  models,
  parameters: z.strictObject({
    thinking: z
      .strictObject({
        type: z.enum(['enabled', 'disabled']).optional(),
        tokenBudget: z.int().positive().optional(),
      })
      .optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(['calls', 'models'], async () => {
    const { valid } = fieldsOf((await api.post(context, `${root}/v1/check-api-key`)).json);
    if (valid !== true)
      throw new AppError(
        'INVALID_KEY',
        'Cohere says that the key is not valid. Check it, or make a new one.',
      );
    return 'Cohere says that the key is valid.';
  });
}

const mostPages = 20;

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const found: VendorModel[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null && page < mostPages; page++) {
    const query = { page_size: 1000, page_token: token || null };
    const answer = fieldsOf((await api.get(context, `${root}/v1/models`, { query })).json);
    if (!Array.isArray(answer.models)) throw api.bad('the list of models is missing');
    for (const row of rowsOf(answer.models)) {
      const id = textOf(row.name);
      if (id === null || row.is_deprecated === true) continue;
      found.push(
        plainModel({ id, kind: kindIn(listOf(row.endpoints)), contextTokens: countOf(row.context_length) }),
      );
    }
    token = textOf(answer.next_page_token);
  }
  return found;
}

function kindIn(endpoints: readonly unknown[]): VendorModel['kind'] {
  if (endpoints.includes('chat') || endpoints.includes('generate')) return 'chat';
  if (endpoints.includes('rerank')) return 'rerank';
  return endpoints.some((endpoint) => /embed/.test(String(endpoint))) ? 'embedding' : 'other';
}
