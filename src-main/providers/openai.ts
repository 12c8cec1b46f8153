import { z } from 'zod';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { openAiCalls } from './dialects/calls/packages.ts';
import { checkSecret } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { dayMs, momentOf, startOfDay } from './dialects/days.ts';
import { secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { openOpenAiAdmin } from './openai/admin.ts';
import { costReport } from './openai/costs.ts';
import { usageReport } from './openai/usage.ts';

const key = bearer('apiKey', 'project key');
const api = openApi({
  label: 'OpenAI',
  headers: async (context) => ({ ...(await key(context)), ...scopeOf(context) }),
});

/** OpenAI (openai/openai-openapi 2026-08; openai-node 7.55). A project key calls; only an admin key reads spend. */
export const openai = {
  spec: 1,
  id: 'openai',
  label: 'OpenAI',
  vendor: 'openai',
  kind: 'vendor',
  docUrl: 'https://platform.openai.com/docs',
  keyUrl: 'https://platform.openai.com/settings/organization/admin-keys',
  dialect: 'openai-responses',
  accountKind: 'api',
  baseUrl: 'https://api.openai.com/v1',
  hasOwnBase: true,
  hosts: [],
  fields: [
    secretField({
      name: 'adminKey',
      label: 'Admin key',
      required: false,
      help: 'Reads what you are billed and what you used. An owner of the organisation makes it at Settings > Organization > Admin keys (you are the owner of a personal account); permission to read usage is enough.',
      prefix: 'sk-admin-',
      neededFor: ['costs'],
      env: ['OPENAI_ADMIN_KEY'],
    }),
    secretField({
      name: 'apiKey',
      label: 'Project key',
      required: false,
      help: 'For calls and the list of models. It cannot read spend.',
      prefix: 'sk-proj-',
      neededFor: ['calls', 'models'],
      env: ['OPENAI_API_KEY'],
    }),
    textField({
      name: 'projectId',
      label: 'Project id',
      help: 'Reads the spend of this project only. Leave it empty for the whole organisation.',
      prefix: 'proj_',
      neededFor: ['costs'],
      env: ['OPENAI_PROJECT_ID'],
    }),
    textField({
      name: 'organizationId',
      label: 'Organisation id',
      help: 'Only where your key belongs to several organisations: the one that pays.',
      prefix: 'org-',
      neededFor: ['calls', 'models'],
      env: ['OPENAI_ORG_ID'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'OpenAI has no API for the credit that is left.',
      instead:
        'See platform.openai.com > Settings > Billing; the costs read here show what was taken from it.',
    },
  ],
  parameters: z.strictObject({
    reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
    reasoningSummary: z.enum(['auto', 'detailed']).optional(),
    textVerbosity: z.enum(['low', 'medium', 'high']).optional(),
    serviceTier: z.enum(['auto', 'flex', 'priority', 'default']).optional(),
    store: z.boolean().optional(),
    parallelToolCalls: z.boolean().optional(),
    promptCacheKey: z.string().optional(),
    user: z.string().optional(),
  }),
  validate,
  models,
  costs: [costReport, usageReport],
  ...openAiCalls({ label: 'OpenAI', ownBase: 'https://api.openai.com/v1' }),
} as const satisfies Provider;

function scopeOf({ fields }: ProviderContext): Readonly<Record<string, string>> {
  return fields.organizationId ? { 'openai-organization': fields.organizationId } : {};
}

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [...(await checkProjectKey(context)), ...(await checkAdminKey(context))];
}

/** A restricted key may be unable to list models and able to call them: that is found out by a call only. */
async function checkProjectKey(context: ProviderContext): Promise<readonly Check[]> {
  const checks = await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
    const listed = (await models(context)).length;
    return `OpenAI accepts the key and lists ${listed} models.`;
  });
  return checks.map((check) =>
    check.capability === 'calls' && /lets? it do this/.test(check.message)
      ? {
          ...check,
          state: 'unknown',
          message:
            'OpenAI knows the key, and it is restricted: it may not list models. Whether it may call them shows with the first call.',
        }
      : check,
  );
}

function checkAdminKey(context: ProviderContext): Promise<readonly Check[]> {
  return checkSecret(context, { secret: 'adminKey', serves: ['costs'] }, async () => {
    const today = startOfDay(context.clock.now());
    const query = { start_time: (today - dayMs) / 1000, end_time: today / 1000, limit: 1 };
    await openOpenAiAdmin().get(context, '/organization/costs', { query });
    return 'OpenAI accepts the admin key: it reads costs and usage.';
  });
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id, shutdown_date }) => plainModel({ id, retiresAt: momentOf(shutdown_date) }));
}
