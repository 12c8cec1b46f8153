import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { decimalText, parseDecimal } from '../platform/money.ts';
import { noTokens, type Tokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDeepseekBuckets } from './dialects/deepseek-buckets.ts';

/**
 * Amount file of DeepSeek's usage export: one row per day, model, key, kind of tokens and price. With two prices on
 * one day (peak and off-peak) a kind stands there twice. `price` is per single token, in the wallet's currency, which
 * this file does not name.
 */
export const deepseekUsage = {
  spec: 1,
  kind: 'table',
  id: 'deepseek-usage',
  label: 'DeepSeek usage export (amount)',
  vendor: 'deepseek',
  vendorLabel: 'DeepSeek',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'Tokens and requests are exact. The money is in the cost file of the same archive: without it, days with peak prices stay without a price.',
  howToGet: 'platform.deepseek.com/usage > Export: drop the whole zip, or its amount file.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    (columns.has('start_time_iso') || columns.has('utc_date')) &&
    columns.has('model') &&
    columns.has('api_key') &&
    columns.has('type') &&
    columns.has('price') &&
    columns.has('amount'),
  open: openUsage,
} as const satisfies TableImporter;

const buckets: ReadonlyMap<string, keyof Tokens> = new Map([
  ['input_cache_hit_tokens', 'cacheRead'],
  ['input_cache_miss_tokens', 'input'],
  ['output_tokens', 'output'],
]);

function openUsage(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = {
    user: columns.at('user_id'),
    model: columns.at('model'),
    keyName: columns.at('api_key_name'),
    apiKey: columns.at('api_key'),
    type: columns.at('type'),
    price: columns.at('price'),
    amount: columns.at('amount'),
  };
  const spanOf = openDeepseekBuckets(columns, file.now);
  const keyOf = bucketKey;

  function bucket(): RowOutcome {
    const span = spanOf();
    const type = columns.text(at.type).toLowerCase();
    const part = buckets.get(type);
    const count = columns.count(at.amount);
    const price = plain(columns.quantity(at.price));
    if (part === undefined && type !== 'request_count')
      columns.refuse(`type "${columns.text(at.type)}" is not known`);
    if (!/\d/.test(columns.text(at.amount))) columns.refuse('amount states no number');
    if (span === null) return { kind: 'refuse', reason: 'the row has no bucket' };
    if (count === 0) return { kind: 'skip', reason: 'an empty bucket' };
    const apiKey = columns.text(at.apiKey) || columns.text(at.keyName);
    return {
      kind: 'record',
      record: {
        key: keyOf([
          String(span.at),
          span.grain,
          ...[at.user, at.model].map(columns.text),
          apiKey,
          type,
          price,
        ]),
        at: span.at,
        grain: span.grain,
        cut: `${span.grain}s in ${span.zone}`,
        provider: 'deepseek',
        model: columns.text(at.model) || null,
        requests: part === undefined ? count : 0,
        tokens: part === undefined ? noTokens : { ...noTokens, [part]: count },
        extras: withoutBlanks({ apiKey: columns.text(at.keyName), pricePerToken: price }),
      },
    };
  }

  return { row: (cells) => columns.read(cells, bucket), end: () => repeatedColumnWarnings(columns) };
}

/** One spelling per price, so that a day exported again has the same keys. */
function plain(price: string | null): string {
  const decimal = parseDecimal(price ?? '');
  return decimal === null ? '' : decimalText(decimal);
}
