import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { BalanceAmount, Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { amountText, negated, unitPlaces } from './dialects/amount.ts';
import { xaiCalls } from './dialects/calls/packages.ts';
import { xaiCost } from './dialects/calls/stated-cost.ts';
import { checkSecret } from './dialects/check.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { api, isMissing, keyFacts, management, teamOf, teams } from './xai/team.ts';
import { readUsage } from './xai/usage.ts';

const calls = xaiCalls({ label: 'xAI', costOf: xaiCost });

/**
 * xAI (docs.x.ai, "Cost Tracking" and "Billing Management", read 2026-10). Calls state what they cost in ticks; what was
 * billed, and the balance, need a management key.
 */
export const xai = {
  spec: 1,
  id: 'xai',
  label: 'xAI',
  vendor: 'x-ai',
  kind: 'vendor',
  docUrl: 'https://docs.x.ai',
  keyUrl: 'https://console.x.ai',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.x.ai/v1',
  hasOwnBase: false,
  hosts: ['https://management-api.x.ai'],
  fields: [
    apiKeyField({
      required: false,
      help: 'Made at console.x.ai > API Keys. Needs the chat and models endpoints.',
      prefix: 'xai-',
      neededFor: ['calls', 'models'],
      env: ['XAI_API_KEY'],
    }),
    secretField({
      name: 'managementKey',
      label: 'Management key',
      required: false,
      help: 'Made at console.x.ai > Settings > Management Keys, with the right to read billing. An API key is refused there.',
      neededFor: ['costs', 'balance'],
      env: ['XAI_MANAGEMENT_KEY'],
    }),
    textField({
      name: 'teamId',
      label: 'Team id',
      help: 'The id in the address of console.x.ai. May be left out where an API key of the team is given.',
      neededFor: ['costs', 'balance'],
    }),
  ],
  needs: { balance: ['managementKey', 'teamId'] },
  missing: [],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Billed usage',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      needs: ['managementKey'],
      windowDays: 31,
      lookBackDays: 180,
      trailingDays: 3,
      everyMinutes: 60,
      accuracy:
        'What xAI charges the team per UTC day, by line of usage, without tokens. The newest day still grows.',
      read: readUsage,
    },
  ],
  balance,
  parameters: z.strictObject({
    reasoningEffort: z.enum(['none', 'low', 'medium', 'high', 'xhigh']).optional(),
    parallelToolCalls: z.boolean().optional(),
    user: z.string().max(200).optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [
    ...(await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
      const key = await keyFacts(context);
      if (key.team_blocked === true || key.api_key_blocked === true || key.api_key_disabled === true)
        throw new AppError(
          'INVALID_KEY',
          'xAI knows the API key, but it or its team is blocked. See console.x.ai.',
        );
      return 'xAI accepts the API key.';
    })),
    ...(await checkSecret(context, { secret: 'managementKey', serves: ['costs', 'balance'] }, async () => {
      await prepaid(context);
      return 'xAI accepts the management key and shows the billing of the team.';
    })),
  ];
}

/** Prices come as whole numbers of USD cents per 100 million tokens (observed by four independent readers): $1 is 10,000. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const listed = await api.get(context, '/language-models').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (listed === null) {
    const rows = await listModels(api, context);
    return rows.map(({ id }) => plainModel({ id }));
  }
  const list = fieldsOf(listed.json).models;
  if (!Array.isArray(list)) throw api.bad('the list of models is missing');
  return rowsOf(list).flatMap((row) => (textOf(row.id) === null ? [] : [modelOf(row, String(row.id))]));
}

function modelOf(row: Fields, id: string): VendorModel {
  const price = (value: unknown) => {
    const text = amountText(value, 4);
    return text === null || text.startsWith('-') ? null : text;
  };
  const [input, output] = [price(row.prompt_text_token_price), price(row.completion_text_token_price)];
  const cacheRead = price(row.cached_prompt_text_token_price);
  const threshold = amountText(row.long_context_threshold);
  const prices = {
    ...(input !== null && { input }),
    ...(output !== null && { output }),
    ...(cacheRead !== null && { cacheRead }),
    ...(threshold !== null && threshold !== '0' && { note: `Prompts over ${threshold} tokens cost more.` }),
  };
  return plainModel({ id, kind: 'chat', price: input === null && output === null ? null : prices });
}

async function prepaid(context: ProviderContext): Promise<string> {
  const { json } = await management.get(context, `${teams}/${await teamOf(context)}/prepaid/balance`);
  const cents = amountText(fieldsOf(fieldsOf(json).total).val, unitPlaces.cents);
  if (cents === null) throw management.bad('the prepaid balance is no amount');
  return negated(cents);
}

/** xAI keeps the balance as a debt, in cents: what is left is its opposite. Usage is taken off when the cycle closes. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  return [{ available: { value: await prepaid(context), currency: 'USD' }, parts: [] }];
}
