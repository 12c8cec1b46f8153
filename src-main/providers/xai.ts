import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type {
  BalanceAmount,
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountText, negated, unitPlaces } from './dialects/amount.ts';
import { xaiCalls } from './dialects/calls/packages.ts';
import { xaiCost } from './dialects/calls/stated-cost.ts';
import { checkOf, hasSecret } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { bucketKey, dateText, momentOf, startOfDay } from './dialects/days.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { modelRows, plainModel } from './dialects/models.ts';

const api = openApi({ label: 'xAI', headers: bearer('apiKey', 'API key') });
const management = openApi({ label: 'xAI', headers: bearer('managementKey', 'management key') });
const teams = 'https://management-api.x.ai/v1/billing/teams';

const calls = xaiCalls({ label: 'xAI', costOf: xaiCost });

/**
 * xAI (docs.x.ai, "Cost Tracking" and "Billing Management", read 2026-10). Calls state what they cost in ticks; what was
 * billed, and the balance, need a management key.
 */
export const xai = {
  spec: 1,
  id: 'xai',
  label: 'xAI',
  vendor: 'x-ai',
  kind: 'vendor',
  docUrl: 'https://docs.x.ai',
  keyUrl: 'https://console.x.ai',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.x.ai/v1',
  hasOwnBase: false,
  hosts: ['https://management-api.x.ai'],
  fields: [
    apiKeyField({
      required: false,
      help: 'Made at console.x.ai > API Keys. Needs the chat and models endpoints.',
      prefix: 'xai-',
      neededFor: ['calls', 'models'],
      env: ['XAI_API_KEY'],
    }),
    secretField({
      name: 'managementKey',
      label: 'Management key',
      required: false,
      help: 'Made at console.x.ai > Settings > Management Keys, with the right to read billing. An API key is refused there.',
      neededFor: ['costs', 'balance'],
      env: ['XAI_MANAGEMENT_KEY'],
    }),
    textField({
      name: 'teamId',
      label: 'Team id',
      help: 'The id in the address of console.x.ai. May be left out where an API key of the team is given.',
      neededFor: ['costs', 'balance'],
    }),
  ],
  missing: [],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Billed usage',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      needs: ['managementKey'],
      windowDays: 31,
      lookBackDays: 180,
      trailingDays: 3,
      everyMinutes: 60,
      accuracy:
        'What xAI charges the team per UTC day, by line of usage, without tokens. The newest day still grows.',
      read: readUsage,
    },
  ],
  balance,
  parameters: z.strictObject({
    reasoningEffort: z.enum(['none', 'low', 'medium', 'high', 'xhigh']).optional(),
    parallelToolCalls: z.boolean().optional(),
    user: z.string().max(200).optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const checks: Check[] = [];
  if (await hasSecret(context, 'apiKey'))
    checks.push(
      ...(await checkOf(['calls', 'models'], async () => {
        const key = fieldsOf((await api.get(context, '/api-key')).json);
        if (key.team_blocked === true || key.api_key_blocked === true || key.api_key_disabled === true)
          throw new AppError(
            'INVALID_KEY',
            'xAI knows the API key, but it or its team is blocked. See console.x.ai.',
          );
        return 'xAI accepts the API key.';
      })),
    );
  if (await hasSecret(context, 'managementKey'))
    checks.push(
      ...(await checkOf(['costs', 'balance'], async () => {
        await prepaid(context);
        return 'xAI accepts the management key and shows the billing of the team.';
      })),
    );
  return checks;
}

/** The team as stated, else as its API key says. */
async function teamOf(context: ProviderContext): Promise<string> {
  const stated = context.fields.teamId?.trim() ?? '';
  if (stated !== '') return encodeURIComponent(stated);
  const known = (await hasSecret(context, 'apiKey'))
    ? textOf(fieldsOf((await api.get(context, '/api-key')).json).team_id)
    : null;
  if (known !== null) return encodeURIComponent(known);
  throw new AppError(
    'BAD_INPUT',
    'xAI needs the team id for billing: copy it from the address of console.x.ai.',
  );
}

/** Prices come as whole numbers of USD cents per 100 million tokens (observed by four independent readers): $1 is 10,000. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const listed = await api.get(context, '/language-models').catch((error: unknown) => {
    if (error instanceof AppError && error.data?.status === 404) return null;
    throw error;
  });
  if (listed === null) {
    const rows = modelRows((await api.get(context, '/models')).json);
    if (rows === null) throw api.bad('the list of models is missing');
    return rows.map(({ id }) => plainModel({ id }));
  }
  const list = fieldsOf(listed.json).models;
  if (!Array.isArray(list)) throw api.bad('the list of models is missing');
  return rowsOf(list).flatMap((row) => (textOf(row.id) === null ? [] : [modelOf(row, String(row.id))]));
}

function modelOf(row: Fields, id: string): VendorModel {
  const price = (value: unknown) => {
    const text = amountText(value, 4);
    return text === null || text.startsWith('-') ? null : text;
  };
  const [input, output] = [price(row.prompt_text_token_price), price(row.completion_text_token_price)];
  const cacheRead = price(row.cached_prompt_text_token_price);
  const threshold = amountText(row.long_context_threshold);
  const prices = {
    ...(input !== null && { input }),
    ...(output !== null && { output }),
    ...(cacheRead !== null && { cacheRead }),
    ...(threshold !== null && threshold !== '0' && { note: `Prompts over ${threshold} tokens cost more.` }),
  };
  return plainModel({ id, kind: 'chat', price: input === null && output === null ? null : prices });
}

async function readUsage(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const url = `${teams}/${await teamOf(context)}/usage`;
  const ask = async (groupBy: readonly string[]) => {
    const { json } = await management.post(context, url, { json: usageQuery(request, groupBy) });
    return { answer: fieldsOf(json), cut: groupBy.length > 0 ? 'by description' : 'as a whole' };
  };
  // Only the ungrouped query is proven; some teams may be refused the other.
  const { answer, cut } = await ask(['description']).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'BAD_INPUT' && error.data?.status === 400) return ask([]);
    throw error;
  });
  if (!Array.isArray(answer.timeSeries)) throw management.bad('the time series are missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(answer.timeSeries).flatMap((series) =>
    rowsOf(series.dataPoints).flatMap((point) => {
      const found = dayOf(point, groupOf(series), cut);
      if (typeof found === 'string')
        problems.push({ reason: found, raw: JSON.stringify(point).slice(0, 500) });
      return typeof found === 'object' && found !== null && isIn(found.at, request) ? [found] : [];
    }),
  );
  if (answer.limitReached === true)
    problems.push({
      reason: 'xAI left groups out of this answer (limitReached): these days are too low',
      raw: null,
    });
  return { records, problems, cursor: null, asOf: null };
}

function usageQuery({ from, to }: CostRequest, groupBy: readonly string[]) {
  return {
    analyticsRequest: {
      timeRange: {
        startTime: `${dateText(from)} 00:00:00`,
        endTime: `${dateText(to)} 00:00:00`,
        timezone: 'Etc/GMT',
      },
      timeUnit: 'TIME_UNIT_DAY',
      values: [{ name: 'usd', aggregation: 'AGGREGATION_SUM' }],
      groupBy,
      filters: [],
    },
  };
}

function groupOf(series: Fields): string {
  const names = listOf(series.groupLabels).length > 0 ? series.groupLabels : series.group;
  return listOf(names)
    .filter((name) => typeof name === 'string')
    .join(', ');
}

/** A record; null for a day without spend; a text for what cannot be trusted. */
function dayOf(point: Fields, group: string, cut: string): ImportedRecord | string | null {
  const at = momentOf(point.timestamp);
  const value = amountText(listOf(point.values)[0]);
  if (at === null || at !== startOfDay(at)) return 'the time is no UTC day';
  if (value === null) return 'the day has no amount';
  if (value === '0') return null;
  return {
    key: bucketKey([at, group]),
    at,
    grain: 'day',
    cut,
    provider: 'x-ai',
    // A description reads `Chat grok-4-0709`.
    model: /\bgrok-[\w.-]+/.exec(group)?.[0] ?? null,
    requests: 0,
    tokens: noTokens,
    amount: { value, currency: 'USD' },
    ...(group !== '' && { extras: { group } }),
  };
}

function isIn(at: number, { from, to }: CostRequest): boolean {
  return at >= from && at < to;
}

async function prepaid(context: ProviderContext): Promise<string> {
  const { json } = await management.get(context, `${teams}/${await teamOf(context)}/prepaid/balance`);
  const cents = amountText(fieldsOf(fieldsOf(json).total).val, unitPlaces.cents);
  if (cents === null) throw management.bad('the prepaid balance is no amount');
  return negated(cents);
}

/** xAI keeps the balance as a debt, in cents: what is left is its opposite. Usage is taken off when the cycle closes. */
async function balance(context: ProviderContext): Promise<readonly BalanceAmount[]> {
  return [{ available: { value: await prepaid(context), currency: 'USD' }, parts: [] }];
}
