import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { decimalText, multiply, parseDecimal } from '../platform/money.ts';
import { type Grain, noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { gatewayProvider } from './dialects/gateway-provider.ts';
import { grainOfSpan } from './dialects/grain.ts';

/**
 * AI spend export of a Coder deployment (GET /api/v2/organizations/{org}/ai/spend/export; coder/coder docs/ai-coder,
 * 2026): one row per user, group, model and provider for the whole period asked for. Cost is in millionths of a USD.
 */
export const coderSpend = {
  spec: 1,
  kind: 'table',
  id: 'coder-spend',
  label: 'Coder AI Gateway spend export',
  vendor: 'coder',
  vendorLabel: 'Coder',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    "Costs are Coder's own approximation from its price list, not the vendor's bill. A file stands for one period, without single days.",
  howToGet:
    'GET /api/v2/organizations/<organization>/ai/spend/export of your Coder deployment, for whole UTC days or months (period_start, period_end).',
  hosts: [],
  settings: [],
  matches: (columns) =>
    ['cost_micros', 'period_start', 'period_end', 'provider_name'].every((name) => columns.has(name)),
  open: openSpend,
} as const satisfies TableImporter;

const dayMs = 86_400_000;
const names = [
  'user_id',
  'group_id',
  'model',
  'provider',
  'provider_name',
  'period_start',
  'period_end',
] as const;

function openSpend(file: TableFile): TableReader {
  const columns = openColumns(file);
  const starts = openDates('iso', 'UTC', file.now);
  const ends = openDates('iso', 'UTC', file.now + 40 * dayMs);
  const keyOf = bucketKey;
  const text = (name: string) => columns.text(columns.at(name));
  const count = (name: string) => columns.count(columns.at(name));

  function bucket(): RowOutcome {
    const start = columns.date(columns.at('period_start'), starts).at;
    const grain = grainOf(start, columns.date(columns.at('period_end'), ends).at);
    if (grain === null)
      return { kind: 'refuse', reason: 'the period is no whole UTC day or month: export such a period' };
    const micros = columns.quantity(columns.at('cost_micros'));
    const model = text('model') || null;
    return {
      kind: 'record',
      record: {
        key: keyOf(names.map(text)),
        at: start,
        grain,
        cut: `${grain}s`,
        provider: gatewayProvider(text('provider') || text('provider_name'), model),
        model,
        project: text('group_name') || null,
        requests: 0,
        tokens: {
          ...noTokens,
          input: count('input_tokens'),
          cacheRead: count('cache_read_tokens'),
          cacheWriteUnknown: count('cache_write_tokens'),
          output: count('output_tokens'),
        },
        // Coder writes no cost, or none at all, for a model it has no price for.
        ...(micros !== null &&
          /[1-9]/.test(micros) && { amount: { value: fromMicros(micros), currency: 'USD' } }),
      },
    };
  }

  return { row: (cells) => columns.read(cells, bucket), end: () => repeatedColumnWarnings(columns) };
}

function grainOf(start: number, end: number): Grain | null {
  const grain = grainOfSpan(start, end);
  const isWhole = start % dayMs === 0;
  const isMonth = [start, end].every((at) => new Date(at).getUTCDate() === 1);
  return isWhole && (grain === 'day' || (grain === 'month' && isMonth)) ? grain : null;
}

function fromMicros(micros: string): string {
  const decimal = parseDecimal(micros);
  return decimal === null ? micros : decimalText(multiply(decimal, { units: 1n, scale: 6 }));
}
