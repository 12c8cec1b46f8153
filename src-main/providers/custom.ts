import { AppError } from '../platform/error.ts';
import type { Check, Provider, ProviderContext, VendorModel } from '../platform/provider.ts';
import { customCalls } from './custom/calls.ts';
import { headersOf, isAnthropic } from './custom/headers.ts';
import { priceOf } from './custom/price.ts';
import { checkOf, unknownCheck } from './dialects/check.ts';
import { apiKeyField, secretField, textField } from './dialects/fields.ts';
import { openApi } from './dialects/http.ts';
import { countOf, fieldsOf, textOf } from './dialects/json.ts';
import { listModels, plainModel } from './dialects/models.ts';
import { compatibleParameters } from './dialects/parameters.ts';

const api = openApi({ label: 'The server', headers: headersOf });

/** Any server that speaks OpenAI's or Anthropic's wire: vLLM, llama.cpp, SGLang, a company's gateway. It costs what the user says. */
export const custom = {
  spec: 1,
  id: 'custom',
  label: 'Custom server',
  vendor: 'custom',
  kind: 'local',
  docUrl: 'https://platform.openai.com/docs/api-reference/chat',
  keyUrl: null,
  dialect: 'openai-chat',
  accountKind: 'local',
  baseUrl: null,
  hasOwnBase: true,
  hosts: [],
  fields: [
    {
      name: 'wire',
      label: 'Speaks like',
      kind: 'choice',
      secret: false,
      required: false,
      help: 'OpenAI: the base URL is what stands before /chat/completions. Anthropic: what stands before /messages. Both usually end in /v1.',
      choices: [
        { value: 'openai', label: 'OpenAI (chat completions)' },
        { value: 'anthropic', label: 'Anthropic (messages)' },
      ],
      neededFor: [],
    },
    apiKeyField({ required: false, help: 'Only where the server asks for one.' }),
    textField({
      name: 'headerName',
      label: 'Header name',
      help: 'A further header some gateways want, sent with every request. Its value is kept like a key.',
      neededFor: [],
    }),
    secretField({
      name: 'headerSecret',
      label: 'Header value',
      required: false,
      help: 'Sent in that header.',
    }),
    {
      name: 'priceMode',
      label: 'What it costs',
      kind: 'choice',
      secret: false,
      required: false,
      help: 'Free unless you say otherwise. Electricity counts the power drawn while it answers, at your tariff.',
      choices: [
        { value: 'free', label: 'Nothing' },
        { value: 'token', label: 'A price per token' },
        { value: 'electricity', label: 'Electricity' },
      ],
      neededFor: [],
    },
    ...prices(),
  ],
  missing: [
    {
      capability: 'costs',
      why: 'Servers of this kind keep no bill that could be read.',
      instead: 'Calls made here are counted at the price you set; for other use import a file or logs.',
    },
    {
      capability: 'balance',
      why: 'Servers of this kind have no balance that could be read.',
      instead: 'Set a budget on the account.',
    },
  ],
  parameters: compatibleParameters,
  validate,
  models,
  ...customCalls,
} as const satisfies Provider;

function prices() {
  const number = (mode: string, name: string, label: string, help: string) =>
    ({
      name,
      label,
      kind: 'number',
      secret: false,
      required: false,
      help,
      neededFor: [],
      onlyWhen: { field: 'priceMode', is: mode },
    }) as const;
  const perMillion = 'USD per million tokens.';
  return [
    number('token', 'inputPrice', 'Price of input', perMillion),
    number('token', 'outputPrice', 'Price of output', perMillion),
    number(
      'token',
      'cacheReadPrice',
      'Price of cached input',
      `${perMillion} Left empty, cached input costs as much as other input.`,
    ),
    number('electricity', 'watts', 'Power in watts', 'What the machine draws while it answers.'),
    number('electricity', 'usdPerKwh', 'USD per kWh', 'Your tariff.'),
  ] as const;
}

async function validate(context: ProviderContext): Promise<readonly Check[]> {
  const found = await listed(context, '');
  if (found !== null)
    return checkOf(['calls', 'models'], async () => {
      if (found instanceof AppError) throw found;
      return `The server answers and has ${found.length} ${found.length === 1 ? 'model' : 'models'}.`;
    });
  if (!/\/v1$/.test(context.baseUrl) && Array.isArray(await listed(context, '/v1')))
    return checkOf(['calls', 'models'], async () => {
      throw new AppError(
        'BAD_INPUT',
        `The server answers one step further on: set the base URL to ${context.baseUrl}/v1.`,
      );
    });
  return [
    unknownCheck(
      'calls',
      'Something answers there, without a list of models. Whether it takes calls shows with the first one.',
    ),
    unknownCheck('models', 'The server has no list of models: type the names of its models yourself.'),
  ];
}

/** The models at a path, or the refusal; null where nothing of the kind is there. */
async function listed(
  context: ProviderContext,
  path: string,
): Promise<readonly VendorModel[] | AppError | null> {
  try {
    const rows = await listModels(api, context, `${path}/models`);
    return rows.map((row) => modelOf(row, context));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (['BAD_INPUT', 'BAD_RESPONSE'].includes(error.code)) return null;
    if (['INVALID_KEY', 'INSUFFICIENT_SCOPE', 'OUT_OF_CREDIT'].includes(error.code)) return error;
    throw error;
  }
}

async function models(context: ProviderContext): Promise<readonly VendorModel[]> {
  const rows = await listModels(api, context);
  return rows.map((row) => modelOf(row, context));
}

/** vLLM states how long a prompt may be, llama.cpp in its `meta`, Anthropic's shape by a name of its own. */
function modelOf(
  row: ReturnType<typeof fieldsOf> & { readonly id: string },
  context: ProviderContext,
): VendorModel {
  const length =
    row.max_model_len ?? row.context_length ?? row.max_input_tokens ?? fieldsOf(row.meta).n_ctx_train;
  return plainModel({
    id: row.id,
    label: isAnthropic(context) ? textOf(row.display_name) : textOf(row.name),
    contextTokens: countOf(length) || null,
    price: priceOf(context.fields),
  });
}
