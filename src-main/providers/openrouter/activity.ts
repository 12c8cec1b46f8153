import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { amountText } from '../dialects/amount.ts';
import { bucketKey, dateText, dayMs, isWithin, momentOf, startOfDay } from '../dialects/days.ts';
import type { Api } from '../dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from '../dialects/json.ts';

/**
 * What was taken from the credit, by UTC day, model and endpoint (`GET /activity`): the last 30 days that are complete. What was paid to
 * another vendor with a key of one's own is kept beside it and not counted: that vendor bills it.
 */
export function activityReport(api: Api): CostReport {
  return {
    id: 'activity',
    label: 'Activity',
    evidence: 'billed',
    coverage: 'account',
    usage: 'calls',
    needs: ['managementKey'],
    windowDays: 30,
    lookBackDays: 30,
    trailingDays: 3,
    everyMinutes: 180,
    accuracy:
      'What OpenRouter takes from your credit, up to the end of yesterday (UTC). The fee for buying credit (about 5.5 %) is not in it; cached tokens are not told apart.',
    read: (request, context) => read(api, request, context),
  };
}

async function read(api: Api, request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { from, to } = request;
  const query = to - from === dayMs ? { date: dateText(from) } : {};
  const { data } = fieldsOf((await api.get(context, '/activity', { query })).json);
  if (!Array.isArray(data)) throw api.bad('the days are missing');
  const records: ImportedRecord[] = [];
  const problems: CostPage['problems'][number][] = [];
  for (const row of rowsOf(data)) {
    // Dates came with a time as well.
    const at = momentOf(textOf(row.date)?.slice(0, 10));
    const usage = amountText(row.usage);
    if (at === null || usage === null) {
      const reason = at === null ? 'the row has no date' : 'the row has no usage in USD';
      problems.push({ reason, raw: JSON.stringify(row).slice(0, 500) });
    } else if (isWithin(at, request)) records.push(recordOf(row, at, usage));
  }
  // Days are there once they are over.
  return { records, problems, cursor: null, asOf: startOfDay(context.clock.now()) };
}

function recordOf(row: Fields, at: number, usage: string): ImportedRecord {
  const count = (value: unknown): number => countOf(value) ?? 0;
  const output = count(row.completion_tokens);
  const [model, permaslug] = [textOf(row.model), textOf(row.model_permaslug)];
  const [servedBy, byok] = [textOf(row.provider_name), amountText(row.byok_usage_inference)];
  return {
    key: bucketKey([at, permaslug ?? model, textOf(row.endpoint_id), servedBy]),
    at,
    grain: 'day',
    provider: 'openrouter',
    model: model ?? permaslug,
    requests: count(row.requests),
    tokens: {
      ...noTokens,
      input: count(row.prompt_tokens),
      output,
      reasoning: Math.min(output, count(row.reasoning_tokens)),
    },
    amount: { value: usage, currency: 'USD' },
    extras: {
      ...(servedBy !== null && { servedBy }),
      ...(permaslug !== null && permaslug !== model && { servedModel: permaslug }),
      ...(byok !== null && byok !== '0' && { byokUsd: byok }),
    },
  };
}
