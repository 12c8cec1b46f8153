import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf } from './dialects/json.ts';
import { kindOf, modelRows, plainModel } from './dialects/models.ts';
import { optionalBearer } from './dialects/optional-key.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'LM Studio', headers: optionalBearer('apiKey') });

const calls = compatibleCalls({
  label: 'LM Studio',
  headers: optionalBearer('apiKey'),
  base: ({ baseUrl }) => `${baseUrl.replace(/\/v1$/, '')}/v1`,
});

/** LM Studio's local server (lmstudio.ai/docs, 2026): free of charge. */
export const lmstudio = {
  spec: 1,
  id: 'lmstudio',
  label: 'LM Studio',
  vendor: 'lmstudio',
  kind: 'local',
  docUrl: 'https://lmstudio.ai/docs/developer',
  keyUrl: null,
  dialect: 'openai-chat',
  accountKind: 'local',
  baseUrl: 'http://localhost:1234',
  hasOwnBase: true,
  hosts: [],
  fields: [
    apiKeyField({
      required: false,
      help: 'Only where the server was told to ask for one. Start the server in LM Studio > Developer.',
      env: ['LM_API_TOKEN'],
    }),
  ],
  missing: [
    {
      capability: 'costs',
      why: 'The models run on your own machine.',
      instead: 'Calls made here are counted, at no cost.',
    },
    { capability: 'balance', why: 'There is nothing to pay.', instead: 'Nothing needs to be done.' },
  ],
  validate,
  models,
  parameters: compatibleParameters,
  ...calls,
} as const satisfies Provider;

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  return checkOf(['calls', 'models'], async () => {
    const { length } = await models(context);
    return `LM Studio answers and has ${length} ${length === 1 ? 'model' : 'models'}.`;
  });
}

const kinds: Readonly<Record<string, VendorModel['kind']>> = {
  llm: 'chat',
  vlm: 'chat',
  embeddings: 'embedding',
};

/** Its own list tells the context length; servers that lack it have OpenAI's. */
async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const own = await api.get(context, '/api/v0/models').catch((error: unknown) => {
    if (error instanceof AppError && error.data?.status === 404) return api.get(context, '/v1/models');
    throw error;
  });
  return modelRows(api, own.json).map(({ id, type, max_context_length }) =>
    plainModel({
      id,
      kind: kinds[String(type)] ?? kindOf(id),
      contextTokens: countOf(max_context_length),
      price: { input: '0', output: '0' },
    }),
  );
}
