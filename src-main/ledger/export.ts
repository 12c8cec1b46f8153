import { allTokens } from '../platform/record.ts';
import type { ReadDb } from '../store/database.ts';
import { type ActivityRecord, eachActivity } from './activity.ts';
import { dayMs, dayText, monthOf, utcDay, type Zone } from './day.ts';
import { noFigures } from './figures.ts';
import type { Filters } from './filter.ts';
import { type Fee, feesIn, planFeeSource } from './report.ts';

export type ExportFormat = 'csv' | 'json' | 'focus';

/** An exact decimal is written as it is; text goes through the formula guard. */
type Cell = string | number | { readonly decimal: string } | null;
type Column = readonly [name: string, value: (record: ActivityRecord) => Cell];

/** Exact decimal USD of integer nano-USD: `-0.000000001` … without a float in between. */
function decimalUsd(nanoUsd: number): string {
  const sign = nanoUsd < 0 ? '-' : '';
  const digits = String(Math.abs(nanoUsd)).padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

const csvColumns: readonly Column[] = [
  ['time_utc', (r) => iso(r.at)],
  ['span', (r) => r.grain],
  ['day', (r) => r.day],
  ['provider', (r) => r.provider],
  ['model', (r) => r.model],
  ['model_as_written', (r) => r.modelRaw],
  ['project', (r) => r.project],
  ['session', (r) => r.session],
  ['account', (r) => r.account],
  ['account_kind', (r) => r.accountKind],
  ['source', (r) => r.source],
  ['requests', (r) => r.requests],
  ['input_tokens', (r) => r.tokens.input],
  ['cache_read_tokens', (r) => r.tokens.cacheRead],
  ['cache_write_5m_tokens', (r) => r.tokens.cacheWrite5m],
  ['cache_write_1h_tokens', (r) => r.tokens.cacheWrite1h],
  ['cache_write_unknown_tokens', (r) => r.tokens.cacheWriteUnknown],
  ['output_tokens', (r) => r.tokens.output],
  ['reasoning_tokens', (r) => r.tokens.reasoning],
  ['cost_state', (r) => r.costState],
  ['cost_usd', (r) => (r.costNanoUsd === null ? null : money(r.costNanoUsd))],
  ['evidence', (r) => r.evidence],
  ['charge', (r) => r.charge],
  ['status', (r) => r.status],
  ['counts_for_cost', (r) => String(r.countsCost)],
  ['counts_for_usage', (r) => String(r.countsUsage)],
];

function money(nanoUsd: number): Cell {
  return { decimal: decimalUsd(nanoUsd) };
}

function spanEnd(record: ActivityRecord): number {
  switch (record.grain) {
    case 'instant':
      return record.at + 1_000;
    case 'minute':
      return record.at + 60_000;
    case 'hour':
      return record.at + 3_600_000;
    case 'day':
      return record.at + dayMs;
    case 'month':
      return (monthOf(utcDay(record.at)).last + 1) * dayMs;
  }
}

const chargeCategory: Record<ActivityRecord['charge'], string> = {
  usage: 'Usage',
  purchase: 'Purchase',
  tax: 'Tax',
  credit: 'Credit',
  adjustment: 'Adjustment',
};

function billed(record: ActivityRecord): Cell {
  const isCovered = record.accountKind === 'plan' && record.charge !== 'purchase';
  return record.costNanoUsd === null ? null : money(isCovered ? 0 : record.costNanoUsd);
}

/** FOCUS 1.2 (finops.org, May 2025): the mandatory columns, the token quantities, and ours behind `x_`. */
const focusColumns: readonly Column[] = [
  ['BilledCost', billed],
  ['BillingAccountId', (r) => String(r.accountId)],
  ['BillingAccountName', (r) => r.account],
  ['BillingCurrency', () => 'USD'],
  ['BillingPeriodStart', (r) => iso(monthOf(utcDay(r.at)).first * dayMs)],
  ['BillingPeriodEnd', (r) => iso((monthOf(utcDay(r.at)).last + 1) * dayMs)],
  ['ChargeCategory', (r) => chargeCategory[r.charge]],
  ['ChargeClass', () => null],
  ['ChargeDescription', (r) => [r.model ?? r.modelRaw, r.source].filter(Boolean).join(', ')],
  ['ChargeFrequency', (r) => (r.charge === 'purchase' ? 'Recurring' : 'Usage-Based')],
  ['ChargePeriodStart', (r) => iso(r.at)],
  ['ChargePeriodEnd', (r) => iso(spanEnd(r))],
  ['ConsumedQuantity', (r) => (allTokens(r.tokens) > 0 ? allTokens(r.tokens) : null)],
  ['ConsumedUnit', (r) => (allTokens(r.tokens) > 0 ? 'Tokens' : null)],
  ['ContractedCost', billed],
  ['EffectiveCost', billed],
  ['InvoiceIssuerName', (r) => r.provider],
  ['ListCost', (r) => (r.costNanoUsd === null ? null : money(r.costNanoUsd))],
  ['PricingCategory', () => 'Standard'],
  ['PricingQuantity', (r) => (allTokens(r.tokens) > 0 ? allTokens(r.tokens) : null)],
  ['PricingUnit', (r) => (allTokens(r.tokens) > 0 ? 'Tokens' : null)],
  ['ProviderName', (r) => r.provider],
  ['PublisherName', (r) => r.provider],
  ['ServiceCategory', () => 'AI and Machine Learning'],
  ['ServiceName', (r) => r.source],
  ['ServiceSubcategory', () => 'Generative AI'],
  ['SkuId', (r) => r.model],
  ['SubAccountId', (r) => r.project],
  ['SubAccountName', (r) => r.project],
  ['x_Evidence', (r) => r.evidence],
  ['x_CostState', (r) => r.costState],
  ['x_InputTokens', (r) => r.tokens.input],
  ['x_CacheReadTokens', (r) => r.tokens.cacheRead],
  ['x_CacheWriteTokens', (r) => r.tokens.cacheWrite5m + r.tokens.cacheWrite1h + r.tokens.cacheWriteUnknown],
  ['x_OutputTokens', (r) => r.tokens.output],
];

/** What a spreadsheet would take for a formula (OWASP CSV injection); numbers are exempt. */
const formulaStart = /^[=+\-@\t\r]/;

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.decimal;
  const safe = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function* csvLines(columns: readonly Column[], records: Iterable<ActivityRecord>): Generator<string> {
  yield `${columns.map(([name]) => name).join(',')}\r\n`;
  for (const record of records) yield `${columns.map(([, value]) => csvCell(value(record))).join(',')}\r\n`;
}

function* jsonLines(records: Iterable<ActivityRecord>): Generator<string> {
  let first = true;
  yield '[';
  for (const record of records) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify(record)}`;
    first = false;
  }
  yield '\n]\n';
}

/** A plan's fee as a line of its own: it is in the ledger's cash, so an export without it would not add up. */
function feeRecord({ account, day, nanoUsd }: Fee): ActivityRecord {
  return {
    id: 0,
    at: day * dayMs,
    grain: 'day',
    day: dayText(day),
    provider: account.provider,
    model: null,
    modelRaw: null,
    project: null,
    session: null,
    account: account.name,
    accountId: account.id,
    accountKind: 'plan',
    source: planFeeSource,
    sourceId: 0,
    importId: 0,
    requests: 0,
    tokens: noFigures().tokens,
    costState: nanoUsd === 0 ? 'free' : 'priced',
    costNanoUsd: nanoUsd,
    evidence: 'recorded',
    charge: 'purchase',
    status: null,
    countsCost: true,
    countsUsage: false,
  };
}

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly filters: Filters;
  readonly zone: Zone;
  readonly now: number;
  /** Counts the rows as they are written. */
  readonly counter: { rows: number };
}

function* matching(
  db: ReadDb,
  { filters, zone, now, counter }: ExportOptions,
  keep: (record: ActivityRecord) => boolean,
): Generator<ActivityRecord> {
  for (const { record } of eachActivity(db, filters, zone)) {
    if (!keep(record)) continue;
    counter.rows++;
    yield record;
  }
  for (const fee of feesIn(db, { filters, zone, rollupZone: zone.name, now }, zone.at(now).day)) {
    counter.rows++;
    yield feeRecord(fee);
  }
}

/**
 * The matching records and plan fees as text, piece by piece. CSV and JSON hold every record and say whether it counts;
 * FOCUS holds only those that count for cost, so that its sum is the bill.
 */
export function exportText(db: ReadDb, options: ExportOptions): Iterable<string> {
  const { format } = options;
  if (format === 'focus')
    return csvLines(
      focusColumns,
      matching(db, options, (record) => record.countsCost),
    );
  const all = matching(db, options, () => true);
  return format === 'csv' ? csvLines(csvColumns, all) : jsonLines(all);
}
