import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountOf, amountText } from './dialects/amount.ts';
import { azureLoginHost, azureToken } from './dialects/azure-token.ts';
import { azureCalls } from './dialects/calls/packages.ts';
import { checkOf, hasSecret } from './dialects/check.ts';
import { meterModel, meterPriceFacts } from './dialects/cloud-meter.ts';
import { secretHeader } from './dialects/credentials.ts';
import { merged } from './dialects/daily.ts';
import { bucketKey, dayMs, momentOf, rfc3339 } from './dialects/days.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { modelRows, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'Azure OpenAI', headers: secretHeader('api-key', 'apiKey', 'API key') });
const managementHost = 'https://management.azure.com';
const management = openApi({
  label: 'Azure Cost Management',
  headers: async (context) => ({ authorization: `Bearer ${await azureToken(context)}` }),
});
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
  hosts: [azureLoginHost, managementHost],
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
  const checks: Check[] = [];
  if (await hasSecret(context, 'apiKey'))
    checks.push(
      ...(await checkOf(['calls', 'models'], async () => {
        await listed(context);
        return 'Azure accepts the key for this resource. Whether the deployments exist, the first call will show.';
      })),
    );
  if (await hasSecret(context, 'clientSecret'))
    checks.push(
      ...(await checkOf(['costs'], async () => {
        const to = context.clock.now() - (context.clock.now() % dayMs);
        await query(context, queryUrl(context), { from: to - dayMs, to });
        return 'The app registration may read the costs.';
      })),
    );
  return checks;
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
  const rows = modelRows(json);
  if (rows === null) throw api.bad('the list of models is missing');
  return rows;
}

/** The user's deployments first, which calls can name; then what the resource could deploy. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const own = (context.fields.deployments ?? '').split(',').map((name) => name.trim());
  const deployed = own
    .filter((name) => name !== '')
    .map((id) => plainModel({ id, label: `${id} (deployment)` }));
  const found = (await listed(context)).map(({ id, deprecation }) =>
    plainModel({ id, retiresAt: momentOf(fieldsOf(deprecation).inference) }),
  );
  return [...deployed, ...found.filter(({ id }) => !own.includes(id))];
}

function queryUrl({ fields }: ProviderContext): string {
  const subscription = fields.subscriptionId?.trim() ?? '';
  if (subscription === '') throw new AppError('BAD_INPUT', 'Azure needs the subscription id for costs.');
  const group = fields.resourceGroup?.trim() ?? '';
  const scope = `/subscriptions/${encodeURIComponent(subscription)}${group === '' ? '' : `/resourceGroups/${encodeURIComponent(group)}`}`;
  return `${managementHost}${scope}/providers/Microsoft.CostManagement/query?api-version=2025-03-01`;
}

/** The service names Azure has billed models under so far; meters of other AI services are told apart by their name. */
const services = ['Cognitive Services', 'Foundry Models', 'Azure OpenAI'];

async function query(
  context: ProviderContext,
  url: string,
  { from, to }: Pick<CostRequest, 'from' | 'to'>,
): Promise<Fields> {
  const { json } = await management.post(context, url, {
    json: {
      type: 'ActualCost',
      timeframe: 'Custom',
      timePeriod: { from: rfc3339(from), to: rfc3339(to - 1000) },
      dataset: {
        granularity: 'Daily',
        aggregation: {
          totalCost: { name: 'Cost', function: 'Sum' },
          totalUSD: { name: 'CostUSD', function: 'Sum' },
        },
        grouping: [
          { type: 'Dimension', name: 'ResourceId' },
          { type: 'Dimension', name: 'Meter' },
        ],
        filter: { dimensions: { name: 'ServiceName', operator: 'In', values: services } },
      },
    },
  });
  return json === null ? {} : fieldsOf(fieldsOf(json).properties);
}

async function readCosts(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const properties = await query(context, request.cursor ?? queryUrl(context), request);
  const names = rowsOf(properties.columns).map(({ name }) => String(name).toLowerCase());
  const problems: CostPage['problems'][number][] = [];
  const records = listOf(properties.rows).flatMap((cells) => {
    const row = Object.fromEntries(names.map((name, index) => [name, listOf(cells)[index]]));
    const record = recordOf(row);
    if (typeof record === 'string') problems.push({ reason: record, raw: JSON.stringify(row).slice(0, 500) });
    return typeof record === 'object' && record !== null && isIn(record.at, request) ? [record] : [];
  });
  return { records: merged(records), problems, cursor: nextOf(properties), asOf: null };
}

function isIn(at: number, { from, to }: CostRequest): boolean {
  return at >= from && at < to;
}

/** The link says where to post the same question again; one that leads elsewhere would take the token with it. */
function nextOf({ nextLink }: Fields): string | null {
  const link = textOf(nextLink);
  if (link === null || new URL(link).origin === managementHost) return link;
  throw management.bad('the next page lies on another host');
}

/** By the name of the columns: the aggregate may be named after its alias or after the column. Null for a day without cost. */
function recordOf(row: Fields): ImportedRecord | string | null {
  const day = /^(\d{4})(\d{2})(\d{2})/.exec(String(row.usagedate ?? ''));
  const at = day === null ? momentOf(row.usagedate) : momentOf(`${day[1]}-${day[2]}-${day[3]}`);
  const amount = amountOf(row.totalcost ?? row.cost ?? row.pretaxcost, 0, row.currency);
  if (at === null) return 'the row has no UsageDate';
  if (amount === null) return 'the row has no cost or no currency';
  if (amount.value === '0') return null;
  const [resource, meter] = [textOf(row.resourceid)?.toLowerCase() ?? '', textOf(row.meter) ?? ''];
  const priceFacts = meterPriceFacts(meter);
  const usd = amountText(row.totalusd ?? row.costusd);
  return {
    key: bucketKey([at, resource, meter.toLowerCase(), amount.currency]),
    at,
    grain: 'day',
    provider: 'azure',
    model: meterModel(meter),
    project: resource.split('/').at(-1) || null,
    requests: 0,
    tokens: noTokens,
    amount,
    ...(priceFacts && { priceFacts }),
    extras: { meter, ...(usd !== null && amount.currency !== 'USD' && { costUsd: usd }) },
  };
}
