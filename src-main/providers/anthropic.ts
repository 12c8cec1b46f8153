import { z } from 'zod';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { admin, apiVersion } from './anthropic/admin.ts';
import { costReport } from './anthropic/costs.ts';
import { countTokens } from './anthropic/count-tokens.ts';
import { usageReport } from './anthropic/usage.ts';
import { anthropicCalls } from './dialects/calls/packages.ts';
import { checkSecret } from './dialects/check.ts';
import { secretHeader } from './dialects/credentials.ts';
import { momentOf } from './dialects/days.ts';
import { secretField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, fieldsOf, textOf } from './dialects/json.ts';
import { modelRows, plainModel } from './dialects/models.ts';

const key = secretHeader('x-api-key', 'apiKey', 'API key');
const api = openApi({
  label: 'Anthropic',
  headers: async (context) => ({ ...(await key(context)), ...apiVersion }),
});

/** Anthropic's Claude Platform (platform.claude.com, @anthropic-ai/sdk 1.10). An API key calls; an admin key reads spend. */
export const anthropic = {
  spec: 1,
  id: 'anthropic',
  label: 'Anthropic',
  vendor: 'anthropic',
  kind: 'vendor',
  docUrl: 'https://platform.claude.com/docs',
  keyUrl: 'https://platform.claude.com/settings/admin-keys',
  dialect: 'anthropic-messages',
  accountKind: 'api',
  baseUrl: 'https://api.anthropic.com',
  hasOwnBase: true,
  hosts: [],
  fields: [
    secretField({
      name: 'adminKey',
      label: 'Admin key',
      required: false,
      help: 'Reads what you are billed and what you used. A person alone first sets up an organisation (Settings > Organization, free; one member is enough), then makes the key as its admin. Keys of a workspace are refused.',
      prefix: 'sk-ant-admin',
      neededFor: ['costs'],
      env: ['ANTHROPIC_ADMIN_KEY'],
    }),
    secretField({
      name: 'apiKey',
      label: 'API key',
      required: false,
      help: 'For calls, counting tokens and the list of models. It cannot read spend.',
      prefix: 'sk-ant-api',
      neededFor: ['calls', 'models'],
      env: ['ANTHROPIC_API_KEY'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Anthropic has no API for the credit that is left.',
      instead: 'See Settings > Billing in the Console; the costs read here show what was taken from it.',
    },
  ],
  parameters: z.strictObject({
    thinking: z
      .union([
        z.strictObject({ type: z.literal('adaptive') }),
        z.strictObject({ type: z.literal('enabled'), budgetTokens: z.int().min(1024) }),
        z.strictObject({ type: z.literal('disabled') }),
      ])
      .optional(),
    effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
    speed: z.enum(['fast', 'standard']).optional(),
    inferenceGeo: z.enum(['us', 'global']).optional(),
    sendReasoning: z.boolean().optional(),
    disableParallelToolUse: z.boolean().optional(),
  }),
  validate,
  models,
  costs: [costReport, usageReport],
  ...anthropicCalls({ label: 'Anthropic', path: '/v1' }),
  countTokens: (request, context) => countTokens(api, request, context),
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [
    ...(await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
      await api.get(context, '/v1/models', { query: { limit: 1 } });
      return 'Anthropic accepts the key.';
    })),
    ...(await checkSecret(context, { secret: 'adminKey', serves: ['costs'] }, async () => {
      const { json } = await admin.get(context, '/v1/organizations/me');
      const name = textOf(fieldsOf(json).name);
      return `Anthropic accepts the admin key${name === null ? '' : ` of "${name}"`}: it reads costs and usage.`;
    })),
  ];
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const found: VendorModel[] = [];
  let after: string | null = null;
  do {
    const query = { limit: 1000, after_id: after };
    const { json } = await api.get(context, '/v1/models', { query });
    const rows = modelRows(api, json);
    for (const { id, display_name, max_input_tokens, max_tokens, retires_at } of rows)
      found.push(
        plainModel({
          id,
          label: textOf(display_name),
          contextTokens: countOf(max_input_tokens) || null,
          maxOutputTokens: countOf(max_tokens) || null,
          retiresAt: momentOf(retires_at),
        }),
      );
    const { has_more, last_id } = fieldsOf(json);
    after = has_more === true && rows.length > 0 ? textOf(last_id) : null;
  } while (after !== null && found.length < 10_000);
  return found;
}
