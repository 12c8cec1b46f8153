import type { RouteParsed } from '../../src-preload/contract/index.ts';
import type { Asking } from '../jobs/calls/calls.ts';
import type { Json } from '../platform/json.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

function askingOf(input: RouteParsed<'calls.ask'>, context: HandlerContext): Asking {
  const { model, messages, connectionId, temperature, maxOutputTokens, output, parameters, ref } = input;
  return {
    model,
    messages,
    connectionId,
    ref,
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    // Both came as JSON.
    ...(output === undefined ? {} : { output: output as 'json' | { schema: Json } }),
    ...(parameters === undefined ? {} : { parameters: parameters as Record<string, Json> }),
    ...(ref === undefined ? {} : { text: (text: string) => context.emit({ kind: 'call.text', ref, text }) }),
  };
}

export const callsHandlers: Handlers<Namespace<'calls'>> = {
  'calls.ask': async (input, context) => {
    const asked = await context.calls.ask(askingOf(input, context));
    context.emit({ kind: 'ledger.changed' });
    return asked;
  },
  'calls.cancel': ({ ref }, context) => {
    context.calls.cancel(ref);
    return {};
  },
};
