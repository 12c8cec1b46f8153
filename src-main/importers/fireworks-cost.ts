import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';

/**
 * Serverless costs of Fireworks (`firectl billing export-usage-costs`), by UTC day and one dimension: `model`,
 * `model_tier`, `user` or `api_key`. Each dimension states the whole money once more.
 */
export const fireworksCost = {
  spec: 1,
  kind: 'table',
  id: 'fireworks-cost',
  label: 'Fireworks usage costs',
  vendor: 'fireworks',
  vendorLabel: 'Fireworks',
  evidence: 'billed',
  coverage: 'account',
  usage: 'none',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What Fireworks rates serverless usage at, before credits, discounts and tax. Dedicated deployments are not in it.',
  howToGet: 'firectl billing export-usage-costs, at most 31 days per call; group by model to see models.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('group_by_dimension') && columns.has('group_by_value') && columns.has('subtotal_usd'),
  open: openCosts,
} as const satisfies TableImporter;

const noModel = new Set(['', 'unattributed', 'unknown_model']);

function openCosts(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = {
    account: columns.at('account_id'),
    date: columns.at('date'),
    dimension: columns.at('group_by_dimension'),
    value: columns.at('group_by_value'),
    subtotal: columns.at('subtotal_usd'),
    currency: columns.at('currency'),
  };
  const dates = openDates('iso', 'UTC', file.now);
  const keyOf = bucketKey;

  function subtotal(): RowOutcome {
    const currency = columns.text(at.currency).toUpperCase() || 'USD';
    const amount = columns.money(at.subtotal, currency);
    const dimension = columns.text(at.dimension).toLowerCase();
    const value = columns.text(at.value);
    if (amount === null)
      return { kind: 'refuse', reason: `subtotal_usd "${columns.text(at.subtotal)}" is no amount` };
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`currency "${currency}" is not a currency`);
    if (dimension === '') columns.refuse('group_by_dimension is blank');
    const { at: day, precision } = columns.date(at.date, dates);
    if (precision === 'month') columns.refuse('date states a month');
    return {
      kind: 'record',
      record: {
        key: keyOf([String(day), columns.text(at.account), dimension, value]),
        at: day,
        grain: 'day',
        cut: `by ${dimension}`,
        provider: 'fireworks',
        model: dimension === 'model' && !noModel.has(value.toLowerCase()) ? value : null,
        requests: 0,
        tokens: noTokens,
        amount: { value: amount, currency },
        extras: withoutBlanks({
          account: columns.text(at.account),
          dimension,
          // People are named by their e-mail address, which is nobody else's business.
          value: value.includes('@') ? '' : value,
        }),
      },
    };
  }

  return { row: (cells) => columns.read(cells, subtotal), end: () => repeatedColumnWarnings(columns) };
}
