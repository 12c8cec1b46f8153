import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import type { Served } from './messages.ts';

type Handle = (request: Request) => Promise<Response>;
type BeforeRequest = (details: { url: string }, reply: (verdict: { cancel?: boolean }) => void) => void;

const privileged = new Set<string>();
const handlers = new Map<string, Handle>();
let beforeRequest: BeforeRequest = (_details, reply) => reply({});
const guards = new Set<string>();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly { scheme: string }[]) => {
    if (app.isReady)
      throw new Error('protocol.registerSchemesAsPrivileged must be called before the app is ready');
    for (const { scheme } of schemes) privileged.add(scheme);
  },
};

class Session extends EventEmitter {
  readonly protocol = {
    handle: (scheme: string, handle: Handle) => {
      if (!privileged.has(scheme)) throw new Error(`${scheme} was not registered before the app was ready`);
      handlers.set(scheme, handle);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      beforeRequest = listener;
    },
  };
  setPermissionRequestHandler = () => guards.add('request');
  setPermissionCheckHandler = () => guards.add('check');
  setDevicePermissionHandler = () => guards.add('device');
}

export const session = { defaultSession: new Session() };

/** Electron grants what nobody answers for: a window without all three handlers is refused here. */
export function requireGuards(): void {
  if (guards.size < 3 || !app.isSandboxed)
    throw new Error('a window was opened before the session was hardened');
}

/** Answers a page's request as the session would; null when it is cancelled. */
export async function serve(url: string, method: string): Promise<Served | null> {
  const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) => beforeRequest({ url }, resolve));
  const handle = handlers.get(new URL(url).protocol.slice(0, -1));
  if (cancel || !handle) return null;
  const response = await handle(new Request(url, { method }));
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}
