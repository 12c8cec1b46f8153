import {
  meterPriceFacts,
  modelOfMeter,
  tokenPart,
  tokensPerBareUnit,
} from '../../platform/meters/meter-words.ts';
import type { ProviderContext, VendorPrice } from '../../platform/provider.ts';
import { amountText } from './amount.ts';
import { openApi } from './http.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './json.ts';

export const azurePricesHost = 'https://prices.azure.com';
// The list is public: no credential goes there.
const api = openApi({ label: 'Azure’s price list', headers: async () => ({}) });
const mostPages = 40;

/** What Azure's public price list asks for models in a region, deployed globally: by model as its meters name it. */
export async function azurePrices(
  context: ProviderContext,
  region: string,
): Promise<(id: string) => VendorPrice | null> {
  const filter = `armRegionName eq '${region}' and priceType eq 'Consumption' and contains(productName, 'OpenAI')`;
  const prices = new Map<string, Map<string, string | null>>();
  let url: string | null = `${azurePricesHost}/api/retail/prices?$filter=${encodeURIComponent(filter)}`;
  for (let page = 0; url !== null && page < mostPages; page++) {
    const answer: Fields = fieldsOf((await api.get(context, url)).json);
    if (!Array.isArray(answer.Items)) throw api.bad('the prices are missing');
    for (const item of rowsOf(answer.Items)) note(item, prices);
    const next = textOf(answer.NextPageLink);
    url = next !== null && new URL(next).origin === azurePricesHost ? next : null;
  }
  return (id) => priceIn(prices, id);
}

/** Meters of batches, of a region or of a data zone have other prices: a model's plain price is the global one. */
function note(item: Fields, prices: Map<string, Map<string, string | null>>): void {
  const meter = textOf(item.meterName) ?? '';
  const [model, part] = [modelOfMeter(meter)?.toLowerCase() ?? null, tokenPart(meter)];
  const price = perMillionOf(item.retailPrice, textOf(item.unitOfMeasure) ?? '');
  if (model === null || part === null || price === null) return;
  if (meterPriceFacts(meter) !== null || !/\bgl(?:bl)?\b/i.test(meter)) return;
  const known = prices.get(model) ?? new Map<string, string | null>();
  // Where two meters ask differently for one thing, neither is its price.
  known.set(part, known.has(part) && known.get(part) !== price ? null : price);
  prices.set(model, known);
}

/** USD per million of what is sold by the thousand or the million. */
function perMillionOf(price: unknown, unit: string): string | null {
  const places = { 1: -6, 1e3: -3, 1e6: 0 }[tokensPerBareUnit(unit) ?? 0];
  return places === undefined ? null : amountText(price, places);
}

/** `gpt-4o-2024-08-06` is metered as `gpt-4o-0806` or `gpt-4o`. */
function priceIn(prices: Map<string, Map<string, string | null>>, id: string): VendorPrice | null {
  const [, name = id, month, day] = /^(.+)-20\d\d-(\d\d)-(\d\d)$/.exec(id) ?? [];
  const names = [id, ...(month === undefined ? [] : [`${name}-${month}${day}`, name])];
  const found = names.map((each) => prices.get(each.toLowerCase())).find((parts) => parts !== undefined);
  const [input, output, cacheRead] = ['input', 'output', 'cacheRead'].map((part) => found?.get(part) ?? null);
  if (input == null && output == null) return null;
  return {
    ...(input != null && { input }),
    ...(output != null && { output }),
    ...(cacheRead != null && { cacheRead }),
    note: 'Deployed globally. Data zones and regions cost more.',
  };
}
