import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { answerAsks } from './link.ts';
import type { Ask, FrameFacts } from './messages.ts';
import { safeStorage } from './safe-storage.ts';
import { protocol, serve, session } from './session.ts';
import { dialog, Menu, nativeImage, nativeTheme, screen, shell, Tray } from './shell.ts';
import { BrowserWindow } from './window.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  /** Of the same name as in Electron, so that a test can call a handler as a frame it makes up. */
  readonly _invokeHandlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this._invokeHandlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    this._invokeHandlers.set(channel, handler);
  }
}

const ipcMain = new IpcMain();
const electron = {
  ...{ app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, nativeTheme },
  ...{ protocol, safeStorage, screen, session, shell, Tray },
};

answerAsks((ask: Ask) => {
  switch (ask.kind) {
    case 'invoke':
      return invoke(ask);
    case 'request':
      return serve(ask.url, ask.method);
    case 'navigate':
      return windowOf(ask.windowId)?.mayNavigate(ask.url) ?? false;
    case 'open-window':
      return windowOf(ask.windowId)?.webContents.openHandler?.({ url: ask.url }).action;
    case 'loaded':
      return windowOf(ask.windowId)?.loaded();
    case 'evaluate':
      // A test's own function, as Playwright's evaluate on the real thing takes it.
      return new Function('electron', 'arg', `return (${ask.source})(electron, arg)`)(electron, ask.arg);
  }
});

async function invoke({
  channel,
  args,
  frame,
  windowId,
}: Extract<Ask, { kind: 'invoke' }>): Promise<unknown> {
  const handler = ipcMain._invokeHandlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const event = { type: 'frame', sender: { id: windowId }, senderFrame: frame && senderFrame(frame) };
  return structuredClone(await handler(event, ...args));
}

function senderFrame({ url, origin, isSubframe = false, detached = false, isDestroyed = false }: FrameFacts) {
  return { url, origin, detached, parent: isSubframe ? {} : null, isDestroyed: () => isDestroyed };
}

const windowOf = (id: number) =>
  BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === id);

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};
export default electron;
