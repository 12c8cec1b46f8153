import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { type ImportedRecord, noTokens, type Tokens } from '../platform/record.ts';
import {
  bucketKey,
  type Columns,
  openColumns,
  repeatedColumnWarnings,
  withoutBlanks,
} from './dialects/columns.ts';
import { openOddRows } from './dialects/odd-rows.ts';
import { openSlashDates } from './dialects/slash-dates.ts';

/**
 * Billing reports of GitHub: premium requests (November 2025 to May 2026), the same with a preview in AI credits
 * (April and May 2026; `aic_*` is what credits would have cost), AI credits (from June 2026) and the usage report
 * with token columns. `net_amount` is billed; the discount is what the plan's allowance covered.
 */
export const copilotBilling = {
  spec: 1,
  kind: 'table',
  id: 'copilot-billing',
  label: 'GitHub Copilot billing report',
  vendor: 'github-copilot',
  vendorLabel: 'GitHub Copilot',
  evidence: 'billed',
  coverage: 'account',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What GitHub bills (net amount). What the plan’s allowance covered is kept apart, at GitHub’s list price. Premium requests and credits are no calls, so none are counted.',
  howToGet:
    'github.com > Settings > Billing and licensing > Usage or Premium request analytics > Get usage report.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('applied_cost_per_quantity') &&
    columns.has('sku') &&
    columns.has('unit_type') &&
    columns.has('net_amount') &&
    columns.has('date'),
  open: openBilling,
} as const satisfies TableImporter;

const dayMs = 86_400_000;
/** Columns a report can be broken down by: reports of one day that differ in them state the same money twice. */
const breakdowns = ['username', 'model', 'organization', 'repository', 'cost_center_name'];

function openBilling(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const dates = openSlashDates(file, at.date);
  const keyOf = bucketKey;
  const odd = openOddRows();
  const cut = `by ${breakdowns.filter((name) => columns.names.includes(name)).join(', ') || 'product'}`;
  const dimensions = [at.product, at.sku, at.model, at.user, at.organization, at.repository, at.costCenter];

  function line(): RowOutcome {
    const product = columns.text(at.product);
    if (!isAi(product, columns.text(at.sku))) {
      odd.note('the charge is for another service than AI: it was left out');
      return { kind: 'skip', reason: `${product || 'the product'} is no AI service` };
    }
    const stated = moneyOf(columns, at);
    const tokens = tokensOf(columns, at);
    if (stated.net === null)
      return { kind: 'refuse', reason: `net_amount "${columns.text(at.net)}" is no amount` };
    if (isNothing(stated, tokens)) return { kind: 'skip', reason: 'a row of zero quantity' };
    const { at: moment, precision } = columns.date(at.date, dates);
    if (precision === 'month') columns.refuse('date states a month');
    const day = moment - (moment % dayMs);
    if (differs(number(stated.gross) - number(stated.discount), stated.net))
      odd.note('net_amount is not gross_amount less discount_amount');
    if (differs(number(stated.quantity) * number(stated.price), stated.gross))
      odd.note('gross_amount is not quantity times the unit price');
    const shared: Shared = {
      key: keyOf([
        String(day),
        ...[at.unit, at.exceeds].map((column) => columns.text(column).toLowerCase()),
        ...dimensions.map(columns.text),
      ]),
      at: day,
      grain: 'day',
      cut,
      provider: 'github-copilot',
      model: columns.text(at.model) || null,
      project: columns.text(at.repository) || null,
      requests: 0,
      extras: extrasOf(columns, at),
    };
    return { kind: 'records', records: partsOf(shared, columns.text(at.unit), stated, tokens) };
  }

  return {
    row: (cells) => odd.settle(columns.read(cells, line)),
    end: () => [...repeatedColumnWarnings(columns), ...odd.warnings()],
  };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    date: at('date'),
    user: at('username'),
    product: at('product'),
    sku: at('sku'),
    model: at('model'),
    quantity: at('quantity'),
    unit: at('unit_type'),
    price: at('applied_cost_per_quantity'),
    gross: at('gross_amount'),
    discount: at('discount_amount'),
    net: at('net_amount'),
    exceeds: at('exceeds_quota'),
    organization: at('organization'),
    repository: at('repository'),
    costCenter: at('cost_center_name'),
    aicGross: at('aic_gross_amount'),
    input: at('input'),
    output: at('output'),
    cacheRead: at('cache_read'),
    cacheWrite: at('cache_write'),
  };
}

type At = ReturnType<typeof findColumns>;

/** GitHub's usage report also lists machines, storage and the like. Unknown SKUs of Copilot pass. */
function isAi(product: string, sku: string): boolean {
  return (
    product === '' ||
    /copilot|spark|models|\bai\b/i.test(product) ||
    /copilot|premium_request|ai_credit/i.test(sku)
  );
}

interface Stated {
  readonly quantity: string | null;
  readonly price: string | null;
  readonly gross: string | null;
  readonly discount: string | null;
  readonly net: string | null;
}

function moneyOf(columns: Columns, at: At): Stated {
  return {
    quantity: columns.quantity(at.quantity),
    price: columns.quantity(at.price),
    gross: columns.money(at.gross),
    discount: columns.money(at.discount),
    net: columns.money(at.net),
  };
}

function tokensOf(columns: Columns, at: At): Tokens {
  return {
    ...noTokens,
    input: columns.count(at.input),
    cacheRead: columns.count(at.cacheRead),
    cacheWriteUnknown: columns.count(at.cacheWrite),
    output: columns.count(at.output),
  };
}

/** Reports of late April 2026 were filled up with rows in which nothing happened. */
function isNothing({ quantity, gross, discount, net }: Stated, tokens: Tokens): boolean {
  return (
    [quantity, gross, discount, net].every((value) => !isOther(value)) &&
    Object.values(tokens).every((count) => count === 0)
  );
}

/** Other than zero. */
function isOther(value: string | null): boolean {
  return value !== null && /[1-9]/.test(value);
}

type Shared = Omit<ImportedRecord, 'tokens' | 'amount' | 'coveredByPlan'>;

/**
 * What is billed and what the plan's allowance covered. The tokens stand with the covered part where there is one: a
 * day that grows past its allowance keeps them there.
 */
function partsOf(
  shared: Shared,
  unit: string,
  { discount, net }: Stated,
  tokens: Tokens,
): readonly ImportedRecord[] {
  const usd = (value: string) => ({ amount: { value, currency: 'USD' } });
  const isSeat = /month|seat|user/i.test(unit);
  const isCovered = !isSeat && isOther(discount) && !discount?.startsWith('-');
  const billed = { ...shared, tokens: isCovered ? noTokens : tokens, ...usd(net ?? '0') };
  if (!isCovered) return [isSeat ? { ...billed, charge: 'purchase' } : billed];
  const covered: ImportedRecord = {
    ...shared,
    tokens,
    ...usd(discount ?? '0'),
    coveredByPlan: true,
    evidence: 'recorded',
  };
  return isOther(net) ? [covered, billed] : [covered];
}

function extrasOf(columns: Columns, at: At) {
  const product = columns.text(at.product);
  const unit = columns.text(at.unit);
  return withoutBlanks({
    product: product.toLowerCase() === 'copilot' ? '' : product,
    sku: columns.text(at.sku),
    quantity: columns.quantity(at.quantity) ?? '',
    unit,
    user: columns.text(at.user),
    organization: columns.text(at.organization),
    costCenter: columns.text(at.costCenter),
    // Of credits it is another name of the gross amount.
    aicPreviewUsd: /^requests?$/i.test(unit) ? (columns.quantity(at.aicGross) ?? '') : '',
  });
}

function number(value: string | null): number {
  return Number(value ?? 0);
}

/** A plausibility check only, so floats will do. */
function differs(expected: number, stated: string | null): boolean {
  return Math.abs(expected - number(stated)) > 1e-6;
}
