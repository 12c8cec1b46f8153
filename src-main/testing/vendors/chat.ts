import type { CallRequest } from '../../platform/provider.ts';

/** The shortest call there is. */
export const hello: CallRequest = { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] };

/** "Hello" in the shape of OpenAI's chat completions: 100 tokens of prompt, 40 of them cached, and 20 written. */
export function chatReply(usage: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: 'm-1-2026',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      prompt_tokens_details: { cached_tokens: 40 },
      ...usage,
    },
  };
}

/** What the ledger keeps of it. */
export const chatTokens = { input: 60, cacheRead: 40, output: 20 };
