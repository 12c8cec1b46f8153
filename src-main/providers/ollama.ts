import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { compatibleCalls } from './dialects/calls/packages.ts';
import { checkOf } from './dialects/check.ts';
import { apiKeyField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, fieldsOf, rowsOf, textOf } from './dialects/json.ts';
import { plainModel } from './dialects/models.ts';
import { optionalBearer } from './dialects/optional-key.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'Ollama', headers: optionalBearer('apiKey') });

const calls = compatibleCalls({
  label: 'Ollama',
  headers: optionalBearer('apiKey'),
  base: ({ baseUrl }) => `${baseUrl.replace(/\/v1$/, '')}/v1`,
});

/** Ollama on this machine or network (ollama/ollama docs/api, 2026-08): free of charge; its cloud takes a key. */
export const ollama = {
  spec: 1,
  id: 'ollama',
  label: 'Ollama',
  vendor: 'ollama',
  kind: 'local',
  docUrl: 'https://docs.ollama.com',
  keyUrl: 'https://ollama.com/settings/keys',
  dialect: 'openai-chat',
  accountKind: 'local',
  baseUrl: 'http://localhost:11434',
  hasOwnBase: true,
  hosts: [],
  fields: [
    apiKeyField({
      required: false,
      help: 'Only for Ollama’s cloud (base https://ollama.com), made at ollama.com > Settings > Keys. A server on your machine needs none.',
      env: ['OLLAMA_API_KEY'],
    }),
  ],
  missing: [
    {
      capability: 'costs',
      why: 'Nothing is billed by the token; Ollama’s cloud is a subscription.',
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
    const { version } = fieldsOf((await api.get(context, '/api/version')).json);
    const listed = (await tags(context)).length;
    return `Ollama ${textOf(version) ?? ''} answers and has ${listed} ${listed === 1 ? 'model' : 'models'}.`.replace(
      '  ',
      ' ',
    );
  });
}

async function tags(context: ProviderContext): Promise<readonly string[]> {
  const { models: list } = fieldsOf((await api.get(context, '/api/tags')).json);
  if (!Array.isArray(list)) throw api.bad('the list of models is missing');
  return rowsOf(list).flatMap((row) => textOf(row.model) ?? textOf(row.name) ?? []);
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const found: VendorModel[] = [];
  for (const id of await tags(context)) found.push(await modelOf(id, context));
  return found;
}

/** The context length is told by model only; a model that cannot be shown is listed without it. */
async function modelOf(id: string, context: ProviderContext): Promise<VendorModel> {
  const shown = await api.post(context, '/api/show', { json: { model: id } }).catch((error: unknown) => {
    if (context.signal.aborted) throw error;
    return { json: null };
  });
  const info = Object.entries(fieldsOf(fieldsOf(shown.json).model_info));
  const length = info.find(([name]) => name.endsWith('.context_length'))?.[1];
  const price = { input: '0', output: '0' };
  return plainModel({ id, contextTokens: countOf(length), price });
}
