import type { LineReader, LogImporter, RowOutcome } from '../platform/importer.ts';
import { googleSku } from '../platform/meters/google-sku.ts';
import { tokensIn } from '../platform/meters/meter-words.ts';
import { decimalText, parseDecimal } from '../platform/money.ts';
import { type Charge, type ImportedRecord, noTokens, type Tokens } from '../platform/record.ts';
import { openBucketKeys, withoutBlanks } from './dialects/columns.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { isGoogleModelService } from './dialects/google-bill.ts';
import { grainOfPeriod } from './dialects/grain.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  listOf,
  numberIn,
  openFields,
  textOf,
} from './dialects/json-fields.ts';
import { rowsByLine, rowsOfDocument } from './dialects/json-rows.ts';
import { parseMoney, quoted } from './dialects/numbers.ts';
import { remember } from './dialects/remember.ts';

/**
 * Google Cloud's billing export to BigQuery, extracted as JSON (cloud.google.com/billing/docs, standard and detailed
 * usage cost, 2026). Rows are only ever added to the table and have no id; what a row says and when it was exported
 * is its identity. What is paid is `cost` and its `credits`, which are negative.
 */
export const googleBigquery = {
  spec: 1,
  kind: 'log',
  id: 'google-bigquery',
  label: 'Google Cloud billing export (BigQuery)',
  vendor: 'google',
  vendorLabel: 'Google',
  // It speaks for the whole billing account, so its records go to the account of Google's other exports.
  anyVendor: true,
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'source',
  accuracy:
    'What Google bills by the hour for Gemini API and Vertex AI, less credits; late rows arrive for days. Tax and rounding of the whole invoice are left out: the cost table states them.',
  howToGet:
    'In BigQuery, extract the table gcp_billing_export_v1_… (or the result of a query on it) as newline-delimited JSON.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises,
  needles: [''],
  openLines: (): LineReader => rowsByLine(openRows()),
  readDocument: (text: string): Iterable<Read> => rowsOfDocument(text, openRows()),
} as const satisfies LogImporter;

function recognises(head: string): boolean {
  const keys = firstKeys(head);
  return ['service', 'sku', 'usage_start_time', 'cost', 'currency'].every((key) => keys.has(key));
}

const charges: ReadonlyMap<string, Charge> = new Map([
  ['regular', 'usage'],
  ['tax', 'tax'],
]);

const skuOf = remember(googleSku);

interface Table {
  readonly reader: FieldReader;
  readonly keyOf: (dimensions: readonly string[]) => string;
  readonly cut: string;
}

/** The detailed export repeats the standard one with resources and prices, which no row of the other has. */
function openRows(): (row: Fields) => RowOutcome {
  const reader = openFields();
  const keyOf = openBucketKeys();
  let cut = 'standard';
  return (row) => {
    if ('price' in row || 'resource' in row) cut = 'detailed';
    return reader.read(() => rowOutcome(row, { reader, keyOf, cut }));
  };
}

function rowOutcome(row: Fields, { reader, keyOf, cut }: Table): RowOutcome {
  const service = textOf(fieldsOf(row.service)?.description) ?? '';
  const costType = textOf(row.cost_type) ?? 'regular';
  if (!isGoogleModelService(service)) {
    const isOfInvoice = costType === 'tax' || costType === 'rounding_error';
    const what = isOfInvoice
      ? `${costType} of the whole invoice`
      : `${service || 'the service'} is no AI service`;
    return { kind: 'skip', reason: what };
  }
  const currency = (textOf(row.currency) ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) reader.refuse(`the currency ${quoted(currency)} is not a currency`);
  const value = money(row.cost, 'cost', { reader, currency });
  const start = momentOf(row.usage_start_time, reader);
  const end = row.usage_end_time === undefined ? start : momentOf(row.usage_end_time, reader);
  const charge = charges.get(costType) ?? 'adjustment';
  const sku = textOf(fieldsOf(row.sku)?.description) ?? '';
  const { model, priceFacts } = skuOf(sku);
  const usage: ImportedRecord = {
    key: keyOf(identityOf(row)),
    at: start,
    grain: grainOfPeriod(start, end),
    cut,
    provider: 'google',
    model: model ?? labelled(row) ?? null,
    project: textOf(fieldsOf(row.project)?.name) ?? textOf(fieldsOf(row.project)?.id) ?? null,
    requests: 0,
    tokens: charge === 'usage' ? tokensOf(sku, row) : noTokens,
    amount: { value, currency },
    charge,
    ...(priceFacts && { priceFacts }),
    extras: withoutBlanks({
      service,
      sku,
      costType: charge === 'adjustment' ? costType : '',
      invoiceMonth: textOf(fieldsOf(row.invoice)?.month) ?? '',
      modelLabel: labelled(row) ?? '',
    }),
  };
  return { kind: 'records', records: [usage, ...creditsOf(row, usage, { reader, currency })] };
}

interface Money {
  readonly reader: FieldReader;
  readonly currency: string;
}

/** Credits stand beside the charge they lower, each on its own. */
function creditsOf(
  row: Fields,
  usage: ImportedRecord,
  { reader, currency }: Money,
): readonly ImportedRecord[] {
  return listOf(row.credits).flatMap((each, index) => {
    const credit = fieldsOf(each) ?? {};
    const value = money(credit.amount, 'credits.amount', { reader, currency });
    if (value === '0') return [];
    const { priceFacts: _, ...charge } = usage;
    return {
      ...charge,
      key: `${usage.key}\u001fcredit ${index}`,
      tokens: noTokens,
      amount: { value, currency },
      charge: 'credit' as const,
      extras: withoutBlanks({
        credit: textOf(credit.full_name) ?? textOf(credit.name) ?? '',
        creditType: textOf(credit.type) ?? '',
        invoiceMonth: String(usage.extras?.invoiceMonth ?? ''),
      }),
    };
  });
}

/** A number, or a text that holds one: BigQuery writes NUMERIC in quotes. */
function money(value: unknown, name: string, { reader, currency }: Money): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const cell = parseMoney(text, '.', currency);
  const decimal = cell.kind === 'value' ? parseDecimal(cell.value) : null;
  if (decimal !== null) return decimalText(decimal);
  reader.refuse(`${name} ${cell.kind === 'unreadable' ? cell.reason : `${quoted(text)} is no amount`}`);
  return '0';
}

/** `2026-07-02 07:00:00 UTC`, as BigQuery writes timestamps, or ISO. */
function momentOf(value: unknown, reader: FieldReader): number {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(?:UTC|Z|\+00(?::?00)?)?$/.exec(
    textOf(value) ?? '',
  );
  return reader.moment(parts === null ? value : `${parts[1]}T${parts[2]}Z`);
}

function tokensOf(sku: string, row: Fields): Tokens {
  const { part } = skuOf(sku);
  const usage = fieldsOf(row.usage);
  const isCount = [usage?.unit, usage?.pricing_unit].every(
    (unit) => unit === undefined || unit === null || /^(?:count|requests)$/i.test(keyText(unit)),
  );
  if (part === null || usage === undefined || !isCount) return noTokens;
  const amount = numberIn(usage.amount);
  const count = Number.isFinite(amount) ? tokensIn(String(amount), 1) : null;
  return count === null ? noTokens : { ...noTokens, [part]: count };
}

/** Google's own label of the model, without its punctuation: `gemini35flash`. The SKU is what is billed, and goes first. */
function labelled(row: Fields): string | undefined {
  const labels = listOf(row.labels).map(fieldsOf);
  return textOf(labels.find((label) => label?.key === 'goog-generativelanguage-model')?.value);
}

/** All that tells two rows of the table apart, whatever columns a query left out. */
function identityOf(row: Fields): readonly string[] {
  const [service, sku, project, resource, usage, invoice] = [
    'service',
    'sku',
    'project',
    'resource',
    'usage',
    'invoice',
  ].map((name) => fieldsOf(row[name]));
  const facts = [
    ...[row.billing_account_id, service?.id, sku?.id, sku?.description, project?.id],
    ...[resource?.global_name, resource?.name, row.usage_start_time, row.usage_end_time],
    ...[row.location, row.labels, row.system_labels, row.tags, row.cost_type, row.transaction_type],
    ...[row.adjustment_info, row.currency, invoice?.month, row.export_time],
  ];
  const counts = [row.cost, usage?.amount].map((value) => String(numberIn(value)));
  return [...facts.map((fact) => (fact == null ? '' : JSON.stringify(fact))), ...counts];
}
