import { AppError } from '../../platform/error.ts';
import type { CallRequest } from '../../platform/provider.ts';
import { noTokens, type Tokens } from '../../platform/record.ts';

/** Bytes of English text per token in the tokenisers of today's vendors, near enough to plan with. */
const bytesPerToken = 4;
/** Past this many bytes per token, in running text or code, a prompt cannot fit: refusing takes certainty. */
const mostBytesPerToken = 16;
/** What vendors count for an image is between about 85 and 1,600. */
const tokensPerImage = 1_000;

function bytesOf(request: CallRequest): { readonly text: number; readonly images: number } {
  let text = JSON.stringify(request.tools ?? '').length;
  let images = 0;
  for (const { content } of request.messages) {
    if (typeof content === 'string') text += Buffer.byteLength(content);
    else
      for (const part of content) {
        if (part.kind === 'image') images++;
        else if (part.kind === 'text') text += Buffer.byteLength(part.text);
        else text += Buffer.byteLength(JSON.stringify(part));
      }
  }
  return { text, images };
}

/** About how many tokens a prompt has: for queues and for calls whose usage was never told. */
export function estimatePrompt(request: CallRequest): number {
  const { text, images } = bytesOf(request);
  return Math.ceil(text / bytesPerToken) + images * tokensPerImage + request.messages.length * 4;
}

/** Usage of a call the vendor told nothing about, from its texts. An estimate, and marked as one where it is recorded. */
export function estimateUsage(request: CallRequest, written: string): Tokens {
  return {
    ...noTokens,
    input: estimatePrompt(request),
    output: Math.ceil(Buffer.byteLength(written) / bytesPerToken),
  };
}

export interface Context {
  /** Null where it is not known. */
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
}

/**
 * Refuses a prompt that cannot fit before it is sent, with CONTEXT_TOO_LONG. Where it may or may not, the vendor's own
 * counter decides (`count`, if it has one); without one the call is made and the vendor has the last word.
 */
export async function checkContext(
  request: CallRequest,
  { contextTokens, maxOutputTokens }: Context,
  count: (() => Promise<number>) | null,
): Promise<void> {
  const wanted = request.maxOutputTokens;
  if (maxOutputTokens !== null && wanted !== undefined && wanted > maxOutputTokens)
    throw new AppError(
      'CONTEXT_TOO_LONG',
      `${request.model} writes at most ${maxOutputTokens} tokens; ${wanted} were asked for. Nothing was sent.`,
      { data: { maxOutputTokens } },
    );
  if (contextTokens === null) return;
  const { text } = bytesOf(request);
  const atLeast = Math.floor(text / mostBytesPerToken);
  const about = estimatePrompt(request);
  const room = contextTokens - (wanted ?? 0);
  if (atLeast > room) throw tooLong(request.model, `at least ${atLeast}`, contextTokens);
  if (about <= room / 2 || count === null) return;
  const exact = await count();
  if (exact > room) throw tooLong(request.model, String(exact), contextTokens);
}

function tooLong(model: string, tokens: string, contextTokens: number): AppError {
  return new AppError(
    'CONTEXT_TOO_LONG',
    `The prompt is ${tokens} tokens long, and ${model} holds ${contextTokens} with its reply. Nothing was sent; shorten it or choose a model with a larger context.`,
    { data: { contextTokens } },
  );
}
