import { z } from 'zod';
import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { explorer, readCosts } from './bedrock/costs.ts';
import { awsCredentials, callAws, regionOf } from './dialects/aws.ts';
import { bedrockCalls } from './dialects/calls/packages.ts';
import { checkOf, hasSecret } from './dialects/check.ts';
import { bearer } from './dialects/credentials.ts';
import { badResponse } from './dialects/failure.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { type Fields, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { plainModel } from './dialects/models.ts';

const withKey = openApi({ label: 'Amazon Bedrock', headers: bearer('apiKey', 'Bedrock API key') });
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
      neededFor: ['costs', 'calls', 'models'],
      env: ['AWS_ACCESS_KEY_ID'],
    }),
    secretField({
      name: 'secretAccessKey',
      label: 'Secret access key',
      required: false,
      help: 'Shown once when the access key is made.',
      neededFor: ['costs', 'calls', 'models'],
      env: ['AWS_SECRET_ACCESS_KEY'],
    }),
    secretField({
      name: 'sessionToken',
      label: 'Session token',
      required: false,
      help: 'Only of temporary keys (ASIA…), which end after hours.',
      neededFor: ['costs', 'calls', 'models'],
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
  // A key for Bedrock reads them, and so does a signature.
  needs: { models: [] },
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
        const identity = await callAws(context, {
          url: `${sts}/`,
          service: 'sts',
          region: 'us-east-1',
          form,
        });
        if (!JSON.stringify(identity).includes('GetCallerIdentityResult'))
          throw badResponse('AWS', 'it does not say whose key it is');
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
  const profiles = (await inferenceProfiles(context)).flatMap((row) => {
    const id = textOf(row.inferenceProfileId);
    return id === null ? [] : plainModel({ id, label: textOf(row.inferenceProfileName) });
  });
  return [...found, ...profiles];
}

/** Listing profiles is a right of its own, without which there still are models. */
async function inferenceProfiles(context: ProviderContext): Promise<readonly Fields[]> {
  const found: Fields[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null && page < 20; page++) {
    const more = token === '' ? '' : `&nextToken=${encodeURIComponent(token)}`;
    const answer: Fields = await askBedrock(context, `/inference-profiles?maxResults=1000${more}`).catch(
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'INSUFFICIENT_SCOPE') return {};
        throw error;
      },
    );
    found.push(...rowsOf(answer.inferenceProfileSummaries));
    token = textOf(answer.nextToken);
  }
  return found;
}

function kindIn(modalities: readonly unknown[]): VendorModel['kind'] {
  if (modalities.includes('TEXT') || modalities.length === 0) return 'chat';
  if (modalities.includes('EMBEDDING')) return 'embedding';
  return modalities.includes('IMAGE') ? 'image' : 'other';
}
