import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/error.ts';
import type { Json } from '../../platform/json.ts';
import type {
  CallReply,
  CallRequest,
  CallUsage,
  Message,
  Provider,
  ProviderContext,
  StreamPart,
} from '../../platform/provider.ts';
import { noTokens } from '../../platform/record.ts';
import { readEvents } from './event-stream.ts';
import { type ApiSpec, connectionFailure, openApi, sendChecked } from './http.ts';
import { countOf, type Fields, fieldsOf, listOf, textOf } from './json.ts';

/** Calls as predictions: started, then asked for until they are over, or read as a stream of events (replicate.com/docs, 2026). */
export function predictionCalls(spec: ApiSpec): Required<Pick<Provider, 'complete' | 'stream'>> {
  const { label, headers } = spec;
  const api = openApi(spec);

  async function complete(request: CallRequest, context: ProviderContext): Promise<CallReply> {
    const started = await start(request, context, false);
    return replyOf(await finished(started, context), request);
  }

  async function* stream(request: CallRequest, context: ProviderContext): AsyncGenerator<StreamPart, void> {
    const started = await start(request, context, true);
    const url = textOf(fieldsOf(started.urls).stream);
    let text = '';
    if (url !== null)
      for await (const part of wordsFrom(url, started, context)) {
        text += part;
        yield { kind: 'text', text: part };
      }
    const reply = replyOf(await finished(started, context), request);
    // Not every model streams: then all of it comes at once.
    if (text === '' && reply.text !== '') yield { kind: 'text', text: reply.text };
    if (reply.usage !== null) yield { kind: 'usage', usage: reply.usage, vendorCallId: reply.vendorCallId };
    yield { kind: 'end', reply };
  }

  /** Starts a prediction. Its address is that of an official model, or of a version: `owner/name:version`. */
  async function start(request: CallRequest, context: ProviderContext, isStreamed: boolean): Promise<Fields> {
    const [name = '', version] = request.model.split(':');
    const input = inputOf(request);
    const path = name.split('/').map(encodeURIComponent).join('/');
    const { json } = await api.post(
      context,
      version === undefined ? `/models/${path}/predictions` : '/predictions',
      {
        json: { input, ...(version !== undefined && { version }), ...(isStreamed && { stream: true }) },
        // Replicate then answers when it is done, or after a minute.
        headers: isStreamed ? {} : { prefer: 'wait=55' },
      },
    );
    return fieldsOf(json);
  }

  /** Asks until it is over; one that nobody waits for any longer is stopped, since it is billed by time. */
  async function finished(started: Fields, context: ProviderContext): Promise<Fields> {
    let prediction = started;
    try {
      for (let waitMs = 250; !isOver(prediction); waitMs = Math.min(waitMs * 1.5, 5000)) {
        await pause(waitMs, undefined, { signal: context.signal });
        prediction = fieldsOf((await api.get(context, `/predictions/${idOf(prediction)}`)).json);
      }
    } catch (error) {
      if (context.signal.aborted) await cancel(started, context);
      throw connectionFailure(label, error, context.signal);
    }
    return prediction;
  }

  function idOf(prediction: Fields): string {
    const id = textOf(prediction.id);
    if (id === null) throw api.bad('the prediction has no id');
    return encodeURIComponent(id);
  }

  async function cancel(prediction: Fields, context: ProviderContext): Promise<void> {
    const url = `${context.baseUrl}/predictions/${idOf(prediction)}/cancel`;
    const options = { method: 'POST', headers: await headers(context), signal: AbortSignal.timeout(5000) };
    // What cannot be stopped ends by itself; the user has cancelled either way.
    await context.fetch(url, options).catch(() => undefined);
  }

  function replyOf(prediction: Fields, request: CallRequest): CallReply {
    const { output, error, status } = prediction;
    if (status !== 'succeeded') {
      const said = typeof error === 'string' ? ` It said: "${error.slice(0, 300)}"` : '';
      throw new AppError('BAD_RESPONSE', `The prediction at ${label} ended as ${String(status)}.${said}`);
    }
    const parts = Array.isArray(output) ? listOf(output) : [output];
    return {
      text: parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part ?? ''))).join(''),
      reasoning: '',
      toolCalls: [],
      finish: 'stop',
      model: textOf(prediction.model) ?? request.model,
      vendorCallId: textOf(prediction.id),
      usage: predictionUsage(prediction),
      limits: null,
    };
  }

  async function* wordsFrom(
    url: string,
    started: Fields,
    context: ProviderContext,
  ): AsyncGenerator<string, void> {
    const init = {
      headers: { accept: 'text/event-stream', 'cache-control': 'no-store' },
      signal: context.signal,
    };
    let isDone = false;
    try {
      // The address itself is what lets one read; the token stays with the API.
      const { body } = await sendChecked({ label, context }, url, init);
      for await (const { event, data } of readEvents(body ?? new Blob([]).stream())) {
        if (event === 'output') yield data;
        if (event === 'error')
          throw new AppError('BAD_RESPONSE', `${label} broke off: "${data.slice(0, 300)}"`);
        if (event === 'done') {
          isDone = true;
          return;
        }
      }
    } catch (error) {
      throw connectionFailure(label, error, context.signal);
    } finally {
      if (!isDone) await cancel(started, context);
    }
    throw new AppError('NETWORK', `${label} cut the connection before the end of the reply. Try again.`);
  }

  return { complete, stream };
}

/** Tokens of a prediction, where its model counts them. */
export function predictionUsage(prediction: Fields): CallUsage | null {
  const metrics = fieldsOf(prediction.metrics);
  const [input, output] = [countOf(metrics.input_token_count), countOf(metrics.output_token_count)];
  if (input === null && output === null) return null;
  return { tokens: { ...noTokens, input: input ?? 0, output: output ?? 0 } };
}

/** What its language models take: one prompt. Anything a model calls by another name comes with the parameters. */
function inputOf(request: CallRequest): Readonly<Record<string, Json>> {
  if ((request.tools ?? []).length > 0 || request.output !== undefined)
    throw new AppError(
      'BAD_INPUT',
      'These models take neither tools nor a JSON schema. Leave them out, or use another vendor.',
    );
  const system = request.messages.filter(({ role }) => role === 'system').map(wordsOf);
  const spoken = request.messages.filter(({ role }) => role !== 'system');
  const [only] = spoken;
  const prompt =
    spoken.length === 1 && only !== undefined
      ? wordsOf(only)
      : [...spoken.map((message) => `${message.role}: ${wordsOf(message)}`), 'assistant:'].join('\n\n');
  const image = spoken
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .findLast((part) => part.kind === 'image');
  return {
    prompt,
    ...(system.length > 0 && { system_prompt: system.join('\n\n') }),
    ...(image !== undefined && { image: `data:${image.mediaType};base64,${image.data}` }),
    ...(request.maxOutputTokens !== undefined && { max_tokens: request.maxOutputTokens }),
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(request.topP !== undefined && { top_p: request.topP }),
    ...(request.seed !== undefined && { seed: request.seed }),
    ...(request.stop !== undefined && { stop_sequences: request.stop.join(',') }),
    ...request.parameters,
  };
}

function wordsOf({ content }: Message): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
}

const isOver = ({ status }: Fields): boolean => !/^(?:starting|processing)$/.test(String(status));
