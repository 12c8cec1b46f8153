import { AppError } from '../../platform/error.ts';
import type { Clock } from '../../platform/ports.ts';
import type { CallReply, CallRequest, CallUsage, RateLimits } from '../../platform/provider.ts';
import type { Live } from '../vendors/vendors.ts';
import type { MadeCall } from './record.ts';

/** What was heard of a call until it ended, however it ended. */
export interface Heard {
  text: string;
  reasoning: string;
  finish: string;
  /** As the vendor names it; null where it never said. */
  model: string | null;
  vendorCallId: string | null;
  usage: CallUsage | null;
  limits: RateLimits | null;
  status: MadeCall['status'];
  /** Why it ended early; null where it did not. */
  error: AppError | null;
  /** When the first text came, UTC ms. */
  firstAt: number | null;
}

export interface Listener {
  /** Told each part of the text; without it the reply is asked for as a whole. */
  readonly text: ((part: string) => void) | undefined;
  readonly clock: Clock;
}

/**
 * Makes the call and listens to its end. A call that ended early after something of it was heard, or that was cancelled
 * once it was sent, is told as such rather than thrown: it has cost something.
 */
export async function listen(live: Live, request: CallRequest, listener: Listener): Promise<Heard> {
  const heard: Heard = {
    text: '',
    reasoning: '',
    finish: 'other',
    model: null,
    vendorCallId: null,
    usage: null,
    limits: null,
    status: 'ok',
    error: null,
    firstAt: null,
  };
  try {
    const streams = listener.text !== undefined && live.provider.stream !== undefined;
    take(heard, await (streams ? listenToStream : askAtOnce)(live, request, listener, heard), listener);
  } catch (error) {
    const ended = endOf(error, heard);
    if (ended === null) throw error;
    Object.assign(heard, ended);
  }
  return heard;
}

async function askAtOnce(
  { provider, context }: Live,
  request: CallRequest,
  { text }: Listener,
): Promise<CallReply> {
  if (provider.complete === undefined)
    throw new AppError('UNSUPPORTED', `${provider.label} cannot be called through LLMLab.`);
  const reply = await provider.complete(request, context);
  text?.(reply.text);
  return reply;
}

async function listenToStream(
  { provider, context }: Live,
  request: CallRequest,
  { text, clock }: Listener,
  heard: Heard,
): Promise<CallReply> {
  for await (const part of provider.stream?.(request, context) ?? []) {
    if (part.kind === 'end') return part.reply;
    if (part.kind === 'usage') {
      heard.usage = part.usage;
      heard.vendorCallId ??= part.vendorCallId;
      continue;
    }
    heard.firstAt ??= clock.now();
    heard[part.kind] += part.text;
    if (part.kind === 'text') text?.(part.text);
  }
  throw new AppError('NETWORK', `${provider.label} ended its reply without saying that it was whole.`);
}

function take(heard: Heard, reply: CallReply, { clock }: Listener): void {
  heard.firstAt ??= clock.now();
  const { text, reasoning, finish, model, vendorCallId, usage, limits } = reply;
  Object.assign(heard, { text, reasoning, finish, model, vendorCallId, usage, limits });
}

/** How a call that threw ended; null where nothing of it can have cost anything. */
function endOf(error: unknown, heard: Heard): Pick<Heard, 'status' | 'finish' | 'error'> | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'CANCELLED') return { status: 'cancelled', finish: 'cancelled', error };
  const began = heard.text !== '' || heard.reasoning !== '' || heard.usage !== null;
  return began ? { status: 'incomplete', finish: 'error', error } : null;
}
