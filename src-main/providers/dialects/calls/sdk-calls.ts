import type {
  LanguageModelV4,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { Json } from '../../../platform/json.ts';
import type {
  CallReply,
  CallRequest,
  CallUsage,
  Provider,
  ProviderContext,
  StreamPart,
} from '../../../platform/provider.ts';
import type { Amount } from '../../../platform/record.ts';
import { jsonOf, readBody, secretsOf, sendChecked } from '../http.ts';
import { type Fields, fieldsOf, parseJson } from '../json.ts';
import { limitsOf } from './limits.ts';
import { optionsOf } from './prompt.ts';
import { troubleInStream, troubleOf } from './trouble.ts';
import { hasCounts, joined, nothingSeen, objectOf, type Seen, type Wire } from './wire.ts';

/** What a vendor's package is opened with: it must use this fetch and nothing else to reach the network. */
export interface Opening {
  readonly context: ProviderContext;
  readonly model: string;
  readonly fetch: typeof globalThis.fetch;
}

/** What a reply costs where it says so. */
export interface StatedCost {
  readonly cost: Amount;
  /** Worked out from a price list of the gateway's own. */
  readonly isEstimate?: boolean;
}

export interface SdkCalls {
  /** The vendor's name, as the user knows it. */
  readonly label: string;
  /** Under which name the package takes what only its vendor knows. */
  readonly optionsName: string;
  readonly wire: Wire;
  /** Loads the package and opens the model; called once per call, so that start-up loads nothing. */
  open(opening: Opening): Promise<LanguageModelV4>;
  costOf?(usage: Fields, headers: Headers): StatedCost | null;
}

/**
 * Calls through one of the AI SDK's provider packages. They speak the wire; retries, steps, limits and money stay ours,
 * so the packages' models are used directly and not through `generateText`.
 */
export function sdkCalls(spec: SdkCalls): Required<Pick<Provider, 'complete' | 'stream'>> {
  return {
    async complete(request, context) {
      const line = openLine(spec, context);
      try {
        const model = await spec.open({ context, model: request.model, fetch: line.fetch });
        const options = optionsOf(request, spec.optionsName, context.signal);
        const { content, finishReason } = await model.doGenerate(options);
        return line.reply(contentOf(content), finishReason, line.whole(), request);
      } catch (error) {
        throw troubleOf(spec.label, error, line.where());
      }
    },
    async *stream(request, context) {
      const line = openLine(spec, context);
      try {
        const model = await spec.open({ context, model: request.model, fetch: line.fetch });
        const options = optionsOf(request, spec.optionsName, context.signal);
        const { stream } = await model.doStream({ ...options, includeRawChunks: true });
        if (line.again === null) return yield* partsOf(stream, { spec, line, request });
        await stream.cancel();
        const whole = await spec.open({ context, model: request.model, fetch: line.again });
        const { content, finishReason } = await whole.doGenerate(options);
        yield* partsOfWhole(line.reply(contentOf(content), finishReason, line.whole(), request));
      } catch (error) {
        throw troubleOf(spec.label, error, line.where());
      }
    },
  };
}

interface Written {
  text: string;
  reasoning: string;
  toolCalls: { id: string; name: string; input: Json }[];
}

interface Line {
  readonly fetch: typeof globalThis.fetch;
  /** Answers with the whole reply once more and sends nothing; null where none came: a server may not know streams. */
  readonly again: typeof globalThis.fetch | null;
  /** What the whole reply told; of a stream, its chunks tell. */
  whole(): Seen;
  /** What telling of trouble takes: also what must not be quoted. */
  where(): Parameters<typeof troubleOf>[2];
  usageOf(seen: Seen): CallUsage | null;
  reply(written: Written, finish: LanguageModelV4FinishReason, seen: Seen, request: CallRequest): CallReply;
}

/** One call's way to the vendor: refusals become AppErrors here, and what passes is listened to. */
function openLine({ label, wire, costOf }: SdkCalls, context: ProviderContext): Line {
  let headers = new Headers();
  let whole = nothingSeen;
  let again: Line['again'] = null;
  let secrets: readonly string[] = [];
  const where = () => ({ signal: context.signal, clock: context.clock, secrets });
  const usageOf = ({ usage, tier }: Seen): CallUsage | null => {
    if (usage === null || !hasCounts(usage)) return null;
    const stated = costOf?.(usage, headers) ?? null;
    if (stated === null) return wire.usageOf(usage, tier);
    const costEvidence = stated.isEstimate ? 'estimated' : 'metered';
    return { ...wire.usageOf(usage, tier), cost: stated.cost, costEvidence };
  };
  return {
    async fetch(input, init) {
      secrets = secretsOf(new Headers(init?.headers));
      const response = await sendChecked({ label, context }, input, init ?? {});
      headers = response.headers;
      if (!/json/.test(headers.get('content-type') ?? '')) return response;
      const text = await readBody({ label, context }, response);
      const reply = fieldsOf(jsonOf(label, text));
      // Gateways answer with 200 and the error of the vendor behind them.
      if (objectOf(reply.error) !== null) throw troubleInStream(label, reply.error, where());
      whole = wire.see(reply);
      const answer = () => new Response(text, { status: response.status, headers });
      again = async () => answer();
      return answer();
    },
    get again() {
      return again;
    },
    whole: () => whole,
    where,
    usageOf,
    reply: ({ text, reasoning, toolCalls }, finish, seen, request) => ({
      text,
      reasoning,
      toolCalls,
      finish: finish.unified,
      model: seen.model ?? request.model,
      vendorCallId: seen.id ?? headers.get('x-amzn-requestid'),
      usage: usageOf(seen),
      limits: limitsOf(headers, context.clock.now()),
    }),
  };
}

function lenient(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function contentOf(content: readonly LanguageModelV4Content[]): Written {
  const written: Written = { text: '', reasoning: '', toolCalls: [] };
  for (const part of content) {
    if (part.type === 'text') written.text += part.text;
    else if (part.type === 'reasoning') written.reasoning += part.text;
    else if (part.type === 'tool-call') written.toolCalls.push(toolCallOf(part));
  }
  return written;
}

function toolCallOf(part: {
  toolCallId: string;
  toolName: string;
  input: string;
}): Written['toolCalls'][number] {
  // What a model writes as input is JSON, or else text it meant as such.
  return { id: part.toolCallId, name: part.toolName, input: (lenient(part.input) ?? part.input) as Json };
}

interface Streaming {
  readonly spec: SdkCalls;
  readonly line: Line;
  readonly request: CallRequest;
}

async function* partsOf(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  { spec, line, request }: Streaming,
): AsyncGenerator<StreamPart> {
  const written: Written = { text: '', reasoning: '', toolCalls: [] };
  let seen = nothingSeen;
  let finish: LanguageModelV4FinishReason | null = null;
  for await (const part of stream) {
    switch (part.type) {
      case 'text-delta':
        written.text += part.delta;
        if (part.delta !== '') yield { kind: 'text', text: part.delta };
        break;
      case 'reasoning-delta':
        written.reasoning += part.delta;
        if (part.delta !== '') yield { kind: 'reasoning', text: part.delta };
        break;
      case 'tool-call':
        written.toolCalls.push(toolCallOf(part));
        break;
      case 'raw': {
        const next = spec.wire.see(fieldsOf(part.rawValue));
        seen = joined(seen, next);
        const usage = next.usage === null ? null : line.usageOf(seen);
        if (usage !== null) yield { kind: 'usage', usage, vendorCallId: seen.id };
        break;
      }
      case 'error':
        throw troubleInStream(spec.label, part.error, line.where());
      case 'finish':
        finish = part.finishReason;
        break;
    }
  }
  if (finish === null || isBrokenOff(finish, seen, spec.wire))
    throw new TypeError('terminated: the stream ended before it was finished');
  yield { kind: 'end', reply: line.reply(written, finish, seen, request) };
}

/** A reply that came whole where a stream was asked for. */
function* partsOfWhole(reply: CallReply): Generator<StreamPart> {
  if (reply.reasoning !== '') yield { kind: 'reasoning', text: reply.reasoning };
  if (reply.text !== '') yield { kind: 'text', text: reply.text };
  yield { kind: 'end', reply };
}

/** The packages end a stream that stopped without a word as if it were complete: no reason to finish, and no last usage. */
function isBrokenOff({ unified, raw }: LanguageModelV4FinishReason, { usage }: Seen, wire: Wire): boolean {
  return unified === 'other' && raw === undefined && (usage === null || wire.hasEarlyUsage === true);
}
