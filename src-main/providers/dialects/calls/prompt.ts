import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider';
import type { CallRequest, Message, MessagePart } from '../../../platform/provider.ts';

type Options = LanguageModelV4CallOptions;

/** Our request in the SDK's words. `optionsName` is the key under which the SDK's package looks for what only its vendor knows. */
export function optionsOf(request: CallRequest, optionsName: string, abortSignal: AbortSignal): Options {
  const { temperature, topP, maxOutputTokens, stop, seed, tools, toolChoice, parameters } = request;
  return {
    prompt: request.messages.map(messageOf),
    abortSignal,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(stop === undefined ? {} : { stopSequences: [...stop] }),
    ...(seed === undefined ? {} : { seed }),
    ...(tools === undefined ? {} : { tools: tools.map(toolOf) }),
    ...(toolChoice === undefined ? {} : { toolChoice: { type: toolChoice } }),
    ...formatOf(request),
    // Checked against the provider's schema before; JSON all of it.
    ...(parameters === undefined
      ? {}
      : { providerOptions: { [optionsName]: parameters } as Options['providerOptions'] & {} }),
  };
}

function formatOf({ output }: CallRequest): Pick<Options, 'responseFormat'> {
  if (output === undefined) return {};
  if (output === 'json') return { responseFormat: { type: 'json' } };
  // A JSON Schema is JSON; the SDK's type of it is narrower than what vendors take.
  return { responseFormat: { type: 'json', name: 'reply', schema: output.schema as never } };
}

function toolOf({ name, description, input }: NonNullable<CallRequest['tools']>[number]) {
  // As above: a JSON Schema.
  return { type: 'function', name, description, inputSchema: input as never } as const;
}

function messageOf({ role, content }: Message): LanguageModelV4Message {
  const parts: readonly MessagePart[] =
    typeof content === 'string' ? [{ kind: 'text', text: content }] : content;
  switch (role) {
    case 'system':
      return { role, content: textIn(parts) };
    case 'user':
      return { role, content: parts.flatMap(userPart) };
    case 'assistant':
      return { role, content: parts.flatMap(assistantPart) };
    case 'tool':
      return { role, content: parts.flatMap(toolPart) };
  }
}

function textIn(parts: readonly MessagePart[]): string {
  return parts.flatMap((part) => (part.kind === 'text' ? part.text : [])).join('\n');
}

function userPart(part: MessagePart) {
  if (part.kind === 'text') return { type: 'text', text: part.text } as const;
  if (part.kind !== 'image') return [];
  const { mediaType, data } = part;
  return { type: 'file', mediaType, data: { type: 'data', data } } as const;
}

function assistantPart(part: MessagePart) {
  if (part.kind === 'text') return { type: 'text', text: part.text } as const;
  if (part.kind !== 'tool-call') return [];
  return { type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.input } as const;
}

function toolPart(part: MessagePart) {
  if (part.kind !== 'tool-result') return [];
  const { id, name, output } = part;
  // JSON on both sides.
  const result = { type: 'json', value: output as never } as const;
  return { type: 'tool-result', toolCallId: id, toolName: name, output: result } as const;
}
