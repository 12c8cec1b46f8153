import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import {
  bedrockEdition,
  blockSize,
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
import { openDates } from './dialects/dates.ts';
import { type FocusColumns, findFocusColumns, focusIdentity } from './dialects/focus-columns.ts';
import { isOtherService } from './dialects/focus-words.ts';
import { grainOfPeriod } from './dialects/grain.ts';
import { openOtherServices } from './dialects/other-services.ts';
import { remember } from './dialects/remember.ts';
import { vendorId } from './dialects/vendor-id.ts';

/**
 * FinOps FOCUS Cost and Usage, versions 1.0 to 1.4, of any vendor (focus.finops.org; samples of AWS and Azure).
 * `BilledCost` is cash; `EffectiveCost` and `ListCost` are kept beside it. FOCUS has no row id, and an export of the
 * running month is written over again with more in its rows, so a row is known by what it is for.
 */
export const focus = {
  spec: 1,
  kind: 'table',
  id: 'focus',
  label: 'FOCUS cost and usage (any vendor)',
  vendor: 'focus',
  vendorLabel: 'FOCUS',
  anyVendor: true,
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What the vendor bills (BilledCost), credits and tax included. Of whole cloud bills only AI services are read; an export of a running month may still grow.',
  howToGet: 'The FOCUS export of your cloud’s or vendor’s billing console, as CSV or CSV.gz.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('billedcost') && columns.has('chargecategory') && columns.has('chargeperiodstart'),
  open: openFocus,
} as const satisfies TableImporter;

const dayMs = 86_400_000;

const charges: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['purchase', 'purchase'],
  ['tax', 'tax'],
  ['credit', 'credit'],
  ['adjustment', 'adjustment'],
]);

const vendorOf = remember(vendorId);
const partOf = remember(tokenPart);
const meterModel = remember(modelOfMeter);

function openFocus(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findFocusColumns(columns.at);
  const starts = openDates('iso', 'UTC', file.now);
  const ends = openDates('iso', 'UTC', file.now + 4000 * dayMs);
  const others = openOtherServices();
  const identity = focusIdentity(columns.names);
  const keyOf = bucketKey;
  let oddListCosts = 0;

  function chargeRow(): RowOutcome {
    const provider = vendorOf(columns.text(at.provider) || columns.text(at.issuer));
    const service = columns.text(at.service);
    if (isOtherService(provider, columns.text(at.category), service)) return others.skip(service);
    const charge = charges.get(columns.text(at.charge).toLowerCase());
    const currency = columns.text(at.currency).toUpperCase();
    const value = columns.money(at.billed, currency);
    if (provider === '') columns.refuse('no provider is named');
    if (charge === undefined) return refuse(`ChargeCategory "${columns.text(at.charge)}" is not known`);
    if (value === null) return refuse(`BilledCost "${columns.text(at.billed)}" is no amount`);
    if (!/^[A-Z]{3}$/.test(currency)) return refuse(`BillingCurrency "${currency}" is not a currency`);
    const start = columns.date(at.start, starts).at;
    const end = columns.text(at.end) === '' ? start + dayMs : columns.date(at.end, ends).at;
    const grain = grainOfPeriod(start, end);
    const tokens = charge === 'usage' ? tokensOf(columns, at) : noTokens;
    if (isListCostOdd(columns, at)) oddListCosts++;
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), grain, ...identity.map(columns.text)]),
        at: start,
        grain,
        provider,
        model: modelOf(columns, at),
        project: projectOfTags(columns.text(at.tags)) ?? (columns.text(at.subAccount) || null),
        requests: 0,
        tokens,
        amount: { value, currency },
        charge,
        extras: extrasOf(columns, at, value),
      },
    };
  }

  return {
    row: (cells) => columns.read(cells, chargeRow),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...others.warnings(),
      ...(oddListCosts > 0
        ? [`In ${oddListCosts} rows ListCost is not ListUnitPrice times PricingQuantity.`]
        : []),
    ],
  };
}

function refuse(reason: string): RowOutcome {
  return { kind: 'refuse', reason };
}

function tokensOf(columns: Columns, at: FocusColumns): Tokens {
  const texts = [at.tokenType, at.meterName, at.meter, at.description].map(columns.text);
  const part = texts.map(partOf).find((found) => found !== null);
  if (!part) return noTokens;
  const count =
    stated(columns, at.consumed, tokensPerUnit(columns.text(at.consumedUnit))) ??
    stated(columns, at.priced, tokensPerUnit(columns.text(at.pricingUnit))) ??
    (texts.some((text) => /\btokens\b/i.test(text))
      ? stated(columns, at.priced, blockSize(columns.text(at.pricingUnit)))
      : null);
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

function stated(columns: Columns, column: number, perUnit: number | null): number | null {
  return perUnit === null ? null : tokensIn(columns.quantity(column), perUnit);
}

function modelOf(columns: Columns, at: FocusColumns): string | null {
  const named = columns.text(at.model);
  if (named !== '') return named;
  const marketplace = bedrockEdition(columns.text(at.service));
  if (marketplace !== null) return marketplace;
  if (columns.text(at.charge).toLowerCase() !== 'usage') return null;
  for (const column of [at.meterName, at.meter, at.description]) {
    const model = meterModel(columns.text(column));
    if (model !== null) return model;
  }
  return null;
}

function extrasOf(columns: Columns, at: FocusColumns, billed: string): { readonly [key: string]: Json } {
  const effective = columns.quantity(at.effective);
  const list = columns.quantity(at.list);
  const texts = {
    service: columns.text(at.service),
    description: columns.text(at.description),
    chargeClass: columns.text(at.chargeClass),
    subAccount: columns.text(at.subAccount),
    region: columns.text(at.region),
    invoiceId: columns.text(at.invoice),
    ...(effective !== null && effective !== billed && { effectiveCost: effective }),
    ...(list !== null && list !== billed && { listCost: list }),
    billedCostInUsd:
      columns.text(at.currency).toUpperCase() === 'USD' ? '' : (columns.quantity(at.billedUsd) ?? ''),
  };
  return withoutBlanks(texts);
}

/** A plausibility check only, so floats will do. */
function isListCostOdd(columns: Columns, at: FocusColumns): boolean {
  const [cost, price, quantity] = [at.list, at.listPrice, at.priced].map(columns.quantity);
  if (cost == null || price == null || quantity == null) return false;
  const expected = Number(price) * Number(quantity);
  return Math.abs(Number(cost) - expected) > 1e-6 + Math.abs(expected) * 0.01;
}
