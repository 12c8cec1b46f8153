import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';

/**
 * Daily usage export of the LiteLLM proxy's dashboard, by team, tag, user or the like (BerriAI/litellm
 * ui/litellm-dashboard/src/components/EntityUsageExport/utils.ts): cached tokens have columns since July 2026, a flat
 * cost of teams since autumn 2026. Prompt tokens include cached ones.
 */
export const litellmDaily = {
  spec: 1,
  kind: 'table',
  id: 'litellm-daily',
  label: 'LiteLLM daily usage export',
  vendor: 'litellm',
  vendorLabel: 'LiteLLM',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    "LiteLLM's own costs from its price list, not a bill. The days name neither vendor nor model, so they stand in an account of their own: import them, or the bills and logs of the vendors behind the proxy, not both.",
  howToGet: 'The LiteLLM dashboard > Usage > Export data > daily, as CSV; not the export with models.',
  hosts: [],
  settings: [],
  matches: (columns) => {
    const names = ['date', 'spend ($)', 'successful requests', 'prompt tokens', 'completion tokens'];
    return names.every((name) => columns.has(name));
  },
  open: openDaily,
} as const satisfies TableImporter;

function openDaily(file: TableFile): TableReader {
  const columns = openColumns(file);
  const entity = entityOf(columns.names);
  const at = findColumns(columns.at, entity);
  const dates = openDates('iso', 'UTC', file.now);
  const keyOf = bucketKey;
  let oddTotals = 0;

  function day(): RowOutcome {
    const date = columns.date(at.date, dates);
    const value = columns.money(at.spend);
    if (value === null)
      return { kind: 'refuse', reason: `Spend ($) "${columns.text(at.spend)}" is no amount` };
    if (date.precision !== 'day') columns.refuse('Date is no day');
    const tokens = tokensOf();
    const id = columns.text(at.id) || columns.text(at.name);
    const flatCost = columns.quantity(at.flatCost) ?? '';
    return {
      kind: 'record',
      record: {
        key: keyOf([columns.text(at.date), id]),
        at: date.at,
        grain: 'day',
        cut: entity === '' ? 'as a whole' : `by ${entity}`,
        provider: 'litellm',
        model: null,
        project: columns.text(at.name) || id || null,
        requests: columns.count(at.requests),
        tokens,
        amount: { value, currency: 'USD' },
        extras: withoutBlanks({
          failedRequests: columns.count(at.failed) > 0 ? columns.text(at.failed) : '',
          flatCostUsd: /[1-9]/.test(flatCost) ? flatCost : '',
        }),
      },
    };
  }

  function tokensOf() {
    const prompt = columns.count(at.prompt);
    const cacheRead = columns.count(at.cacheRead);
    const cacheWriteUnknown = columns.count(at.cacheWrite);
    const output = columns.count(at.completion);
    const input = prompt - cacheRead - cacheWriteUnknown;
    if (input < 0) columns.refuse('more cached tokens than prompt tokens');
    if (at.total !== -1 && columns.count(at.total) !== prompt + output) oddTotals++;
    return { ...noTokens, input: Math.max(0, input), cacheRead, cacheWriteUnknown, output };
  }

  return {
    row: (cells) => columns.read(cells, day),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...(entity === 'tag'
        ? ['A call with two tags stands in the rows of both: the sum can be higher than the spend.']
        : []),
      ...(oddTotals > 0
        ? [`In ${oddTotals} rows Total Tokens is not Prompt Tokens plus Completion Tokens.`]
        : []),
    ],
  };
}

/** What the rows stand for (`team`, `tag` …): the column that has another with its ID beside it; '' for none. */
function entityOf(names: readonly string[]): string {
  return names.find((name) => names.includes(`${name} id`)) ?? '';
}

function findColumns(at: (...names: string[]) => number, entity: string) {
  return {
    date: at('date'),
    name: at(entity),
    id: at(`${entity} id`),
    spend: at('spend ($)'),
    flatCost: at('flat cost ($)'),
    requests: at('requests'),
    failed: at('failed requests'),
    total: at('total tokens'),
    prompt: at('prompt tokens'),
    completion: at('completion tokens'),
    cacheRead: at('cache read input tokens', 'cache read tokens'),
    cacheWrite: at('cache creation input tokens', 'cache creation tokens', 'cache write tokens'),
  };
}
