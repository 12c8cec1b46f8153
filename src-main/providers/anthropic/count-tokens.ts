import type { Json } from '../../platform/json.ts';
import type { CallRequest, ProviderContext } from '../../platform/provider.ts';
import { optionsOf } from '../dialects/calls/prompt.ts';
import type { Api } from '../dialects/http.ts';
import { countOf, fieldsOf, parseJson } from '../dialects/json.ts';

/** Of a message's body, what the counter takes. */
const counted = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'] as const;

/** Stops a call after its body was written. */
class Written extends Error {}

/**
 * Tokens of a prompt by Anthropic's own counter, free of charge. The body is the one a call would send: the SDK writes it and is stopped
 * before it is sent.
 */
export async function countTokens(api: Api, request: CallRequest, context: ProviderContext): Promise<number> {
  const body = fieldsOf(parseJson(await bodyOf(request, context)));
  // Parsed from JSON.
  const json = Object.fromEntries(
    counted.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])),
  ) as Readonly<Record<string, Json>>;
  const reply = await api.post(context, '/v1/messages/count_tokens', { json });
  const count = countOf(fieldsOf(reply.json).input_tokens);
  if (count === null) throw api.bad('input_tokens is no number');
  return count;
}

async function bodyOf(request: CallRequest, context: ProviderContext): Promise<string> {
  const { createAnthropic } = await import('@ai-sdk/anthropic');
  let body = '';
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    body = String(init?.body);
    throw new Written();
  };
  const model = createAnthropic({ apiKey: 'none', baseURL: context.baseUrl, fetch })(request.model);
  try {
    await model.doGenerate(optionsOf(request, 'anthropic', context.signal));
  } catch (error) {
    if (!(error instanceof Written)) throw error;
  }
  return body;
}
