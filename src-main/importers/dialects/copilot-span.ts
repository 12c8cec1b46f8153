import type { ImportedRecord } from '../../platform/record.ts';
import { withoutBlanks } from './columns.ts';
import { type FieldReader, type Fields, textOf } from './json-fields.ts';
import { bucketsInside, isEmpty } from './token-buckets.ts';

/** Names the two witnesses of Copilot's spans share: a span is the same call in a file and in the editor's store. */
export const copilotSpanKeys = 'copilot-spans';

/** One finished span, wherever it was written down. */
export interface CopilotSpan {
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** UTC ms of its end. */
  readonly at: number;
  readonly attributes: Fields;
}

/** The operation of a call to a model; spans of agents above it repeat its counts. */
export const modelCall = 'chat';

/** Attributes that are read; none of them holds a prompt or a reply. Builds differ in how they name the cache. */
export const spanNames = {
  operation: ['gen_ai.operation.name'],
  model: ['gen_ai.response.model', 'gen_ai.request.model'],
  session: ['gen_ai.conversation.id', 'copilot_chat.chat_session_id'],
  response: ['gen_ai.response.id'],
  input: ['gen_ai.usage.input_tokens'],
  output: ['gen_ai.usage.output_tokens'],
  cacheRead: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  cacheWrite: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
  ],
  reasoning: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A call to a model, by GitHub Copilot's spans (OpenTelemetry's names for generative AI, 2026); null without tokens. */
export function copilotCall(span: CopilotSpan, provider: string, fields: FieldReader): ImportedRecord | null {
  const { attributes, traceId, spanId } = span;
  const text = (names: readonly string[]) => names.flatMap((name) => textOf(attributes[name]) ?? [])[0];
  const count = (names: readonly string[]) => countOf(attributes, names, fields);
  const tokens = bucketsInside({
    input: count(spanNames.input),
    cacheRead: count(spanNames.cacheRead),
    cacheWrite: count(spanNames.cacheWrite),
    output: count(spanNames.output),
    reasoning: count(spanNames.reasoning),
  });
  if (isEmpty(tokens)) return null;
  const session = text(spanNames.session);
  const response = text(spanNames.response);
  const key = traceId && spanId ? `${traceId}:${spanId}` : response;
  if (key === undefined) fields.refuse('the span has no id');
  return {
    ...(key !== undefined && { key }),
    at: span.at,
    grain: 'instant',
    provider,
    model: text(spanNames.model) ?? null,
    session: session ?? null,
    requests: 1,
    tokens,
    coveredByPlan: true,
    extras: withoutBlanks({ response: response ?? '' }),
  };
}

/** Counts come as numbers or as text, by the exporter. */
function countOf(attributes: Fields, names: readonly string[], fields: FieldReader): number {
  const name = names.find((one) => attributes[one] !== undefined && attributes[one] !== null);
  if (name === undefined) return 0;
  const value = attributes[name];
  const isText = typeof value === 'string' && /^\d{1,15}(?:\.0)?$/.test(value);
  return fields.count(isText ? { [name]: Number(value) } : attributes, name);
}
