import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { laterDimensions, openStamps } from './dialects/anthropic-console.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';

/**
 * Cost export of the Anthropic Console: 9 columns in December 2025, 12 in May 2026, 14 from August 2026. One row
 * per kind of token and day, in US dollars with two decimals; `model` is a display name.
 */
export const anthropicCost = {
  spec: 1,
  kind: 'table',
  id: 'anthropic-cost',
  label: 'Anthropic cost export',
  vendor: 'anthropic',
  vendorLabel: 'Anthropic',
  evidence: 'billed',
  coverage: 'account',
  usage: 'none',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What Anthropic charges after discounts, each row rounded to a cent: small rows can be off by half a cent.',
  howToGet: 'console.anthropic.com > Cost > Export.',
  hosts: [],
  settings: [],
  matches: (columns) => columns.has('usage_date_utc') && columns.has('token_type') && columns.has('cost_usd'),
  open: openCost,
} as const satisfies TableImporter;

function openCost(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const stamps = openStamps(file.now);
  const keyOf = bucketKey;

  function charge(): RowOutcome {
    const value = columns.money(at.cost);
    if (value === null) return { kind: 'refuse', reason: `cost_usd "${columns.text(at.cost)}" is no amount` };
    const stamp = columns.date(at.date, stamps);
    if (stamp.precision === 'month') columns.refuse('usage_date_utc states a month');
    const dimensions = [at.model, at.workspace, at.apiKey, at.type, at.tokens, at.kind].map(columns.text);
    const later = laterDimensions(columns.text(at.context), columns.text(at.geo), columns.text(at.speed));
    return {
      kind: 'record',
      record: {
        key: keyOf([columns.text(at.date), ...dimensions, ...later]),
        at: stamp.at,
        ...(stamp.precision === 'time' ? { grain: 'hour', cut: 'hours' } : { grain: 'day' }),
        provider: 'anthropic',
        model: columns.text(at.model) || null,
        project: columns.text(at.workspace) || null,
        requests: 0,
        tokens: noTokens,
        amount: { value, currency: 'USD' },
        extras: extras(),
      },
    };
  }

  function extras() {
    return withoutBlanks({
      apiKey: columns.text(at.apiKey),
      costType: columns.text(at.kind),
      tokenType: columns.text(at.tokens),
      contextWindow: columns.text(at.context),
      geo: columns.text(at.geo),
      speed: columns.text(at.speed),
      listCostUsd: columns.quantity(at.list) ?? '',
    });
  }

  return { row: (cells) => columns.read(cells, charge), end: () => repeatedColumnWarnings(columns) };
}

function findColumns(at: (...names: string[]) => number) {
  return {
    date: at('usage_date_utc'),
    model: at('model'),
    workspace: at('workspace'),
    apiKey: at('api_key'),
    type: at('usage_type'),
    context: at('context_window'),
    tokens: at('token_type'),
    cost: at('cost_usd'),
    list: at('list_price_usd'),
    kind: at('cost_type'),
    geo: at('inference_geo'),
    speed: at('speed'),
  };
}
