import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDeepseekBuckets } from './dialects/deepseek-buckets.ts';

/**
 * Cost file of DeepSeek's usage export: one row per day, model and wallet, with 16 decimals, in CNY or USD. What was
 * taken from a granted balance is usage that a credit pays, so it costs no cash.
 */
export const deepseekCost = {
  spec: 1,
  kind: 'table',
  id: 'deepseek-cost',
  label: 'DeepSeek usage export (cost)',
  vendor: 'deepseek',
  vendorLabel: 'DeepSeek',
  evidence: 'billed',
  coverage: 'account',
  usage: 'none',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy: 'What DeepSeek took from the balance. Granted balance is a voucher: its usage costs no cash.',
  howToGet: 'platform.deepseek.com/usage > Export: drop the whole zip, or its cost file.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    (columns.has('start_time_iso') || columns.has('utc_date')) &&
    columns.has('model') &&
    columns.has('wallet_type') &&
    columns.has('cost') &&
    columns.has('currency'),
  open: openCost,
} as const satisfies TableImporter;

function openCost(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = {
    user: columns.at('user_id'),
    model: columns.at('model'),
    wallet: columns.at('wallet_type'),
    cost: columns.at('cost'),
    currency: columns.at('currency'),
  };
  const spanOf = openDeepseekBuckets(columns, file.now);
  const keyOf = bucketKey;

  function charge(): RowOutcome {
    const span = spanOf();
    const currency = columns.text(at.currency).toUpperCase();
    const value = columns.money(at.cost, currency);
    const wallet = columns.text(at.wallet).toLowerCase();
    if (wallet !== 'paid' && wallet !== 'granted')
      columns.refuse(`wallet_type "${columns.text(at.wallet)}" is not known`);
    if (!/^[A-Z]{3}$/.test(currency)) columns.refuse(`currency "${currency}" is not a currency`);
    if (value === null) return { kind: 'refuse', reason: `cost "${columns.text(at.cost)}" is no amount` };
    if (span === null) return { kind: 'refuse', reason: 'the row has no bucket' };
    const record: ImportedRecord = {
      key: keyOf([String(span.at), span.grain, ...[at.user, at.model].map(columns.text), wallet, currency]),
      at: span.at,
      grain: span.grain,
      cut: `${span.grain}s in ${span.zone}`,
      provider: 'deepseek',
      model: columns.text(at.model) || null,
      requests: 0,
      tokens: noTokens,
      amount: { value, currency },
      extras: withoutBlanks({ wallet }),
    };
    return wallet === 'granted'
      ? { kind: 'records', records: [record, creditFor(record, value, currency)] }
      : { kind: 'record', record };
  }

  return { row: (cells) => columns.read(cells, charge), end: () => repeatedColumnWarnings(columns) };
}

/** The voucher that paid a usage: in a bill's words a credit of the same size. */
function creditFor(usage: ImportedRecord, value: string, currency: string): ImportedRecord {
  const opposite = value.startsWith('-') ? value.slice(1) : `-${value}`;
  return {
    ...usage,
    key: `${usage.key}\u001fcredit`,
    charge: 'credit',
    amount: { value: opposite, currency },
  };
}
