import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import {
  bedrockEdition,
  meterPriceFacts,
  modelOfMeter,
  tokenPart,
  tokensIn,
  tokensPerBareUnit,
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
import { type CurColumns, findCurColumns } from './dialects/cur-columns.ts';
import { openDates } from './dialects/dates.ts';
import { grainOfPeriod } from './dialects/grain.ts';
import { parseFields, textOf } from './dialects/json-fields.ts';
import { provenMillions } from './dialects/marketplace-unit.ts';
import { openOtherServices } from './dialects/other-services.ts';
import { remember } from './dialects/remember.ts';

/**
 * AWS Cost and Usage Reports, legacy and 2.0 (Data Exports), of which the rows of Amazon Bedrock are read
 * (docs.aws.amazon.com/cur, 2026). AWS writes the whole month over several times a day and gives the rows new ids,
 * so a row is known by what it is for; of two reports of one month the larger row counts.
 */
export const awsCur = {
  spec: 1,
  kind: 'table',
  id: 'aws-cur',
  label: 'AWS Cost and Usage Report',
  vendor: 'aws',
  vendorLabel: 'AWS',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What AWS bills (unblended cost) for Amazon Bedrock, with its credits and tax; other services are left out. Tokens of marketplace models count only where their price proves the unit.',
  howToGet: 'The .csv.gz files of a Cost and Usage Report or a CUR 2.0 data export, from its S3 bucket.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    (columns.has('line_item_usage_type') && columns.has('line_item_unblended_cost')) ||
    (columns.has('lineitem/usagetype') && columns.has('lineitem/unblendedcost')),
  open: openReport,
} as const satisfies TableImporter;

const dayMs = 86_400_000;

/** Spend is the sum over all kinds of line; the ones not listed, discounts and refunds, are adjustments of it. */
const charges: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['discountedusage', 'usage'],
  ['savingsplancoveredusage', 'usage'],
  ['tax', 'tax'],
  ['credit', 'credit'],
  ['fee', 'purchase'],
  ['rifee', 'purchase'],
  ['savingsplanupfrontfee', 'purchase'],
  ['savingsplanrecurringfee', 'purchase'],
]);

const partOf = remember(tokenPart);
const meterModel = remember(modelOfMeter);
const priceFactsOf = remember(meterPriceFacts);
const projectOf = remember(projectOfTags);
const productIn = remember((map: string) => textOf(parseFields(map)?.product_name) ?? '');
const isBedrockUsage = remember((type: string) => /(?:in|out)put[_-]?tokens?|tokencount/i.test(type));

function openReport(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findCurColumns(columns);
  const starts = openDates('iso', 'UTC', file.now);
  const ends = openDates('iso', 'UTC', file.now + 40 * dayMs);
  const cut = cutOfReport(file, at);
  const keyOf = bucketKey;
  const others = openOtherServices();
  const units = { unproven: 0 };

  function line(): RowOutcome {
    const product = columns.text(at.product) || productIn(columns.text(at.productMap));
    if (!isBedrock(columns, at, product)) return others.skip(product || columns.text(at.code));
    const currency = columns.text(at.currency).toUpperCase();
    const value = columns.money(at.cost, currency);
    if (value === null)
      return { kind: 'refuse', reason: `UnblendedCost "${columns.text(at.cost)}" is no amount` };
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`CurrencyCode "${currency}" is not a currency`);
    const start = columns.date(at.start, starts).at;
    const end = columns.text(at.end) === '' ? start + dayMs : columns.date(at.end, ends).at;
    const grain = grainOfPeriod(start, end);
    const charge = charges.get(columns.text(at.type).toLowerCase()) ?? 'adjustment';
    const priceFacts = priceFactsOf(columns.text(at.usage));
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), grain, ...at.identity.map(columns.text)]),
        at: start,
        grain,
        cut,
        provider: 'aws',
        model: bedrockEdition(product) ?? meterModel(columns.text(at.usage)),
        project:
          columns.text(at.projectTag) ||
          projectOf(columns.text(at.tagMap)) ||
          columns.text(at.account) ||
          null,
        requests: 0,
        tokens: charge === 'usage' ? tokensOf(columns, at, value, units) : noTokens,
        amount: { value, currency },
        charge,
        ...(priceFacts && { priceFacts }),
        extras: extrasOf(columns, at, product),
      },
    };
  }

  return {
    row: (cells) => columns.read(cells, line),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...others.warnings(),
      ...(units.unproven > 0
        ? [
            `In ${units.unproven} rows nothing proves how many tokens a unit is; their cost counts, their tokens are unknown.`,
          ]
        : []),
    ],
  };
}

function isBedrock(columns: Columns, at: CurColumns, product: string): boolean {
  return (
    /^AmazonBedrock/i.test(columns.text(at.code)) ||
    /^AmazonBedrock/i.test(columns.text(at.service)) ||
    bedrockEdition(product) !== null ||
    isBedrockUsage(columns.text(at.usage))
  );
}

/** One month can be reported by the hour and by the day, with and without resources, in either generation. */
function cutOfReport(file: TableFile, at: CurColumns): string {
  const dates = openDates('iso', 'UTC', file.now + 40 * dayMs);
  let shortest = Number.POSITIVE_INFINITY;
  for (const row of file.sample) {
    if (!/usage/i.test(row[at.type] ?? '')) continue;
    const [start, end] = [dates((row[at.start] ?? '').trim()), dates((row[at.end] ?? '').trim())];
    if (start.kind === 'date' && end.kind === 'date') shortest = Math.min(shortest, end.at - start.at);
  }
  const by =
    shortest <= dayMs / 24 || !Number.isFinite(shortest) ? 'hour' : shortest <= dayMs ? 'day' : 'month';
  return `${at.generation} by ${by}${at.resource < 0 ? '' : ' and resource'}`;
}

/** Rows of AWS itself name their unit, in a column or in the description; rows of the marketplace do not. */
function tokensOf(columns: Columns, at: CurColumns, cost: string, units: { unproven: number }): Tokens {
  const usage = columns.text(at.usage);
  const part = /token/i.test(usage) ? partOf(usage) : null;
  if (part === null) return noTokens;
  const description = columns.text(at.description);
  const quantity = columns.quantity(at.quantity);
  const unit = columns.text(at.unit) || (/ per (1[KM]|1,?000|million)\b/i.exec(description)?.[1] ?? '');
  const isMarketplace = /^units?$/i.test(unit) || /-Units$/i.test(usage);
  const count = isMarketplace
    ? provenMillions(part, { cost, quantity, description })
    : tokensIn(quantity, tokensPerBareUnit(unit));
  if (count === null && Number(quantity) !== 0) units.unproven++;
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

/** The principal is left out: a role's session is often named by an e-mail address. */
function extrasOf(columns: Columns, at: CurColumns, product: string): { readonly [key: string]: Json } {
  return withoutBlanks({
    service: product || columns.text(at.code),
    usageType: columns.text(at.usage),
    operation: columns.text(at.operation),
    lineItemType: columns.text(at.type),
    description: columns.text(at.description),
    usageAccount: columns.text(at.account),
  });
}
