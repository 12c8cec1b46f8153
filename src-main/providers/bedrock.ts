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
import { amountOf, amountText } from './dialects/amount.ts';
import { awsCredentials, callAws, regionOf } from './dialects/aws.ts';
import { bedrockCalls } from './dialects/calls/packages.ts';
import { checkOf, hasSecret } from './dialects/check.ts';
import { meterModel, meterPriceFacts, tokensOfMeter } from './dialects/cloud-meter.ts';
import { bearer } from './dialects/credentials.ts';
import { merged } from './dialects/daily.ts';
import { bucketKey, dateText, momentOf } from './dialects/days.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { plainModel } from './dialects/models.ts';

const withKey = openApi({ label: 'Amazon Bedrock', headers: bearer('apiKey', 'Bedrock API key') });
const explorer = 'https://ce.us-east-1.amazonaws.com';
const sts = 'https://sts.amazonaws.com';

const calls = bedrockCalls({
  label: 'Amazon Bedrock',
  async access(context) {
    const region = regionOf(context);
    const place = { region, baseURL: `https://bedrock-runtime.${region}.amazonaws.com` };
    // An empty key keeps the package from looking for one in the environment.
    const apiKey = (await context.secret('apiKey'))?.trim() ?? '';
    if (apiKey !== '') return { ...place, apiKey };
    const { sessionToken, ...keys } = await awsCredentials(context);
    return { ...place, ...keys, apiKey, ...(sessionToken !== null && { sessionToken }) };
  },
});

/** Amazon Bedrock (docs.aws.amazon.com, 2026): calls by key or signature, costs out of Cost Explorer. */
export const bedrock = {
  spec: 1,
  id: 'bedrock',
  label: 'Amazon Bedrock',
  vendor: 'aws',
  kind: 'cloud',
  docUrl: 'https://docs.aws.amazon.com/bedrock',
  keyUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  dialect: 'bedrock',
  accountKind: 'api',
  // Each region has a host of its own, so that there is no one base.
  baseUrl: null,
  hasOwnBase: false,
  hosts: [explorer, sts, 'https://bedrock.*.amazonaws.com', 'https://bedrock-runtime.*.amazonaws.com'],
  fields: [
    textField({
      name: 'region',
      label: 'Region',
      help: 'Where models are called, such as us-east-1, which is taken where left out. Costs are those of all regions.',
      neededFor: ['calls', 'models'],
      env: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    }),
    secretField({
      name: 'accessKeyId',
      label: 'Access key id',
      required: false,
      help: 'IAM > Users > Security credentials. For costs the user needs ce:GetCostAndUsage, for models bedrock:ListFoundationModels, for calls bedrock:InvokeModel.',
      prefix: 'AKIA',
      neededFor: ['costs'],
      env: ['AWS_ACCESS_KEY_ID'],
    }),
    secretField({
      name: 'secretAccessKey',
      label: 'Secret access key',
      required: false,
      help: 'Shown once when the access key is made.',
      neededFor: ['costs'],
      env: ['AWS_SECRET_ACCESS_KEY'],
    }),
    secretField({
      name: 'sessionToken',
      label: 'Session token',
      required: false,
      help: 'Only of temporary keys (ASIA…), which end after hours.',
      neededFor: ['costs'],
      env: ['AWS_SESSION_TOKEN'],
    }),
    apiKeyField({
      label: 'Bedrock API key',
      required: false,
      help: 'Bedrock console > API keys. Takes the place of the access key for calls and models; it cannot read costs.',
      neededFor: ['calls', 'models'],
      env: ['AWS_BEARER_TOKEN_BEDROCK'],
    }),
  ],
  missing: [
    {
      capability: 'balance',
      why: 'AWS bills at the end of the month.',
      instead: 'See the AWS console > Billing and Cost Management.',
    },
  ],
  validate,
  models,
  costs: [
    {
      id: 'costs',
      label: 'Cost Explorer, Bedrock',
      evidence: 'billed',
      coverage: 'account',
      usage: 'tokens',
      needs: ['accessKeyId', 'secretAccessKey'],
      windowDays: 90,
      lookBackDays: 365,
      trailingDays: 7,
      // Each request costs $0.01.
      everyMinutes: 1440,
      accuracy:
        'What AWS charges (unblended cost) by UTC day, service and usage type, up to a day late; estimated until the bill is closed. Each reading costs $0.01 at AWS, a first one some more.',
      read: readCosts,
    },
  ],
  parameters: z.strictObject({
    additionalModelRequestFields: z.record(z.string(), z.json()).optional(),
    serviceTier: z.enum(['reserved', 'priority', 'default', 'flex']).optional(),
    reasoningConfig: z
      .strictObject({
        type: z.enum(['enabled', 'disabled', 'adaptive']).optional(),
        budgetTokens: z.int().positive().optional(),
        maxReasoningEffort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
      })
      .optional(),
  }),
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const [hasKey, hasPair] = [await hasSecret(context, 'apiKey'), await hasSecret(context, 'accessKeyId')];
  if (hasKey || hasPair)
    checks.push(
      ...(await checkOf(['calls', 'models'], async () => {
        await foundationModels(context);
        return `AWS lists the models of ${regionOf(context)} for this ${hasKey ? 'Bedrock API key' : 'access key'}.`;
      })),
    );
  if (hasPair)
    checks.push(
      ...(await checkOf(['costs'], async () => {
        const form = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
        await callAws(context, { url: `${sts}/`, service: 'sts', region: 'us-east-1', form });
        return 'AWS accepts the access key. Whether it may read Cost Explorer, the first reading will show: asking costs $0.01.';
      })),
    );
  return checks;
}

/** By the Bedrock API key where there is one, else signed with the access key. */
async function askBedrock(context: ProviderContext, path: string): Promise<Fields> {
  const region = regionOf(context);
  const url = `https://bedrock.${region}.amazonaws.com${path}`;
  if (await hasSecret(context, 'apiKey')) return fieldsOf((await withKey.get(context, url)).json);
  return fieldsOf(await callAws(context, { url, service: 'bedrock', region }));
}

async function foundationModels(context: ProviderContext): Promise<readonly Fields[]> {
  const { modelSummaries } = await askBedrock(context, '/foundation-models');
  if (!Array.isArray(modelSummaries)) throw withKey.bad('the list of models is missing');
  return rowsOf(modelSummaries);
}

/** Models that can be called as they are, then the profiles (`us.`, `eu.`, `global.`) through which the others are. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const found = (await foundationModels(context)).flatMap((row) => {
    const id = textOf(row.modelId);
    const types = listOf(row.inferenceTypesSupported);
    if (id === null || (types.length > 0 && !types.includes('ON_DEMAND'))) return [];
    return plainModel({ id, label: textOf(row.modelName), kind: kindIn(listOf(row.outputModalities)) });
  });
  const { inferenceProfileSummaries } = await askBedrock(context, '/inference-profiles?maxResults=1000');
  const profiles = rowsOf(inferenceProfileSummaries).flatMap((row) => {
    const id = textOf(row.inferenceProfileId);
    return id === null ? [] : plainModel({ id, label: textOf(row.inferenceProfileName) });
  });
  return [...found, ...profiles];
}

function kindIn(modalities: readonly unknown[]): VendorModel['kind'] {
  if (modalities.includes('TEXT') || modalities.length === 0) return 'chat';
  if (modalities.includes('EMBEDDING')) return 'embedding';
  return modalities.includes('IMAGE') ? 'image' : 'other';
}

async function readCosts({ from, to, cursor }: CostRequest, context: ProviderContext): Promise<CostPage> {
  const answer = fieldsOf(
    await callAws(context, {
      url: `${explorer}/`,
      service: 'ce',
      region: 'us-east-1',
      target: 'AWSInsightsIndexService.GetCostAndUsage',
      json: {
        TimePeriod: { Start: dateText(from), End: dateText(to) },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost', 'UsageQuantity'],
        GroupBy: [
          { Type: 'DIMENSION', Key: 'SERVICE' },
          { Type: 'DIMENSION', Key: 'USAGE_TYPE' },
        ],
        ...(cursor !== null && { NextPageToken: cursor }),
      },
      notEnabled: 'Open Cost Explorer once in the AWS console; its data is ready a day later.',
    }),
  );
  if (!Array.isArray(answer.ResultsByTime)) throw withKey.bad('the days are missing');
  const problems: CostPage['problems'][number][] = [];
  const records = rowsOf(answer.ResultsByTime).flatMap((day) => {
    const at = momentOf(fieldsOf(day.TimePeriod).Start);
    if (at === null || at < from || at >= to) return [];
    return rowsOf(day.Groups).flatMap((group) => {
      const record = recordOf(group, at);
      if (typeof record === 'string')
        problems.push({ reason: record, raw: JSON.stringify(group).slice(0, 500) });
      return typeof record === 'object' && record !== null ? [record] : [];
    });
  });
  return { records: merged(records), problems, cursor: textOf(answer.NextPageToken), asOf: null };
}

/** Null for other services and for groups without cost: makers' models are services of their own, with Bedrock in their name. */
function recordOf(group: Fields, at: number): ImportedRecord | string | null {
  const [service = '', usageType = ''] = listOf(group.Keys).map(String);
  if (!/bedrock/i.test(service)) return null;
  const { UnblendedCost, UsageQuantity } = fieldsOf(group.Metrics);
  const [cost, used] = [fieldsOf(UnblendedCost), fieldsOf(UsageQuantity)];
  const amount = amountOf(cost.Amount, 0, cost.Unit);
  if (amount === null) return 'the group has no cost';
  const quantity = amountText(used.Amount) ?? '0';
  const tokens = tokensOfMeter(usageType, quantity, textOf(used.Unit) ?? '');
  if (amount.value === '0' && tokens === noTokens) return null;
  const priceFacts = meterPriceFacts(usageType);
  return {
    key: bucketKey([at, service, usageType]),
    at,
    grain: 'day',
    provider: 'aws',
    model: /^(.+) \(Amazon Bedrock Edition\)$/.exec(service)?.[1] ?? meterModel(usageType),
    requests: 0,
    tokens,
    amount,
    ...(priceFacts && { priceFacts }),
    extras: { service, usageType },
  };
}
