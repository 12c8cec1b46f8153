import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { callChannel } from '../../../src-preload/contract/channels.ts';
import { type HostRoutes, hostRoutes } from '../../../src-preload/contract/host.ts';
import type { RouteInput, RouteName } from '../../../src-preload/contract/index.ts';
import type { Failure, Result } from '../../../src-preload/contract/result.ts';
import type { Core } from '../../core/index.ts';
import type { Log } from '../../platform/ports.ts';
import { isTrustedSender } from './sender.ts';

/** The host's own answers, one per host route. */
export type HostHandlers = {
  readonly [R in keyof HostRoutes]: (
    input: HostRoutes[R]['input']['_zod']['output'],
  ) => Promise<Result<HostRoutes[R]['output']['_zod']['output']>>;
};

export interface CallGate {
  readonly core: Pick<Core, 'call'>;
  readonly host: HostHandlers;
  readonly log: Log;
  /** Id of the window's web contents; null while there is none. */
  windowContentsId(): number | null;
}

/** Answers the one channel. Nothing but an envelope ever goes back, whatever comes in. */
export function answerCalls(ipcMain: Pick<IpcMain, 'handle'>, gate: CallGate): void {
  ipcMain.handle(callChannel, (event, route: unknown, input: unknown) => answer(gate, event, route, input));
}

async function answer(gate: CallGate, event: IpcMainInvokeEvent, route: unknown, input: unknown) {
  const trusted = isTrustedSender({
    frame: event.senderFrame,
    contentsId: event.sender.id,
    windowContentsId: gate.windowContentsId(),
  });
  if (!trusted) {
    gate.log.warn('a call from a frame that is not the window was refused', { url: event.senderFrame?.url });
    return failure('FORBIDDEN', 'This frame may not use LLMLab.');
  }
  if (typeof route !== 'string') return failure('BAD_INPUT', 'A call names its route.');
  if (isHostRoute(route)) return answerAsHost(gate, route, input);
  // The core parses the input and answers NOT_FOUND for a route it does not have.
  const call = [route as RouteName, input as RouteInput<RouteName>] as const;
  return gate.core.call(...call, { trusted, label: 'window' });
}

async function answerAsHost(
  gate: CallGate,
  route: keyof HostRoutes,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = hostRoutes[route].input.safeParse(input);
  if (!parsed.success) return failure('BAD_INPUT', `${route}: the input is not what it takes.`);
  try {
    // Parsed by the schema of this very route; here the route is a variable, so its parameter cannot be narrowed.
    const handle = gate.host[route] as (input: unknown) => Promise<Result<unknown>>;
    return await handle(parsed.data);
  } catch (error) {
    gate.log.error('host call failed', { route, error });
    return failure(
      'INTERNAL',
      'Something went wrong inside LLMLab. The log in the data folder has the details.',
    );
  }
}

const isHostRoute = (route: string): route is keyof HostRoutes => Object.hasOwn(hostRoutes, route);

export function failure(code: Failure['error']['code'], message: string): Failure {
  return { ok: false, error: { code, message } };
}
