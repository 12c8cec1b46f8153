import { AppError } from '../../platform/error.ts';
import { meterPriceFacts, modelOfMeter } from '../../platform/meters/meter-words.ts';
import type { CostPage, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { amountOf, amountText } from '../dialects/amount.ts';
import { azureToken } from '../dialects/azure-token.ts';
import { merged } from '../dialects/daily.ts';
import { bucketKey, dayMs, isWithin, momentOf, rfc3339, startOfDay } from '../dialects/days.ts';
import { openApi } from '../dialects/http.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from '../dialects/json.ts';

export const managementHost = 'https://management.azure.com';
const management = openApi({
  label: 'Azure Cost Management',
  headers: async (context) => ({ authorization: `Bearer ${await azureToken(context)}` }),
});

/** Asks for the costs of yesterday. Throws where the app registration may not read them. */
export async function checkCosts(context: ProviderContext): Promise<void> {
  const to = startOfDay(context.clock.now());
  await query(context, queryUrl(context), { from: to - dayMs, to });
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

/** Cost Management's query (learn.microsoft.com/rest/api/cost-management, 2025-03-01), a page of it. */
export async function readCosts(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const properties = await query(context, request.cursor ?? queryUrl(context), request);
  const names = rowsOf(properties.columns).map(({ name }) => String(name).toLowerCase());
  const problems: CostPage['problems'][number][] = [];
  const records = listOf(properties.rows).flatMap((cells) => {
    const row = Object.fromEntries(names.map((name, index) => [name, listOf(cells)[index]]));
    const record = recordOf(row);
    if (typeof record === 'string') problems.push({ reason: record, raw: JSON.stringify(row).slice(0, 500) });
    return typeof record === 'object' && record !== null && isWithin(record.at, request) ? [record] : [];
  });
  return { records: merged(records), problems, cursor: nextOf(properties), asOf: null };
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
    model: modelOfMeter(meter),
    project: resource.split('/').at(-1) || null,
    requests: 0,
    tokens: noTokens,
    amount,
    ...(priceFacts && { priceFacts }),
    extras: { meter, ...(usd !== null && amount.currency !== 'USD' && { costUsd: usd }) },
  };
}
