import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { googleSku } from '../platform/meters/google-sku.ts';
import { tokensIn } from '../platform/meters/meter-words.ts';
import { type Charge, noTokens, type Tokens } from '../platform/record.ts';
import {
  bucketKey,
  type Columns,
  openColumns,
  repeatedColumnWarnings,
  withoutBlanks,
} from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { type ExactSum, openSum } from './dialects/exact-sum.ts';
import { currencyOfColumn, isGoogleModelService } from './dialects/google-bill.ts';
import { type InvoiceFacts, monthOf, readInvoice } from './dialects/google-preamble.ts';
import { parseMoney } from './dialects/numbers.ts';
import { openOtherServices } from './dialects/other-services.ts';
import { remember } from './dialects/remember.ts';

/**
 * Cost table of a Google Cloud invoice (console, 2026): a row is a project and SKU over the month, below eight lines
 * about the invoice and above its rounding error, tax and total. The month is the invoice's; use may begin before it.
 */
export const googleCostTable = {
  spec: 1,
  kind: 'table',
  id: 'google-cost-table',
  label: 'Google Cloud cost table',
  vendor: 'google',
  vendorLabel: 'Google',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What the invoice asks for Gemini API and Vertex AI, by month. Credits are there only if savings were ticked; tax and rounding count where the invoice holds nothing else.',
  howToGet:
    'console.cloud.google.com > Billing > Cost table: choose the invoice, tick the savings, download as CSV.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('sku description') &&
    columns.has('cost type') &&
    columns.has('usage start date') &&
    ([...columns].some(isUnrounded) || columns.has('unrounded cost ($)')),
  open: openCostTable,
} as const satisfies TableImporter;

const dayMs = 86_400_000;
const isUnrounded = (name: string) => name.startsWith('unrounded cost');

const charges: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['tax', 'tax'],
  ['rounding error', 'adjustment'],
]);
/** Rows that repeat the sum of others: added, they would double the file. */
const isTotal = /^(?:(?:sub|grand |filtered )?total|total amount due)$/i;

const skuOf = remember(googleSku);
const isModelService = remember(isGoogleModelService);

function openCostTable(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns);
  const invoice = readInvoice(file.preamble, file.now);
  const currency = invoice.currency ?? currencyOfColumn(columns.names[at.cost] ?? '');
  const month = openMonths(file, columns, invoice);
  const keyOf = bucketKey;
  const others = openOtherServices();
  const sums: Sums = { rows: openSum(), left: openSum(), total: null };

  function line(): RowOutcome {
    const value = columns.money(at.cost, currency ?? 'USD');
    const [service, type] = [columns.text(at.service), columns.text(at.type)];
    if (value === null) return { kind: 'refuse', reason: `the cost "${columns.text(at.cost)}" is no amount` };
    if (service === '' && isTotal.test(type)) {
      if (/^total/i.test(type)) sums.total = value;
      return { kind: 'skip', reason: `${type}: the sum of the rows above` };
    }
    sums.rows.add(value);
    if (service !== '' && !isModelService(service)) return others.skip(service);
    const charge = charges.get(type.toLowerCase()) ?? (service === '' ? undefined : 'adjustment');
    if (charge === undefined || (service === '' && charge === 'usage'))
      return { kind: 'refuse', reason: `Cost type "${type}" without a service is not known` };
    if (service === '' && others.count() > 0) {
      sums.left.add(value);
      return { kind: 'skip', reason: `${type} of an invoice that also holds other services` };
    }
    if (currency === null) return { kind: 'refuse', reason: 'the file does not name its currency' };
    return chargeRow({ value, currency, charge: columns.text(at.credit) === '' ? charge : 'credit' });
  }

  function chargeRow({
    value,
    currency,
    charge,
  }: {
    value: string;
    currency: string;
    charge: Charge;
  }): RowOutcome {
    const sku = columns.text(at.sku);
    const { model, priceFacts } = skuOf(sku);
    const start = month.of();
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), invoice.billingAccount, ...at.identity.map(columns.text)]),
        at: start,
        grain: 'month',
        provider: 'google',
        model,
        project: columns.text(at.project) || columns.text(at.projectId) || null,
        requests: 0,
        tokens: charge === 'usage' ? tokensOf(columns, at) : noTokens,
        amount: { value, currency },
        charge,
        ...(priceFacts && { priceFacts }),
        extras: withoutBlanks({
          service: columns.text(at.service),
          sku,
          costType: columns.text(at.type),
          creditType: columns.text(at.credit),
          usageFrom: columns.text(at.start),
          usageTo: columns.text(at.end),
        }),
      },
    };
  }

  return {
    row: (cells) => columns.read(cells, line),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...month.warnings(),
      ...others.warnings(),
      ...sumWarnings(sums, invoice, file.decimal),
    ],
  };
}

type TableColumns = ReturnType<typeof findColumns>;

function findColumns({ at, names }: Columns) {
  const [projectId, type, credit, start] = [
    at('project id'),
    at('cost type'),
    at('credit type'),
    at('usage start date'),
  ];
  return {
    ...{ projectId, type, credit, start },
    project: at('project name'),
    service: at('service description'),
    sku: at('sku description'),
    end: at('usage end date'),
    amount: at('usage amount'),
    unit: at('usage unit'),
    cost: names.findIndex(isUnrounded),
    /** What a row is for. The end of its use moves on while the month runs. */
    identity: [
      ...[at('billing account id'), projectId, at('service id'), at('sku id'), at('sku description')],
      ...[at('consumption model description'), type, credit, start],
    ],
  };
}

/** The month rows stand in: the invoice's, else that of the file's name, else the month their use ended. */
function openMonths(file: TableFile, columns: Columns, invoice: InvoiceFacts) {
  const dates = openDates('iso', 'UTC', file.now + 40 * dayMs);
  const named = dates(/\d{4}-\d{2}-\d{2}(?=[^\d]*$)/.exec(file.fileName.replace(/ \(\d+\)/, ''))?.[0] ?? '');
  const known = invoice.month ?? (named.kind === 'date' ? monthOf(named.at) : null);
  const end = columns.at('usage end date');
  return {
    of: () => known ?? monthOf(columns.date(end, dates).at),
    warnings: () =>
      known === null
        ? ['The lines above the table state no invoice date; each row stands in the month its use ended.']
        : [],
  };
}

function tokensOf(columns: Columns, at: TableColumns): Tokens {
  const { part } = skuOf(columns.text(at.sku));
  if (part === null || !/^(?:count|requests)$/i.test(columns.text(at.unit))) return noTokens;
  const count = tokensIn(columns.quantity(at.amount), 1);
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

interface Sums {
  /** Of all rows but the totals. */
  readonly rows: ExactSum;
  /** Of the tax and rounding that were left out. */
  readonly left: ExactSum;
  total: string | null;
}

function sumWarnings({ rows, total, left }: Sums, { due }: InvoiceFacts, decimal: TableFile['decimal']) {
  const asked = parseMoney(due, decimal);
  return [
    ...(total !== null && !rows.is(total)
      ? [`The rows sum to ${rows.text()}, the file's Total is ${total}.`]
      : []),
    ...(asked.kind === 'value' && !rows.is(asked.value)
      ? [
          `The rows sum to ${rows.text()}, the invoice asks for ${asked.value}: credits or tax may be missing in the file.`,
        ]
      : []),
    ...(left.is('0')
      ? []
      : [`Tax and rounding of ${left.text()} are of the whole invoice and were left out.`]),
  ];
}
