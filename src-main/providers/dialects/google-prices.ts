import { AppError } from '../../platform/error.ts';
import { googleSku } from '../../platform/meters/google-sku.ts';
import type { ProviderContext, VendorPrice } from '../../platform/provider.ts';
import { perMillion, unitsAndNanos } from './amount.ts';
import { googleToken } from './google-token.ts';
import { openApi } from './http.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './json.ts';
import { createListPrices, type ListPrices } from './list-prices.ts';

export const googlePricesHost = 'https://cloudbilling.googleapis.com';
const api = openApi({
  label: 'Google’s price list',
  headers: async (context) => ({ authorization: `Bearer ${await googleToken(context, 'serviceAccount')}` }),
});
const mostPages = 40;
const note =
  'Text at the standard tier; long prompts, batches and other modalities have prices of their own.';

/**
 * What Google Cloud's catalogue asks for the models of a service, by model as its SKUs name it. None where the project has
 * not switched on the Cloud Billing API: models are listed without prices then.
 */
export async function googlePrices(
  context: ProviderContext,
  service: RegExp,
): Promise<(id: string) => VendorPrice | null> {
  const skus = await skusOf(context, service).catch((error: unknown) => {
    if (error instanceof AppError && ['INSUFFICIENT_SCOPE', 'BAD_INPUT'].includes(error.code)) return [];
    throw error;
  });
  const prices = createListPrices();
  for (const sku of skus) add(sku, prices);
  return (id) => prices.find(namesOf(id), note);
}

async function skusOf(context: ProviderContext, service: RegExp): Promise<readonly Fields[]> {
  const services = await listed(context, '/v1/services', 'services');
  const found = services.filter(({ displayName }) => service.test(String(displayName)));
  const lists: Fields[] = [];
  for (const { name } of found)
    lists.push(...(await listed(context, `/v1/${textOf(name) ?? ''}/skus`, 'skus')));
  return lists;
}

async function listed(context: ProviderContext, path: string, field: string): Promise<readonly Fields[]> {
  const rows: Fields[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null && page < mostPages; page++) {
    const query = { pageSize: 5000, pageToken: token || null };
    const answer: Fields = fieldsOf((await api.get(context, `${googlePricesHost}${path}`, { query })).json);
    rows.push(...rowsOf(answer[field]));
    token = textOf(answer.nextPageToken);
  }
  return rows;
}

/** Only text at the standard tier: other modalities, batches and long prompts have other prices. */
function add(row: Fields, prices: ListPrices): void {
  const description = textOf(row.description) ?? '';
  const { model, part, priceFacts } = googleSku(description);
  const isText = !/\b(?:audio|image|video)\b/i.test(description);
  if (model === null || part === null || !isText) return;
  if (priceFacts?.serviceTier !== undefined || priceFacts?.longContext === true) return;
  const price = priceOf(row);
  if (price !== null) prices.add(model, part, price);
}

/** A SKU with one rate per token. A rate of zero is an allowance or a rounding, not a price. */
function priceOf(row: Fields): string | null {
  const [info] = rowsOf(row.pricingInfo);
  const { usageUnit, tieredRates } = fieldsOf(info?.pricingExpression);
  const rates = rowsOf(tieredRates);
  const unit = fieldsOf(rates[0]?.unitPrice);
  if (rates.length !== 1 || usageUnit !== 'count' || (unit.currencyCode ?? 'USD') !== 'USD') return null;
  const price = perMillion(unitsAndNanos(unit.units, unit.nanos));
  return price === '0' ? null : price;
}

/** Versions and previews of a model are sold as the model. */
function namesOf(id: string): readonly string[] {
  return [id, id.replace(/-\d{3}$/, ''), id.replace(/-preview.*$/, '')];
}
