import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { googleSku } from '../platform/meters/google-sku.ts';
import { tokensIn } from '../platform/meters/meter-words.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
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
import { openOtherServices } from './dialects/other-services.ts';
import { remember } from './dialects/remember.ts';

/**
 * The table below the chart of Google Cloud's billing reports (console, 2026): days or months by what the report was
 * grouped by, then three rows that sum it up. Its columns follow the grouping, its sums state the currency.
 */
export const googleReports = {
  spec: 1,
  kind: 'table',
  id: 'google-reports',
  label: 'Google Cloud billing report',
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
    'Cost by day after savings, before tax, of Gemini API and Vertex AI; days are US Pacific. It sees what the report was filtered to; $ is read as US dollars.',
  howToGet:
    'console.cloud.google.com > Billing > Reports: all services, grouped by SKU, by day; download as CSV.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('date') &&
    columns.has('service description') &&
    ([...columns].some(isSum) || columns.has('unrounded subtotal ($)')),
  open: openReport,
} as const satisfies TableImporter;

const isSum = (name: string) => name.startsWith('unrounded subtotal');
const skuOf = remember(googleSku);
const isModelService = remember(isGoogleModelService);
const summary = /^(?:subtotal|tax|filtered total|total)$/i;

function openReport(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns);
  const dates = openDates('iso', 'UTC', file.now);
  const currency = currencyOfColumn(columns.names[at.cost] ?? '');
  const keyOf = bucketKey;
  const others = openOtherServices();
  const sums: Sums = { rows: openSum(), subtotal: null, tax: null };

  function line(cells: readonly string[]): RowOutcome {
    const value = columns.money(at.cost, currency ?? 'USD');
    if (value === null) return { kind: 'refuse', reason: `the cost "${columns.text(at.cost)}" is no amount` };
    if (columns.text(at.date) === '') return summaryRow(cells, value);
    sums.rows.add(value);
    const service = columns.text(at.service);
    if (!isModelService(service)) return others.skip(service);
    if (currency === null) return { kind: 'refuse', reason: 'the file does not name its currency' };
    const { at: start, precision } = columns.date(at.date, dates);
    const grain = precision === 'month' ? 'month' : 'day';
    const { model, priceFacts } = skuOf(columns.text(at.sku));
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), grain, ...at.dimensions.map(columns.text)]),
        at: start,
        grain,
        cut: `${at.cut}, ${grain}s`,
        provider: 'google',
        model,
        project: columns.text(at.project) || null,
        requests: 0,
        tokens: tokensOf(columns, at),
        amount: { value, currency },
        ...(priceFacts && { priceFacts }),
        extras: withoutBlanks({
          service,
          sku: columns.text(at.sku),
          listCost: columns.quantity(at.list) ?? '',
        }),
      },
    };
  }

  /** The rows without a date, named in the column before the sums. */
  function summaryRow(cells: readonly string[], value: string): RowOutcome {
    const name = cells.map((cell) => cell.trim()).find((cell) => summary.test(cell)) ?? '';
    if (name === '') return { kind: 'refuse', reason: 'the row has no date' };
    if (/^subtotal$/i.test(name)) sums.subtotal = value;
    if (/^tax$/i.test(name)) sums.tax = value;
    return { kind: 'skip', reason: `${name}: a sum of the whole report` };
  }

  return {
    row: (cells) => columns.read(cells, () => line(cells)),
    end: () => [...repeatedColumnWarnings(columns), ...others.warnings(), ...sumWarnings(sums)],
  };
}

type ReportColumns = ReturnType<typeof findColumns>;

function findColumns({ at, names }: Columns) {
  const date = at('date');
  // Sums state a currency in brackets; whatever else there is, the report was grouped by.
  const isDimension = (name: string, index: number) =>
    name !== '' && index !== date && !/\([^()]*\)$|^usage (?:amount|unit)$/.test(name);
  const dimensions = names.flatMap((name, index) => (isDimension(name, index) ? [index] : []));
  const groups = dimensions.map((index) => names[index] ?? '').filter((name) => !/ id$/.test(name));
  return {
    date,
    dimensions,
    cut: `by ${groups.map((name) => name.replace(/ description$| name$/, '')).join(', ')}`,
    service: at('service description'),
    sku: at('sku description'),
    project: at('project name', 'project', 'project id'),
    amount: at('usage amount'),
    unit: at('usage unit'),
    list: names.findIndex((name) => name.startsWith('list cost')),
    cost: names.findIndex(isSum),
  };
}

function tokensOf(columns: Columns, at: ReportColumns): Tokens {
  const { part } = skuOf(columns.text(at.sku));
  if (part === null || !/^(?:count|requests)$/i.test(columns.text(at.unit))) return noTokens;
  const count = tokensIn(columns.quantity(at.amount), 1);
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

interface Sums {
  readonly rows: ExactSum;
  subtotal: string | null;
  tax: string | null;
}

function sumWarnings({ rows, subtotal, tax }: Sums): readonly string[] {
  return [
    ...(subtotal !== null && !rows.is(subtotal)
      ? [`The rows sum to ${rows.text()}, the file's Subtotal is ${subtotal}.`]
      : []),
    ...(tax !== null && /[1-9]/.test(tax)
      ? [`Tax of ${tax} has no date and was left out; the cost table of the invoice states it.`]
      : []),
  ];
}
