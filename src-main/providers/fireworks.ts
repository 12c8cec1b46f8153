import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountOf, unitPlaces, unitsAndNanos } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { merged, readDaily } from './dialects/daily.ts';
import { bucketKey, dayMs, momentOf, rfc3339, startOfDay } from './dialects/days.ts';
import { apiKeyField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, type Fields, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Fireworks', headers: bearer('apiKey', 'API key') });
const control = 'https://api.fireworks.ai/v1';
const windowed = {
  needs: ['apiKey'],
  windowDays: 31,
  lookBackDays: 365,
  trailingDays: 3,
  everyMinutes: 120,
} as const;

const calls = compatibleCalls({ label: 'Fireworks', headers: bearer('apiKey', 'API key') });

/** Fireworks AI (docs.fireworks.ai, "Get Billing Summary" and "Get Account Usage", 2026): the bill with the normal key. */
export const fireworks = {
  spec: 1,
  id: 'fireworks',
  label: 'Fireworks AI',
  vendor: 'fireworks',
  kind: 'vendor',
  docUrl: 'https://docs.fireworks.ai',
  keyUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  hasOwnBase: false,
  hosts: ['https://api.fireworks.ai'],
  fields: [
    apiKeyField({
      help: 'Made at app.fireworks.ai > Settings > API keys. A normal key can also read the bill.',
      prefix: 'fw_',
      env: ['FIREWORKS_API_KEY'],
    }),
    textField({
      name: 'accountId',
      label: 'Account id',
      help: 'Found out by the key; needed only where the key reaches several accounts.',
      neededFor: ['costs'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Fireworks has no API for credit.',
      instead: 'See app.fireworks.ai > Billing.',
    },
  ],
  validate,
  models,
  costs: [
    {
      ...windowed,
      id: 'costs',
      label: 'Billed costs',
      evidence: 'billed',
      coverage: 'account',
      usage: 'none',
      accuracy:
        'What Fireworks charges by UTC day and kind of usage, deployments and training included, without tokens.',
      read: readSummary,
    },
    {
      ...windowed,
      id: 'usage',
      label: 'Serverless usage by model',
      // It leaves out deployments and training, so the bill beside it is what counts as money.
      evidence: 'recorded',
      coverage: 'account',
      usage: 'tokens',
      accuracy:
        'Tokens of serverless calls by UTC day, model and key, at the prices Fireworks rates them. Cached tokens stand among the input.',
      read: readUsage,
    },
  ],
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(['calls', 'models', 'costs'], async () => {
    const [first] = await accountsOf(context);
    return `Fireworks accepts the key, of account ${statedAccount(context) || first}.`;
  });
}

function statedAccount({ fields }: ProviderContext): string {
  return fields.accountId?.trim().replace(/^accounts\//, '') ?? '';
}

async function accountsOf(context: ProviderContext): Promise<readonly string[]> {
  const { accounts } = fieldsOf((await api.get(context, `${control}/accounts`)).json);
  const found = rowsOf(accounts).flatMap(({ name }) => textOf(name)?.replace(/^accounts\//, '') ?? []);
  if (found.length === 0) throw api.bad('the key reaches no account');
  return found;
}

async function accountOf(context: ProviderContext): Promise<string> {
  const account = statedAccount(context) || (await accountsOf(context))[0];
  return encodeURIComponent(account ?? '');
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id, context_length }) => plainModel({ id, contextTokens: countOf(context_length) }));
}

/** Empty lists are left out of these answers, so an empty object says that there was nothing. */
function answerOf(json: unknown): Fields {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return fieldsOf(json);
  throw api.bad('the costs are missing');
}

async function readSummary(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const url = `${control}/accounts/${await accountOf(context)}/billing/summary`;
  const ask = async (from: number, to: number) => {
    const query = { startTime: rfc3339(from), endTime: rfc3339(to), granularity: 'DAILY' };
    return answerOf((await api.get(context, url, { query })).json);
  };
  if (request.cursor === null) {
    const summary = await ask(request.from, request.to);
    if (Array.isArray(summary.usageBuckets)) return pageOf(rowsOf(summary.usageBuckets), request);
    if (rowsOf(summary.lineItems).length === 0) return pageOf([], request);
  }
  // Without buckets the lines are those of the whole interval: then each day is asked for on its own.
  return readDaily(request, 7, async (day) => {
    const { lineItems } = await ask(day, day + dayMs);
    return pageOf([{ bucketStartTime: rfc3339(day), lineItems }], request);
  });
}

function pageOf(buckets: readonly Fields[], { from, to }: CostRequest): CostPage {
  const problems: CostPage['problems'][number][] = [];
  const records = buckets.flatMap((bucket) => {
    const at = momentOf(bucket.bucketStartTime);
    if (at === null)
      problems.push({ reason: 'the bucket has no time', raw: JSON.stringify(bucket).slice(0, 500) });
    if (at === null || at < from || at >= to) return [];
    return rowsOf(bucket.lineItems).flatMap((line) => {
      const record = lineRecord(line, startOfDay(at));
      if (record === null)
        problems.push({ reason: 'the line has no cost', raw: JSON.stringify(line).slice(0, 500) });
      return record ?? [];
    });
  });
  return { records: merged(records), problems, cursor: null, asOf: null };
}

function lineRecord(line: Fields, at: number): ImportedRecord | null {
  const total = fieldsOf(line.totalCost);
  const amount = amountOf(unitsAndNanos(total.units, total.nanos), 0, total.currencyCode ?? 'USD');
  if (amount === null) return null;
  const names = [line.category, line.groupingKey, line.groupingValue, line.series].map(
    (name) => textOf(name) ?? '',
  );
  const [category = '', grouping = '', value = ''] = names;
  return {
    key: bucketKey([at, ...names]),
    at,
    grain: 'day',
    provider: 'fireworks',
    model: /model/i.test(grouping) && value !== '' ? value : null,
    requests: 0,
    tokens: noTokens,
    amount,
    extras: { category, ...(value !== '' && { [grouping || 'group']: value }) },
  };
}

async function readUsage({ from, to }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const { json } = await api.get(context, `${control}/accounts/${await accountOf(context)}/billingUsage`, {
    query: {
      startTime: rfc3339(from),
      endTime: rfc3339(to),
      usageType: 'SERVERLESS',
      groupBy: ['model_name', 'api_key_name'],
    },
  });
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(answerOf(json).serverlessCosts).flatMap((row) => {
    const record = usageRecord(row);
    if (record === null)
      problems.push({ reason: 'the row has no day or no cost', raw: JSON.stringify(row).slice(0, 500) });
    return record !== null && record.at >= from && record.at < to ? [record] : [];
  });
  return { records: merged(records), problems, cursor: null, asOf: null };
}

function usageRecord(row: Fields): ImportedRecord | null {
  const [at, amount] = [momentOf(row.startTime), amountOf(row.costNanoUsd ?? 0, unitPlaces.nano)];
  if (at === null || amount === null) return null;
  const group = fieldsOf(row.group);
  const model = textOf(row.modelName) ?? textOf(group.model_name);
  const key = textOf(group.api_key_name) ?? textOf(group.apiKeyName) ?? '';
  return {
    key: bucketKey([startOfDay(at), model, key]),
    at: startOfDay(at),
    grain: 'day',
    provider: 'fireworks',
    model,
    requests: 0,
    tokens: {
      ...noTokens,
      input: countOf(row.promptTokens) ?? 0,
      output: countOf(row.completionTokens) ?? 0,
    },
    amount,
    ...(key !== '' && { extras: { apiKey: key } }),
  };
}
