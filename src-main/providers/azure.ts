import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { checkCosts, managementHost, readCosts } from './azure/costs.ts';
import { azurePrices, azurePricesHost } from './dialects/azure-prices.ts';
import { azureLoginHost } from './dialects/azure-token.ts';
import { azureCalls } from './dialects/calls/packages.ts';
import { checkSecret } from './dialects/check.ts';
import { secretHeader } from './dialects/credentials.ts';
import { momentOf } from './dialects/days.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { fieldsOf } from './dialects/json.ts';
import { modelRows, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'Azure OpenAI', headers: secretHeader('api-key', 'apiKey', 'API key') });
const forCosts = ['costs'] as const;

const calls = azureCalls({ label: 'Azure OpenAI' });
const placed = (context: ProviderContext): ProviderContext => ({
  ...context,
  baseUrl: rootOf(context),
  fields: { ...context.fields, apiVersion: versionOf(context) },
});

/** Azure OpenAI and Foundry Models (learn.microsoft.com, 2026): the key calls, an app registration reads costs. */
export const azure = {
  spec: 1,
  id: 'azure',
  label: 'Azure OpenAI',
  vendor: 'azure',
  kind: 'cloud',
  docUrl: 'https://learn.microsoft.com/azure/ai-foundry/openai',
  keyUrl: 'https://portal.azure.com',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: null,
  hasOwnBase: true,
  hosts: [azureLoginHost, managementHost, azurePricesHost],
  fields: [
    apiKeyField({
      required: false,
      help: 'portal.azure.com > your Azure OpenAI or Foundry resource > Keys and Endpoint. The endpoint there is the base. It cannot read costs.',
      neededFor: ['calls', 'models'],
      env: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
    }),
    textField({
      name: 'deployments',
      label: 'Deployments',
      help: 'Names of your deployments, with commas between: they are what calls name as the model.',
      neededFor: ['calls', 'models'],
    }),
    textField({
      name: 'apiVersion',
      label: 'API version',
      help: 'v1, or a dated one such as 2024-10-21. v1 where left out.',
      neededFor: ['calls', 'models'],
    }),
    textField({
      name: 'priceRegion',
      label: 'Region for prices',
      help: 'Shows models with the prices of Azure’s public list for this region, such as swedencentral.',
      neededFor: ['models'],
    }),
    textField({
      name: 'tenantId',
      label: 'Tenant id',
      help: 'portal.azure.com > Microsoft Entra ID > Overview.',
      neededFor: forCosts,
      env: ['AZURE_TENANT_ID'],
    }),
    textField({
      name: 'clientId',
      label: 'Client id',
      help: 'Application id of an app registration: Microsoft Entra ID > App registrations. Give it the role Cost Management Reader on the subscription.',
      neededFor: forCosts,
      env: ['AZURE_CLIENT_ID'],
    }),
    secretField({
      name: 'clientSecret',
      label: 'Client secret',
      required: false,
      help: 'App registration > Certificates & secrets. Azure lets it expire after at most two years.',
      neededFor: forCosts,
      env: ['AZURE_CLIENT_SECRET'],
    }),
    textField({
      name: 'subscriptionId',
      label: 'Subscription id',
      help: 'portal.azure.com > Subscriptions.',
      neededFor: forCosts,
      env: ['AZURE_SUBSCRIPTION_ID'],
    }),
    textField({
      name: 'resourceGroup',
      label: 'Resource group',
      help: 'Reads the costs of this group only; of the whole subscription where left out.',
      neededFor: forCosts,
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Azure bills at the end of the month.',
      instead: 'See portal.azure.com > Cost Management + Billing.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Actual cost of AI services',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      needs: ['clientSecret', 'tenantId', 'clientId', 'subscriptionId'],
      windowDays: 31,
      lookBackDays: 390,
      trailingDays: 7,
      everyMinutes: 360,
      accuracy:
        'What Azure bills by UTC day, resource and meter, in the currency of the account, before tax and credits. It arrives 8 to 24 hours late and is final after 72.',
      read: readCosts,
    },
  ],
  parameters: z.strictObject({
    reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
    parallelToolCalls: z.boolean().optional(),
    user: z.string().max(200).optional(),
  }),
  complete: (request, context) => calls.complete(request, placed(context)),
  stream: (request, context) => calls.stream(request, placed(context)),
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [
    ...(await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
      await listed(context);
      return 'Azure accepts the key for this resource. Whether the deployments exist, the first call will show.';
    })),
    ...(await checkSecret(context, { secret: 'clientSecret', serves: ['costs'] }, async () => {
      await checkCosts(context);
      return 'The app registration may read the costs.';
    })),
  ];
}

function versionOf({ fields }: ProviderContext): string {
  return fields.apiVersion?.trim() || 'v1';
}

function rootOf({ baseUrl }: ProviderContext): string {
  return baseUrl.replace(/\/openai(?:\/v1)?$/, '');
}

async function listed(context: ProviderContext) {
  const [version, root] = [versionOf(context), rootOf(context)];
  const { json } = await (version === 'v1'
    ? api.get(context, `${root}/openai/v1/models`)
    : api.get(context, `${root}/openai/models`, { query: { 'api-version': version } }));
  return modelRows(api, json);
}

/** The user's deployments first, which calls can name; then what the resource could deploy. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const own = (context.fields.deployments ?? '').split(',').map((name) => name.trim());
  const deployed = own
    .filter((name) => name !== '')
    .map((id) => plainModel({ id, label: `${id} (deployment)` }));
  const priceOf = await pricesOf(context);
  const found = (await listed(context)).map(({ id, deprecation }) =>
    plainModel({ id, price: priceOf(id), retiresAt: momentOf(fieldsOf(deprecation).inference) }),
  );
  return [...deployed, ...found.filter(({ id }) => !own.includes(id))];
}

async function pricesOf(context: ProviderContext): ReturnType<typeof azurePrices> {
  const region = context.fields.priceRegion?.trim().toLowerCase().replaceAll(' ', '') ?? '';
  if (region === '') return () => null;
  if (/^[a-z0-9]+$/.test(region)) return azurePrices(context, region);
  throw new AppError(
    'BAD_INPUT',
    `"${region.slice(0, 40)}" is no region of Azure. Write it like swedencentral.`,
  );
}
