import type { ProviderContext } from '../../platform/provider.ts';
import { openAiWire } from '../dialects/calls/openai-usage.ts';
import { type SdkCalls, sdkCalls } from '../dialects/calls/sdk-calls.ts';
import { requireSecret } from '../dialects/credentials.ts';

/**
 * Calls go to `/responses`, which has every model and tells reasoning; it knows neither stop sequences nor a seed, so a
 * request with one of them goes to `/chat/completions`.
 */
export function openAiCalls(headersOf: (context: ProviderContext) => Readonly<Record<string, string>>) {
  const spec = (path: 'responses' | 'chat'): SdkCalls => ({
    label: 'OpenAI',
    optionsName: 'openai',
    wire: openAiWire,
    async open({ context, model, fetch }) {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const apiKey = await requireSecret(context, 'apiKey', 'project key');
      const headers = { ...headersOf(context) };
      return createOpenAI({ apiKey, baseURL: context.baseUrl, headers, fetch })[path](model);
    },
  });
  const [responses, chat] = [sdkCalls(spec('responses')), sdkCalls(spec('chat'))];
  const pathOf = ({ stop, seed }: Pick<Parameters<typeof chat.complete>[0], 'stop' | 'seed'>) =>
    stop === undefined && seed === undefined ? responses : chat;
  return {
    complete: (request, context) => pathOf(request).complete(request, context),
    stream: (request, context) => pathOf(request).stream(request, context),
  } satisfies typeof chat;
}
