import { AppError } from '../../platform/error.ts';
import type { CostPage, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens, type Tokens } from '../../platform/record.ts';
import { amountOf } from '../dialects/amount.ts';
import { bearer } from '../dialects/credentials.ts';
import { merged } from '../dialects/daily.ts';
import { bucketKey, dateText, momentOf } from '../dialects/days.ts';
import { openApi } from '../dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from '../dialects/json.ts';

export const api = openApi({ label: 'The LiteLLM proxy', headers: bearer('apiKey', 'key') });

/** Where the proxy's own addresses hang: beside `/v1`. */
export const rootOf = ({ baseUrl }: ProviderContext): string => baseUrl.replace(/\/v1$/, '');

/** Whether the proxy's version or set-up lacks an address, or the key may not ask it. */
export function isLacking(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return ['NOT_ENABLED', 'INSUFFICIENT_SCOPE', 'BAD_INPUT', 'OVERLOADED'].includes(error.code);
}

/** Versions differ: where the daily activity is not there, the log of calls is read instead. */
export async function readSpend(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  if (request.cursor === 'logs') return readLogs(request, context);
  return readActivity(request, context).catch((error: unknown) => {
    if (isLacking(error) && request.cursor === null) return readLogs(request, context);
    throw error;
  });
}

async function readActivity({ from, to, cursor }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const page = Number(cursor ?? 1);
  const { json } = await api.get(context, `${rootOf(context)}/user/daily/activity`, {
    // The last day is part of what is asked.
    query: { start_date: dateText(from), end_date: dateText(to - 1), page, page_size: 1000 },
  });
  const { results, metadata } = fieldsOf(json);
  if (!Array.isArray(results)) throw api.bad('the daily activity is missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(results).flatMap((day) => {
    const at = momentOf(day.date);
    if (at === null) problems.push({ reason: 'the day has no date', raw: JSON.stringify(day).slice(0, 500) });
    if (at === null || at < from || at >= to) return [];
    return dayRecords(day, at).flatMap((found) => {
      if (typeof found !== 'string') return found;
      problems.push({ reason: found, raw: JSON.stringify(day).slice(0, 500) });
      return [];
    });
  });
  const { has_more, total_pages } = fieldsOf(metadata);
  const isMore = has_more === true || (has_more === undefined && (countOf(total_pages) ?? 1) > page);
  return {
    records: merged(records),
    problems,
    cursor: isMore && results.length > 0 ? String(page + 1) : null,
    asOf: null,
  };
}

/** By model where the proxy tells them apart; newer versions nest the figures under `metrics`. */
function dayRecords(day: Fields, at: number): readonly (ImportedRecord | string)[] {
  const byModel = Object.entries(fieldsOf(fieldsOf(day.breakdown).models));
  const cut = byModel.length > 0 ? 'by day and model' : 'by day';
  const parts: readonly (readonly [string | null, Fields])[] =
    byModel.length > 0 ? byModel.map(([model, row]) => [model, fieldsOf(row)]) : [[null, day]];
  return parts.flatMap(([model, row]): ImportedRecord | string | [] => {
    const figures = row.metrics === undefined ? row : fieldsOf(row.metrics);
    const amount = amountOf(figures.spend ?? 0);
    const requests = countOf(figures.successful_requests) ?? countOf(figures.api_requests) ?? 0;
    if (amount === null) return 'the spend is no amount';
    if (amount.value === '0' && requests === 0) return [];
    const tokens = tokensOf(figures);
    return {
      key: bucketKey([at, model]),
      at,
      grain: 'day',
      cut,
      provider: 'litellm',
      model,
      requests,
      tokens,
      amount,
    };
  });
}

/** Prompt tokens include the cached ones. */
function tokensOf(figures: Fields): Tokens {
  const count = (name: string) => countOf(figures[name]) ?? 0;
  const [cacheRead, cacheWriteUnknown] = [
    count('cache_read_input_tokens'),
    count('cache_creation_input_tokens'),
  ];
  const input = Math.max(0, count('prompt_tokens') - cacheRead - cacheWriteUnknown);
  return { ...noTokens, input, cacheRead, cacheWriteUnknown, output: count('completion_tokens') };
}

async function readLogs({ from, to }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { json } = await api.get(context, `${rootOf(context)}/spend/logs`, {
    query: { start_date: dateText(from), end_date: dateText(to), summarize: 'false' },
    notEnabled:
      'This version of the proxy, or one without a database, keeps no spend. Give it a database, or rely on calls made here.',
  });
  if (!Array.isArray(json)) throw api.bad('the log of calls is missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(json).flatMap((row) => {
    const [at, id, amount] = [momentOf(row.startTime), textOf(row.request_id), amountOf(row.spend ?? 0)];
    if (at === null || id === null || amount === null) {
      problems.push({ reason: 'the call has no id, time or spend', raw: JSON.stringify(row).slice(0, 500) });
      return [];
    }
    if (at < from || at >= to) return [];
    return callRecord(row, { at, id, amount });
  });
  return { records, problems, cursor: null, asOf: null };
}

function callRecord(
  row: Fields,
  {
    at,
    id,
    amount,
  }: Pick<ImportedRecord, 'at'> & { id: string; amount: { value: string; currency: string } },
): ImportedRecord {
  const status = textOf(row.status);
  return {
    key: id,
    at,
    grain: 'instant',
    cut: 'by call',
    provider: 'litellm',
    model: textOf(row.model_group) ?? textOf(row.model),
    requests: 1,
    tokens: tokensOf(row),
    amount,
    vendorCallId: id,
    ...(status !== null && status !== 'success' && { status: 'error' }),
  };
}
