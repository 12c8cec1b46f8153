import { AppError } from '../platform/error.ts';
import type {
  Check,
  CostPage,
  CostRequest,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { amountText, unitPlaces } from './dialects/amount.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { secretHeader } from './dialects/credentials.ts';
import { type DayFound, readDaily } from './dialects/daily.ts';
import { bucketKey, dayMs, rfc3339 } from './dialects/days.ts';
import { apiKeyField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, rowsOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Portkey', headers: secretHeader('x-portkey-api-key', 'apiKey', 'API key') });

const gate =
  'They need a key with the analytics scope and perhaps an Enterprise plan: without, rely on calls made here, or import the log export.';

const calls = compatibleCalls({
  label: 'Portkey',
  headers: secretHeader('x-portkey-api-key', 'apiKey', 'API key'),
});

/**
 * The Portkey gateway (Portkey-AI/openapi, 2026-06). Its costs come from its own price list, in cents, and may be shown to
 * Enterprise plans only.
 */
export const portkey = {
  spec: 1,
  id: 'portkey',
  label: 'Portkey',
  vendor: 'portkey',
  kind: 'gateway',
  docUrl: 'https://portkey.ai/docs',
  keyUrl: 'https://app.portkey.ai/api-keys',
  dialect: 'openai-chat',
  accountKind: 'api',
  baseUrl: 'https://api.portkey.ai/v1',
  hasOwnBase: true,
  hosts: [],
  fields: [
    apiKeyField({
      help: 'Made at app.portkey.ai > API Keys. For costs it needs the analytics scope, and perhaps an Enterprise plan.',
      env: ['PORTKEY_API_KEY'],
    }),
    textField({
      name: 'workspace',
      label: 'Workspace slug',
      help: 'Which workspace to read costs of; a workspace key knows its own.',
      neededFor: ['costs'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Portkey holds no money: the vendors behind it bill you.',
      instead: 'Add those vendors; their balances are shown where they have any.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'analytics',
      label: 'Cost by Portkey’s price list',
      evidence: 'estimated',
      coverage: 'account',
      usage: 'none',
      needs: ['apiKey'],
      windowDays: 31,
      lookBackDays: 90,
      trailingDays: 3,
      everyMinutes: 180,
      accuracy:
        'Portkey’s own estimate by UTC day, without models or tokens. The vendors behind it bill the same calls: give this connection the account of the vendor whose bill is read too, and that bill counts; in accounts of their own both do.',
      read: readCosts,
    },
  ],
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const key = await checkOf(['calls', 'models'], async () => {
    await api.get(context, '/models');
    return 'Portkey accepts the key.';
  });
  const costs = await checkOf(['costs'], async () => {
    await costOf(context, context.clock.now() - (context.clock.now() % dayMs));
    return 'The key may read the analytics.';
  });
  return [...key, ...costs];
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map(({ id }) => plainModel({ id }));
}

/** The server chooses the size of its buckets by the range, so each day is asked for on its own. */
async function readCosts(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  return readDaily(request, 7, async (day) => dayOf(await costOf(context, day), day));
}

/** Outside of Enterprise plans the analytics answer 403, whatever the key may do (observed). */
async function costOf(context: ProviderContext, day: number): Promise<Fields> {
  const asked = api.get(context, '/analytics/graphs/cost', {
    query: {
      workspace_slug: context.fields.workspace || null,
      time_of_generation_min: rfc3339(day),
      // Whether the end is part of the range is not said; a call in the very last second counts once this way.
      time_of_generation_max: rfc3339(day + dayMs - 1000),
    },
    notEnabled: gate,
  });
  const { json } = await asked.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'INSUFFICIENT_SCOPE')
      throw new AppError('NOT_ENABLED', `Portkey does not show analytics to this key (403). ${gate}`, {
        cause: error,
      });
    throw error;
  });
  return fieldsOf(json);
}

function dayOf(graph: Fields, day: number): DayFound {
  if (graph.summary === undefined && graph.data_points === undefined) throw api.bad('the day is missing');
  const stated = fieldsOf(graph.summary).total ?? (rowsOf(graph.data_points).length === 0 ? 0 : undefined);
  const value = amountText(stated, unitPlaces.cents);
  if (value === null)
    return {
      records: [],
      problems: [{ reason: 'the day has no total', raw: JSON.stringify(graph).slice(0, 500) }],
    };
  if (value === '0') return { records: [] };
  const record: ImportedRecord = {
    key: bucketKey([day]),
    at: day,
    grain: 'day',
    provider: 'portkey',
    model: null,
    requests: 0,
    tokens: noTokens,
    amount: { value, currency: 'USD' },
  };
  return { records: [record] };
}
