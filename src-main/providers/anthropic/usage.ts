import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { bucketKey } from '../dialects/days.ts';
import { countOf, fieldsOf, textOf } from '../dialects/json.ts';
import { cutOf, named, type ReportSpec, type Row, readRows } from './admin.ts';
import { factsOf } from './facts.ts';

/** What Anthropic counted, by day, model, workspace and everything that changes the price; priced from list prices. */
export const usageReport: CostReport = {
  id: 'usage',
  label: 'Usage',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  needs: ['adminKey'],
  windowDays: 31,
  lookBackDays: 365,
  trailingDays: 3,
  everyMinutes: 30,
  accuracy:
    'Tokens are exact and minutes old, with the lifetime of cache writes; their cost is worked out from list prices. Code execution is in the costs only.',
  read,
};

/** The analytics API takes five; the size of the context no longer changes the price of current models. */
const spec: ReportSpec = {
  analytics: {
    path: 'analytics/usage',
    groupBy: ['model', 'workspace_id', 'service_tier', 'inference_geo', 'speed'],
    field: 'usage',
  },
  legacy: {
    path: 'usage_report/messages',
    groupBy: ['model', 'workspace_id', 'service_tier', 'inference_geo', 'context_window', 'speed'],
    headers: { 'anthropic-beta': 'fast-mode-2026-02-01' },
  },
};

async function read(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { rows, isLegacy, cursor, asOf } = await readRows(spec, request, context);
  const records = rows.flatMap((row) => recordOf(row, isLegacy) ?? []);
  return { records: await named(records, context), problems: [], cursor, asOf };
}

function recordOf({ at, group, stated }: Row, isLegacy: boolean): ImportedRecord | null {
  const count = (value: unknown): number => countOf(value) ?? 0;
  const writes = fieldsOf(stated.cache_creation);
  const tokens = {
    ...noTokens,
    input: count(stated.uncached_input_tokens),
    cacheRead: count(stated.cache_read_input_tokens),
    cacheWrite5m: count(writes.ephemeral_5m_input_tokens),
    cacheWrite1h: count(writes.ephemeral_1h_input_tokens),
    output: count(stated.output_tokens),
  };
  const requests = count(stated.requests);
  const webSearches = count(fieldsOf(stated.server_tool_use).web_search_requests);
  if (requests + webSearches + Object.values(tokens).reduce((sum, n) => sum + n, 0) === 0) return null;
  const facts = { ...factsOf(group), ...(webSearches > 0 && { webSearches }) };
  const dimensions = ['model', 'workspace_id', 'service_tier', 'inference_geo', 'speed', 'context_window'];
  return {
    key: bucketKey([at, ...dimensions.map((name) => textOf(group[name]))]),
    at,
    grain: 'day',
    ...cutOf(isLegacy),
    provider: 'anthropic',
    model: textOf(group.model),
    project: textOf(group.workspace_id),
    requests,
    tokens,
    ...(Object.keys(facts).length > 0 && { priceFacts: facts }),
  };
}
