import type { CallRequest, Provider, ProviderContext } from '../../../platform/provider.ts';
import { requireSecret } from '../credentials.ts';
import { anthropicWire } from './anthropic-usage.ts';
import { withoutStreamOptions } from './ask-again.ts';
import { bedrockWire } from './bedrock-usage.ts';
import { cohereWire } from './cohere-usage.ts';
import { googleWire } from './google-usage.ts';
import { openAiWire } from './openai-usage.ts';
import { type SdkCalls, sdkCalls } from './sdk-calls.ts';

type Calls = Required<Pick<Provider, 'complete' | 'stream'>>;

/** What calls of a vendor need besides its wire: a name for the user, where the key is, what a reply says it cost. */
export interface CallsOf extends Pick<SdkCalls, 'label' | 'costOf'> {
  /** The field the key is in; `apiKey` where left out. */
  readonly keyField?: string;
}

const keyOf = (context: ProviderContext, field = 'apiKey'): Promise<string> =>
  requireSecret(context, field, 'API key');

/**
 * OpenAI's own API: `/responses`, which has every model and tells reasoning. It knows neither stop sequences nor a seed, and
 * servers at a base of the user's seldom know it: those calls go to `/chat/completions`.
 */
export function openAiCalls({ ownBase, ...spec }: CallsOf & { readonly ownBase: string }): Calls {
  const by = (path: 'responses' | 'chat') =>
    sdkCalls({
      ...spec,
      optionsName: 'openai',
      wire: openAiWire,
      async open({ context, model, fetch }) {
        const { createOpenAI } = await import('@ai-sdk/openai');
        const { organizationId } = context.fields;
        const openai = createOpenAI({
          ...{ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch },
          ...(organizationId && { organization: organizationId }),
        });
        return openai[path](model);
      },
    });
  const [responses, chat] = [by('responses'), by('chat')];
  const pathOf = ({ stop, seed }: CallRequest, { baseUrl }: ProviderContext): Calls =>
    baseUrl === ownBase && stop === undefined && seed === undefined ? responses : chat;
  return {
    complete: (request, context) => pathOf(request, context).complete(request, context),
    stream: (request, context) => pathOf(request, context).stream(request, context),
  };
}

/** Anthropic's messages. `path` is what comes between the base and `/messages`. */
export function anthropicCalls({ path, ...spec }: CallsOf & { readonly path: string }) {
  return sdkCalls({
    ...spec,
    optionsName: 'anthropic',
    wire: anthropicWire,
    async open({ context, model, fetch }) {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      const apiKey = await keyOf(context, spec.keyField);
      return createAnthropic({ apiKey, baseURL: `${context.baseUrl}${path}`, fetch })(model);
    },
  });
}

export interface GoogleCalls extends CallsOf {
  /** Where `/models/…` hangs, and how to prove who asks; the context's base and `x-goog-api-key` where left out. */
  readonly access?: (context: ProviderContext) => Promise<{
    readonly base: string;
    readonly headers: Readonly<Record<string, string>>;
  }>;
}

/** Gemini's own API, at AI Studio or Vertex AI. */
export function googleCalls(spec: GoogleCalls) {
  return sdkCalls({
    ...spec,
    optionsName: 'google',
    wire: googleWire,
    async open({ context, model, fetch }) {
      const { createGoogle } = await import('@ai-sdk/google');
      if (spec.access === undefined) {
        const apiKey = await keyOf(context, spec.keyField);
        return createGoogle({ apiKey, baseURL: context.baseUrl, fetch })(model);
      }
      const { base, headers } = await spec.access(context);
      // The package wants a key and sends it; whoever proves it otherwise sends none.
      const withoutKey: typeof fetch = (input, init) => {
        const sent = new Headers(init?.headers);
        sent.delete('x-goog-api-key');
        return fetch(input, { ...init, headers: sent });
      };
      return createGoogle({ apiKey: 'none', baseURL: base, headers: { ...headers }, fetch: withoutKey })(
        model,
      );
    },
  });
}

/** Azure's deployments: the `v1` address, or a dated one with the deployment in its path. */
export function azureCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'azure',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createAzure } = await import('@ai-sdk/azure');
      const version = context.fields.apiVersion ?? 'v1';
      const apiKey = await keyOf(context, spec.keyField);
      const isDated = version !== 'v1';
      const baseURL = isDated ? `${context.baseUrl}/openai` : `${context.baseUrl}/openai/v1`;
      const azure = createAzure({
        apiKey,
        baseURL,
        apiVersion: version,
        useDeploymentBasedUrls: isDated,
        fetch,
      });
      return azure.chat(model);
    },
  });
}

export interface BedrockAccess {
  readonly region: string;
  readonly baseURL: string;
  readonly apiKey?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** Bedrock's Converse, by key or signature. */
export function bedrockCalls({
  access,
  ...spec
}: CallsOf & { readonly access: (context: ProviderContext) => Promise<BedrockAccess> }) {
  return sdkCalls({
    ...spec,
    optionsName: 'bedrock',
    wire: bedrockWire,
    async open({ context, model, fetch }) {
      const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
      return createAmazonBedrock({ ...(await access(context)), fetch })(model);
    },
  });
}

export function mistralCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'mistral',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createMistral } = await import('@ai-sdk/mistral');
      return createMistral({ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch })(
        model,
      );
    },
  });
}

export function cohereCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'cohere',
    wire: cohereWire,
    async open({ context, model, fetch }) {
      const { createCohere } = await import('@ai-sdk/cohere');
      return createCohere({ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch })(
        model,
      );
    },
  });
}

export function groqCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'groq',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createGroq } = await import('@ai-sdk/groq');
      return createGroq({ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch })(
        model,
      );
    },
  });
}

export function perplexityCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'perplexity',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createPerplexity } = await import('@ai-sdk/perplexity');
      return createPerplexity({
        apiKey: await keyOf(context, spec.keyField),
        baseURL: context.baseUrl,
        fetch,
      })(model);
    },
  });
}

export function deepSeekCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'deepseek',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createDeepSeek } = await import('@ai-sdk/deepseek');
      return createDeepSeek({ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch })(
        model,
      );
    },
  });
}

export function xaiCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'xai',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createXai } = await import('@ai-sdk/xai');
      return createXai({ apiKey: await keyOf(context, spec.keyField), baseURL: context.baseUrl, fetch })(
        model,
      );
    },
  });
}

export function openRouterCalls(spec: CallsOf) {
  return sdkCalls({
    ...spec,
    optionsName: 'openrouter',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createOpenRouter } = await import('@openrouter/ai-sdk-provider');
      const apiKey = await keyOf(context, spec.keyField);
      return createOpenRouter({ apiKey, baseURL: context.baseUrl, compatibility: 'strict', fetch }).chat(
        model,
      );
    },
  });
}

export interface CompatibleCalls extends Pick<SdkCalls, 'label' | 'costOf'> {
  /** How to prove who asks; nothing is sent where it answers with no header. */
  readonly headers: (context: ProviderContext) => Promise<Readonly<Record<string, string>>>;
  /** Where `/chat/completions` hangs; the context's base where left out. */
  readonly base?: (context: ProviderContext) => string;
}

/** Any server that copies OpenAI's chat completions. */
export function compatibleCalls({ headers, base, ...spec }: CompatibleCalls) {
  return sdkCalls({
    ...spec,
    optionsName: 'compatible',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        name: 'compatible',
        baseURL: base?.(context) ?? context.baseUrl,
        headers: { ...(await headers(context)) },
        includeUsage: true,
        supportsStructuredOutputs: true,
        fetch: withoutStreamOptions(fetch),
      }).chatModel(model);
    },
  });
}
