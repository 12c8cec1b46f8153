import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { anthropicWire } from './dialects/calls/anthropic-usage.ts';
import { googleCalls } from './dialects/calls/packages.ts';
import { sdkCalls } from './dialects/calls/sdk-calls.ts';
import { checkOf } from './dialects/check.ts';
import { textField } from './dialects/fields.ts';
import { bigQueryHost, billingFields, billingReport, checkExport } from './dialects/google-billing.ts';
import { googlePrices, googlePricesHost } from './dialects/google-prices.ts';
import { googleToken, googleTokenHost, serviceAccountOf } from './dialects/google-token.ts';
import { openApi } from './dialects/http.ts';
import { fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { plainModel } from './dialects/models.ts';
import { googleParameters } from './dialects/parameters.ts';

const host = 'https://aiplatform.googleapis.com';
const api = openApi({
  label: 'Vertex AI',
  headers: async (context) => ({
    authorization: `Bearer ${await googleToken(context, 'serviceAccount')}`,
    'x-goog-user-project': (await serviceAccountOf(context, 'serviceAccount')).project,
  }),
});
const services = "service.description = 'Vertex AI' OR sku.description LIKE '%Claude%'";

const geminiCalls = googleCalls({
  label: 'Vertex AI',
  access: async (context) => ({
    base: `${await placeOf(context)}/publishers/google`,
    headers: { authorization: `Bearer ${await googleToken(context, 'serviceAccount')}` },
  }),
});
const claudeCalls = sdkCalls({
  label: 'Vertex AI',
  optionsName: 'anthropic',
  wire: anthropicWire,
  async open({ context, model, fetch }) {
    const { AnthropicMessagesLanguageModel } = await import('@ai-sdk/anthropic/internal');
    return new AnthropicMessagesLanguageModel(model, {
      provider: 'vertex.anthropic',
      baseURL: `${await placeOf(context)}/publishers/anthropic/models`,
      headers: { authorization: `Bearer ${await googleToken(context, 'serviceAccount')}` },
      fetch,
      buildRequestUrl: (base, isStreaming) =>
        `${base}/${encodeURIComponent(model)}:${isStreaming ? 'streamRawPredict' : 'rawPredict'}`,
      // The model stands in the address here, the version in the body.
      transformRequestBody: ({ model: _, ...body }) => ({ ...body, anthropic_version: 'vertex-2023-10-16' }),
      supportsStrictTools: false,
    });
  },
});
const callsOf = (model: string) => (/^claude/i.test(model) ? claudeCalls : geminiCalls);

/** Vertex AI on Google Cloud (docs.cloud.google.com, 2026), by a service account; costs out of the billing export. */
export const vertex = {
  spec: 1,
  id: 'vertex',
  label: 'Google Vertex AI',
  vendor: 'google',
  kind: 'cloud',
  docUrl: 'https://cloud.google.com/vertex-ai/generative-ai/docs',
  keyUrl: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
  dialect: 'google',
  accountKind: 'api',
  // Each location has a host of its own.
  baseUrl: null,
  hasOwnBase: false,
  hosts: [
    host,
    'https://*-aiplatform.googleapis.com',
    'https://aiplatform.*.rep.googleapis.com',
    googleTokenHost,
    bigQueryHost,
    googlePricesHost,
  ],
  fields: [
    {
      name: 'serviceAccount',
      label: 'Service account (JSON)',
      kind: 'json',
      secret: true,
      required: true,
      help: 'The JSON key file of a service account: IAM > Service accounts > Keys. Roles: Vertex AI User for calls and models; BigQuery Job User, and BigQuery Data Viewer on the export’s dataset, for costs.',
      neededFor: [],
    },
    textField({
      name: 'location',
      label: 'Location',
      help: 'Where models are called: global, us, eu or a region such as us-central1. global where left out.',
      neededFor: ['calls'],
      env: ['GOOGLE_CLOUD_LOCATION', 'GOOGLE_VERTEX_LOCATION'],
    }),
    ...billingFields,
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Google Cloud bills at the end of the month.',
      instead: 'See console.cloud.google.com > Billing.',
    },
  ],
  validate,
  models,
  costs: [billingReport({ label: 'Billing export, Vertex AI', where: services })],
  parameters: googleParameters,
  complete: (request, context) => callsOf(request.model).complete(request, context),
  stream: (request, context) => callsOf(request.model).stream(request, context),
} as const satisfies Provider;

/** Where models are called: a place of the project, on the host of its location. */
async function placeOf(context: ProviderContext): Promise<string> {
  const location = context.fields.location?.trim().toLowerCase() || 'global';
  if (!/^[a-z]+(?:-[a-z]+\d+)?$/.test(location))
    throw new AppError(
      'BAD_INPUT',
      `"${location.slice(0, 40)}" is no location of Google Cloud. Write it like us-central1.`,
    );
  const { project } = await serviceAccountOf(context, 'serviceAccount');
  return `${hostOf(location)}/v1/projects/${encodeURIComponent(project)}/locations/${location}`;
}

function hostOf(location: string): string {
  if (location === 'global') return host;
  const isRegion = location.includes('-');
  return `https://${isRegion ? `${location}-aiplatform` : `aiplatform.${location}.rep`}.googleapis.com`;
}

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const account = await checkOf(['calls', 'models'], async () => {
    await googleToken(context, 'serviceAccount');
    return 'Google accepts the service account. Whether it may call models, the first call will show.';
  });
  if ((context.fields.billingTable ?? '') === '') return account;
  const bill = await checkOf(['costs'], async () => {
    await checkExport(context, services);
    return 'The service account may query the billing export.';
  });
  return [...account, ...bill];
}

const publishers = ['google', 'anthropic'] as const;
const mostPages = 20;

/** Google's own models, and Claude; a publisher whose models the project has not opened is left out. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const priceOf = await googlePrices(context, /^Vertex AI$/);
  const found: VendorModel[] = [];
  for (const publisher of publishers)
    found.push(
      ...(await modelsOf(context, publisher).catch((error: unknown) => {
        const isClosed =
          error instanceof AppError && ['INSUFFICIENT_SCOPE', 'BAD_INPUT'].includes(error.code);
        if (isClosed && publisher !== 'google') return [];
        throw error;
      })),
    );
  return found.map((model) => ({ ...model, price: priceOf(model.id) }));
}

async function modelsOf(context: ProviderContext, publisher: string): Promise<readonly VendorModel[]> {
  const found: VendorModel[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null && page < mostPages; page++) {
    const query = { pageSize: 200, pageToken: token || null };
    const url = `${host}/v1beta1/publishers/${publisher}/models`;
    const answer = fieldsOf((await api.get(context, url, { query })).json);
    if (answer.publisherModels !== undefined && !Array.isArray(answer.publisherModels))
      throw api.bad('the list of models is missing');
    for (const { name } of rowsOf(answer.publisherModels)) {
      const id = textOf(name)?.split('/').at(-1);
      if (id !== undefined) found.push(plainModel({ id }));
    }
    token = textOf(answer.nextPageToken);
  }
  return found;
}
