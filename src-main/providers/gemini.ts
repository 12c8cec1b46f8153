import { assertNever } from '../platform/error.ts';
import type { Json } from '../platform/json.ts';
import type {
  CallRequest,
  Check,
  Message,
  Provider,
  ProviderContext,
  VendorModel,
} from '../platform/provider.ts';
import { googleCalls } from './dialects/calls/packages.ts';
import { checkSecret, hasSecret } from './dialects/check.ts';
import { secretHeader } from './dialects/credentials.ts';
import { apiKeyField } from './dialects/fields.ts';
import { callsFreeWhere } from './dialects/free-calls.ts';
import { bigQueryHost, billingFields, billingReport, checkExport } from './dialects/google-billing.ts';
import { googlePrices, googlePricesHost } from './dialects/google-prices.ts';
import { googleTokenHost } from './dialects/google-token.ts';
import { openApi } from './dialects/http.ts';
import { countOf, fieldsOf, listOf, rowsOf, textOf } from './dialects/json.ts';
import { kindOf, plainModel } from './dialects/models.ts';
import { googleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Gemini', headers: secretHeader('x-goog-api-key', 'apiKey', 'API key') });
const services = "service.description IN ('Gemini API', 'Generative Language API')";

const calls = callsFreeWhere(
  ({ fields }) => fields.tier === 'free',
  (costs) => googleCalls({ label: 'Gemini', ...costs }),
);

/** Gemini by a key of AI Studio (ai.google.dev, 2026-10). What was billed is in Google Cloud's billing export only. */
export const gemini = {
  spec: 1,
  id: 'gemini',
  label: 'Google Gemini',
  vendor: 'google',
  kind: 'vendor',
  docUrl: 'https://ai.google.dev/gemini-api/docs',
  keyUrl: 'https://aistudio.google.com/apikey',
  dialect: 'google',
  accountKind: 'api',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  hasOwnBase: false,
  hosts: [googleTokenHost, bigQueryHost, googlePricesHost],
  fields: [
    apiKeyField({
      required: false,
      help: 'Made at aistudio.google.com > Get API key. Both kinds work: AQ.… and restricted AIza….',
      neededFor: ['calls', 'models'],
      env: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    }),
    {
      name: 'tier',
      label: 'Tier of the key',
      kind: 'choice',
      secret: false,
      required: false,
      help: 'Calls on the free tier cost nothing; Google’s replies do not say which it is.',
      choices: [
        { value: 'paid', label: 'Paid: billed' },
        { value: 'free', label: 'Free' },
      ],
      neededFor: ['calls'],
    },
    {
      name: 'serviceAccount',
      label: 'Service account (JSON)',
      kind: 'json',
      secret: true,
      required: false,
      help: 'The JSON key file of a service account that may read the billing export: roles BigQuery Job User, and BigQuery Data Viewer on its dataset.',
      neededFor: ['costs'],
    },
    ...billingFields,
  ],
  missing: [
    {
      capability: 'balance',
      why: 'Google shows prepaid credit in AI Studio only.',
      instead: 'See aistudio.google.com > Spend.',
    },
  ],
  validate,
  models,
  costs: [billingReport({ label: 'Billing export, Gemini API', where: services })],
  countTokens,
  parameters: googleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return [
    ...(await checkSecret(context, { secret: 'apiKey', serves: ['calls', 'models'] }, async () => {
      await api.get(context, '/models', { query: { pageSize: 1 } });
      return 'Gemini accepts the key and lists models. Some keys may list but not call: the first call will show.';
    })),
    ...(await checkSecret(context, { secret: 'serviceAccount', serves: ['costs'] }, async () => {
      await checkExport(context, services);
      return 'The service account may query the billing export.';
    })),
  ];
}

const mostPages = 20;

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  // The key cannot ask for prices; a service account can.
  const priceOf = (await hasSecret(context, 'serviceAccount'))
    ? await googlePrices(context, /^(?:Gemini API|Generative Language API)$/)
    : () => null;
  const found: VendorModel[] = [];
  let token: string | null = '';
  for (let page = 0; token !== null && page < mostPages; page++) {
    const query = { pageSize: 1000, pageToken: token || null };
    const answer = fieldsOf((await api.get(context, '/models', { query })).json);
    if (!Array.isArray(answer.models)) throw api.bad('the list of models is missing');
    for (const row of rowsOf(answer.models)) {
      const id = textOf(row.name)?.replace(/^models\//, '');
      if (id === undefined) continue;
      found.push(
        plainModel({
          id,
          label: textOf(row.displayName),
          kind: kindIn(listOf(row.supportedGenerationMethods), id),
          contextTokens: countOf(row.inputTokenLimit),
          maxOutputTokens: countOf(row.outputTokenLimit),
          price: priceOf(id),
        }),
      );
    }
    token = textOf(answer.nextPageToken);
  }
  return found;
}

function kindIn(methods: readonly unknown[], id: string): VendorModel['kind'] {
  if (methods.some((method) => /embed/i.test(String(method)))) return 'embedding';
  return methods.includes('generateContent') || methods.includes('predict') ? kindOf(id) : 'other';
}

/** Gemini's own counter, which is free. */
async function countTokens(request: CallRequest, context: ProviderContext): Promise<number> {
  const model = `models/${request.model.replace(/^models\//, '')}`;
  const system = request.messages.filter(({ role }) => role === 'system');
  const { json } = await api.post(context, `/${model}:countTokens`, {
    json: {
      generateContentRequest: {
        model,
        contents: request.messages
          .filter(({ role }) => role !== 'system')
          .map(({ role, content }) => ({
            role: role === 'assistant' ? 'model' : 'user',
            parts: partsOf(content),
          })),
        ...(system.length > 0 && {
          systemInstruction: { parts: system.flatMap(({ content }) => partsOf(content)) },
        }),
        ...(request.tools !== undefined && {
          tools: [
            {
              functionDeclarations: request.tools.map(({ name, description, input }) => ({
                name,
                description,
                parametersJsonSchema: input,
              })),
            },
          ],
        }),
      },
    },
  });
  const count = countOf(fieldsOf(json).totalTokens);
  if (count === null) throw api.bad('the number of tokens is missing');
  return count;
}

function partsOf(content: Message['content']): readonly Json[] {
  if (typeof content === 'string') return [{ text: content }];
  return content.map((part) => {
    switch (part.kind) {
      case 'text':
        return { text: part.text };
      case 'image':
        return { inlineData: { mimeType: part.mediaType, data: part.data } };
      case 'tool-call':
        return { functionCall: { name: part.name, args: part.input } };
      case 'tool-result':
        return { functionResponse: { name: part.name, response: { output: part.output } } };
      default:
        return assertNever(part);
    }
  });
}
