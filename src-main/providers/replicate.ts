import { z } from 'zod';
import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { momentOf } from './dialects/days.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { kindOf, plainModel } from './dialects/models.ts';
import { predictionCalls, predictionUsage } from './dialects/predictions.ts';

const access = { label: 'Replicate', headers: bearer('apiKey', 'API token') };
const api = openApi(access);

/** Replicate (replicate npm 1.4 types, 2026): models run as predictions, billed by hardware second, token or piece. */
export const replicate = {
  spec: 1,
  id: 'replicate',
  label: 'Replicate',
  vendor: 'replicate',
  kind: 'vendor',
  docUrl: 'https://replicate.com/docs',
  keyUrl: 'https://replicate.com/account/api-tokens',
  dialect: 'replicate',
  accountKind: 'api',
  baseUrl: 'https://api.replicate.com/v1',
  hasOwnBase: false,
  hosts: ['https://stream.replicate.com', 'https://stream-*.replicate.com'],
  fields: [
    apiKeyField({
      label: 'API token',
      help: 'Made at replicate.com > Account settings > API tokens. Any token will do.',
      prefix: 'r8_',
      env: ['REPLICATE_API_TOKEN'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Replicate has no API for credit.',
      instead: 'See replicate.com > Account settings > Billing.',
    },
  ],
  // Every model has inputs of its own.
  parameters: z.record(z.string(), z.json()),
  validate,
  models,
  costs: [
    {
      id: 'predictions',
      label: 'Predictions',
      // Replicate states no money here: what can be priced by its tokens is, the rest stands as unpriced.
      evidence: 'recorded',
      coverage: 'account',
      usage: 'calls',
      needs: ['apiKey'],
      windowDays: 7,
      lookBackDays: 30,
      trailingDays: 3,
      everyMinutes: 60,
      accuracy:
        'Every finished run with its model, seconds and, of language models, tokens. Replicate states no prices: set your own for the models you use, or read its billing page.',
      read: readPredictions,
    },
  ],
  ...predictionCalls(access),
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(['calls', 'models', 'costs'], async () => {
    const { username } = fieldsOf((await api.get(context, '/account')).json);
    return `Replicate accepts the token${typeof username === 'string' ? ` of ${username}` : ''}.`;
  });
}

/** Tens of thousands are public; the newest stand first. */
const mostPages = 10;
const talks = /llama|gpt|claude|gemini|grok|qwen|deepseek|mistral|mixtral|kimi|granite|instruct|chat/i;

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const found = new Map<string, VendorModel>();
  let path: string | null = '/models';
  for (let page = 0; path !== null && page < mostPages; page++) {
    const answer = fieldsOf((await api.get(context, path)).json);
    if (!Array.isArray(answer.results)) throw api.bad('the list of models is missing');
    for (const row of rowsOf(answer.results)) {
      const [owner, name] = [textOf(row.owner), textOf(row.name)];
      if (owner === null || name === null) continue;
      const kind = kindOf(name) !== 'chat' || talks.test(name) ? kindOf(name) : 'other';
      found.set(`${owner}/${name}`, plainModel({ id: `${owner}/${name}`, kind }));
    }
    path = ownLink(answer.next, context);
  }
  return [...found.values()];
}

/** The address of a next page; one that leads elsewhere would take the token with it. */
function ownLink(link: unknown, { baseUrl }: ProviderContext): string | null {
  const url = textOf(link);
  if (url === null || new URL(url, baseUrl).origin === new URL(baseUrl).origin) return url;
  throw api.bad('the next page lies on another host');
}

async function readPredictions(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { from, to, cursor } = request;
  const range = { created_after: new Date(from).toISOString(), created_before: new Date(to).toISOString() };
  const { json } = await api.get(context, cursor ?? '/predictions', cursor === null ? { query: range } : {});
  const { results, next } = fieldsOf(json);
  if (!Array.isArray(results)) throw api.bad('the predictions are missing');
  const times = rowsOf(results).flatMap(({ created_at }) => momentOf(created_at) ?? []);
  // The newest come first, so a page that reaches behind the window is the last, should the range be ignored.
  const isPast = times.some((at) => at < from);
  return {
    records: rowsOf(results).flatMap((row) => recordOf(row, request) ?? []),
    problems: [],
    cursor: isPast || times.length === 0 ? null : ownLink(next, context),
    asOf: null,
  };
}

/** Null for one that still runs: it is read again, like every day of the last three. */
function recordOf(row: Fields, { from, to }: CostRequest): ImportedRecord | null {
  const [id, at, status] = [textOf(row.id), momentOf(row.created_at), textOf(row.status)];
  if (id === null || at === null || at < from || at >= to || momentOf(row.completed_at) === null) return null;
  const seconds = fieldsOf(row.metrics).predict_time;
  return {
    key: id,
    at,
    grain: 'instant',
    provider: 'replicate',
    model: textOf(row.model),
    requests: 1,
    tokens: predictionUsage(row)?.tokens ?? noTokens,
    vendorCallId: id,
    ...(status !== 'succeeded' && { status: status === 'canceled' ? 'cancelled' : 'error' }),
    extras: {
      source: textOf(row.source) ?? '',
      ...(typeof seconds === 'number' && { predictSeconds: String(seconds) }),
    },
  };
}
