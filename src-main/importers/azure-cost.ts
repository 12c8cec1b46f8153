import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import {
  blockSize,
  meterPriceFacts,
  modelOfMeter,
  tokenPart,
  tokensIn,
  tokensPerUnit,
} from '../platform/meters/meter-words.ts';
import { type Charge, noTokens, type Tokens } from '../platform/record.ts';
import { projectOfTags } from './dialects/cloud-tags.ts';
import {
  bucketKey,
  type Columns,
  openColumns,
  repeatedColumnWarnings,
  withoutBlanks,
} from './dialects/columns.ts';
import { type DateReader, openDates } from './dialects/dates.ts';
import { openOtherServices } from './dialects/other-services.ts';
import { remember } from './dialects/remember.ts';

/**
 * Cost Management exports of Azure, actual cost: EA and MCA schemas of 2021 to 2025 and the older EA and portal
 * layout (learn.microsoft.com cost-usage-details, 2025). A row is a meter, a resource and a day; a month-to-date
 * export is written over again, so a row is known by those and not by its place.
 */
export const azureCost = {
  spec: 1,
  kind: 'table',
  id: 'azure-cost',
  label: 'Azure cost export',
  vendor: 'azure',
  vendorLabel: 'Azure',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What Azure bills in the currency of the account, before tax and credits. Of a whole bill only Azure OpenAI, Foundry and Cognitive Services are read; the newest days may still grow.',
  howToGet:
    'portal.azure.com > Cost Management > Exports, "Cost and usage details (actual)" as CSV; or the usage file of an invoice.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    (columns.has('costinbillingcurrency') && columns.has('metername')) ||
    (columns.has('metersubcategory') && columns.has('cost') && columns.has('billingcurrency')),
  open: openAzure,
} as const satisfies TableImporter;

const charges: ReadonlyMap<string, Charge> = new Map([
  ['', 'usage'],
  ['usage', 'usage'],
  ['purchase', 'purchase'],
  ['tax', 'tax'],
  ['credit', 'credit'],
]);

const partOf = remember(tokenPart);
const meterModel = remember(modelOfMeter);
const priceFactsOf = remember(meterPriceFacts);
const isModelService = remember((names: string) =>
  /cognitive ?services|foundry|openai|azure ai services/i.test(names),
);
/** Models sold by their makers through the marketplace have no meter, only a publisher and a product. */
const isModelMaker = remember((names: string) =>
  /anthropic|claude|mistral|cohere|\bmeta\b|llama|ai21|deepseek|\bxai\b|grok|moonshot|kimi/i.test(names),
);

function openAzure(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const dates = openAzureDates(file.now);
  const keyOf = bucketKey;
  const others = openOtherServices();
  let amortized = /amorti[sz]ed/i.test(file.fileName);

  function line(): RowOutcome {
    const chargeType = columns.text(at.chargeType);
    amortized ||= /^unused/i.test(chargeType);
    if (!isForModels(columns, at))
      return others.skip(columns.text(at.category) || columns.text(at.product) || chargeType);
    const currency = columns.text(at.currency).toUpperCase();
    const value = columns.money(at.cost, currency);
    if (value === null)
      return { kind: 'refuse', reason: `${file.header[at.cost]} "${columns.text(at.cost)}" is no amount` };
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`the billing currency "${currency}" is not a currency`);
    const start = columns.date(at.date, dates).at;
    // An unknown kind of charge is money all the same, but no usage to count.
    const charge = charges.get(chargeType.toLowerCase()) ?? 'adjustment';
    const meter = columns.text(at.meter);
    const priceFacts = priceFactsOf(meter);
    return {
      kind: 'record',
      record: {
        key: keyOf([
          String(start),
          chargeType,
          ...at.identity.map((column) => columns.text(column).toLowerCase()),
        ]),
        at: start,
        grain: 'day',
        provider: 'azure',
        model: meterModel(meter),
        project: projectOfTags(columns.text(at.tags)) ?? (columns.text(at.subscription) || null),
        requests: 0,
        tokens: charge === 'usage' ? tokensOf(columns, at) : noTokens,
        amount: { value, currency },
        charge,
        ...(priceFacts && { priceFacts }),
        extras: extrasOf(columns, at, currency),
      },
    };
  }

  return {
    row: (cells) => columns.read(cells, line),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...others.warnings(),
      ...(amortized
        ? ['This looks like amortized cost, which spreads purchases over time. Export actual cost instead.']
        : []),
    ],
  };
}

type AzureColumns = ReturnType<typeof findColumns>;

function findColumns(at: (...names: string[]) => number) {
  const [meter, product] = [at('metername'), at('productname', 'product')];
  return {
    cost: at('costinbillingcurrency', 'cost'),
    currency: at('billingcurrency', 'billingcurrencycode'),
    date: at('date'),
    chargeType: at('chargetype'),
    category: at('metercategory'),
    subCategory: at('metersubcategory'),
    service: at('consumedservice'),
    meter,
    product,
    publisher: at('publishername'),
    publisherType: at('publishertype'),
    plan: at('planname'),
    quantity: at('quantity'),
    unit: at('unitofmeasure'),
    tags: at('tags'),
    subscription: at('subscriptionname', 'subscriptionid'),
    resourceGroup: at('resourcegroup', 'resourcegroupname'),
    region: at('resourcelocation'),
    costInUsd: at('costinusd'),
    /** What tells the rows of one day apart in every layout. */
    identity: [
      ...[at('subscriptionid'), at('resourceid'), at('meterid'), meter, product],
      ...[at('pricingmodel'), at('reservationid'), at('productorderid')],
    ],
  };
}

function isForModels(columns: Columns, at: AzureColumns): boolean {
  const { category, subCategory, service, publisher, publisherType, product, plan } = at;
  const named = (...those: readonly number[]) => those.map(columns.text).join('\n');
  if (isModelService(named(category, subCategory, service))) return true;
  return /marketplace/i.test(columns.text(publisherType)) && isModelMaker(named(publisher, product, plan));
}

/** Month first, as the exports write them; files of the REST API have ISO dates. */
function openAzureDates(now: number): DateReader {
  const [own, iso] = [openDates('mdy', 'UTC', now), openDates('iso', 'UTC', now)];
  return (text) => {
    const cell = /^\d{4}-/.test(text) ? iso(text) : own(text);
    return cell.kind === 'date' ? { ...cell, at: cell.at - (cell.at % 86_400_000) } : cell;
  };
}

/** `1M Tokens` in a meter's name is a unit too, but the unit of measure decides. */
function tokensOf(columns: Columns, at: AzureColumns): Tokens {
  const meter = columns.text(at.meter);
  const part = partOf(meter);
  if (part === null || !/\btokens?\b/i.test(meter)) return noTokens;
  const unit = columns.text(at.unit);
  const count = tokensIn(columns.quantity(at.quantity), blockSize(unit) ?? tokensPerUnit(unit));
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

function extrasOf(columns: Columns, at: AzureColumns, currency: string): { readonly [key: string]: Json } {
  return withoutBlanks({
    service: columns.text(at.category),
    meter: columns.text(at.meter) || columns.text(at.product),
    chargeType: columns.text(at.chargeType),
    publisher: columns.text(at.publisher),
    subscription: columns.text(at.subscription),
    resourceGroup: columns.text(at.resourceGroup),
    region: columns.text(at.region),
    costInUsd: currency === 'USD' ? '' : (columns.quantity(at.costInUsd) ?? ''),
  });
}
