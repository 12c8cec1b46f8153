import type { CallReply, CallUsage, Provider, ProviderContext } from '../../platform/provider.ts';
import { anthropicWire } from '../dialects/calls/anthropic-usage.ts';
import { compatibleCalls } from '../dialects/calls/packages.ts';
import { sdkCalls } from '../dialects/calls/sdk-calls.ts';
import { headersOf, isAnthropic } from './headers.ts';
import { costOf } from './price.ts';

type Calls = Required<Pick<Provider, 'complete' | 'stream'>>;
type CallsWithCost = Calls & Required<Pick<Provider, 'ownCost'>>;

const label = 'The server';
const openAi = compatibleCalls({ label, headers: headersOf });
const anthropic = sdkCalls({
  label,
  optionsName: 'anthropic',
  wire: anthropicWire,
  async open({ context, model, fetch }) {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const headers = { ...(await headersOf(context)) };
    const withoutKey: typeof fetch = (input, init) => {
      const sent = new Headers(init?.headers);
      // The package wants a key and sends it.
      if (headers['x-api-key'] === undefined) sent.delete('x-api-key');
      return fetch(input, { ...init, headers: sent });
    };
    return createAnthropic({
      apiKey: headers['x-api-key'] ?? 'none',
      baseURL: context.baseUrl,
      headers,
      fetch: withoutKey,
    })(model);
  },
});

const wireOf = (context: ProviderContext): Calls => (isAnthropic(context) ? anthropic : openAi);

/** Calls in either wire, at the cost the user set. */
export const customCalls: CallsWithCost = {
  async complete(request, context) {
    const begun = context.clock.now();
    return priced(await wireOf(context).complete(request, context), begun, context);
  },
  async *stream(request, context) {
    const begun = context.clock.now();
    for await (const part of wireOf(context).stream(request, context)) {
      if (part.kind === 'end') yield { ...part, reply: priced(part.reply, begun, context) };
      else if (part.kind === 'usage') yield { ...part, usage: pricedUsage(part.usage, begun, context) };
      else yield part;
    }
  },
  // How long a call took that told nothing is not how long the machine was at work.
  ownCost: (tokens, { fields }) =>
    fields.priceMode === 'electricity' ? null : costOf(fields, { tokens }, 0),
};

function priced(reply: CallReply, begun: number, context: ProviderContext): CallReply {
  return reply.usage === null ? reply : { ...reply, usage: pricedUsage(reply.usage, begun, context) };
}

function pricedUsage(usage: CallUsage, begun: number, context: ProviderContext): CallUsage {
  const cost = costOf(context.fields, usage, context.clock.now() - begun);
  if (cost === null) return usage;
  // Free by the user's word is a fact; a price or a tariff is an estimate.
  return cost.value === '0' ? { ...usage, cost } : { ...usage, cost, costEvidence: 'estimated' };
}
