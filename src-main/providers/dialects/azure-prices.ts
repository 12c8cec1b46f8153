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
import { createListPrices, type ListPrices } from './list-prices.ts';

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
  const prices = createListPrices();
  let url: string | null = `${azurePricesHost}/api/retail/prices?$filter=${encodeURIComponent(filter)}`;
  for (let page = 0; url !== null && page < mostPages; page++) {
    const answer: Fields = fieldsOf((await api.get(context, url)).json);
    if (!Array.isArray(answer.Items)) throw api.bad('the prices are missing');
    for (const item of rowsOf(answer.Items)) note(item, prices);
    const next = textOf(answer.NextPageLink);
    url = next !== null && new URL(next).origin === azurePricesHost ? next : null;
  }
  return (id) => prices.find(namesOf(id), 'Deployed globally. Data zones and regions cost more.');
}

/** Meters of batches, of a region or of a data zone have other prices: a model's plain price is the global one. */
function note(item: Fields, prices: ListPrices): void {
  const meter = textOf(item.meterName) ?? '';
  const [model, part] = [modelOfMeter(meter)?.toLowerCase() ?? null, tokenPart(meter)];
  const price = perMillionOf(item.retailPrice, textOf(item.unitOfMeasure) ?? '');
  if (model === null || part === null || price === null) return;
  if (meterPriceFacts(meter) !== null || !/\bgl(?:bl)?\b/i.test(meter)) return;
  prices.add(model, part, price);
}

/** USD per million of what is sold by the thousand or the million. */
function perMillionOf(price: unknown, unit: string): string | null {
  const places = { 1: -6, 1e3: -3, 1e6: 0 }[tokensPerBareUnit(unit) ?? 0];
  return places === undefined ? null : amountText(price, places);
}

/** `gpt-4o-2024-08-06` is metered as `gpt-4o-0806` or `gpt-4o`. */
function namesOf(id: string): readonly string[] {
  const [, name = id, month, day] = /^(.+)-20\d\d-(\d\d)-(\d\d)$/.exec(id) ?? [];
  const names = [id, ...(month === undefined ? [] : [`${name}-${month}${day}`, name])];
  return names.map((each) => each.toLowerCase());
}
