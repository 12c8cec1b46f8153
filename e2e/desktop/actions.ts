import type { Menu } from 'electron';
import type { Result } from '../../src-preload/contract/result.ts';
import type { FrameFacts } from '../electron-stand-in/messages.ts';
import type { DesktopApp } from './desktop-app.ts';

/** What a test does to a desktop app from outside its page. Every function given to `evaluate` stands alone. */

interface Watched {
  tip: string;
  menu: Menu | null;
  opened: string[];
}

/** Starts to follow what the tray shows and what is handed to the system, from the next change on. */
export function watchSystem(app: DesktopApp): Promise<void> {
  return app.evaluate(({ Tray, shell }, _) => {
    const watched: Watched = { tip: '', menu: null, opened: [] };
    Object.assign(globalThis, { watched });
    Tray.prototype.setToolTip = (text) => {
      watched.tip = text;
    };
    Tray.prototype.setContextMenu = (menu) => {
      watched.menu = menu;
    };
    shell.openExternal = async (url) => {
      watched.opened.push(url);
    };
  }, null);
}

type WatchedGlobal = typeof globalThis & { watched: Watched };

export function trayTip(app: DesktopApp): Promise<string> {
  return app.evaluate((_, __) => (globalThis as WatchedGlobal).watched.tip, null);
}

export function openedOutside(app: DesktopApp): Promise<readonly string[]> {
  return app.evaluate((_, __) => (globalThis as WatchedGlobal).watched.opened, null);
}

export function trayLabels(app: DesktopApp): Promise<readonly string[]> {
  return app.evaluate((_, __) => {
    const { menu } = (globalThis as WatchedGlobal).watched;
    return menu ? menu.items.map(({ label }) => label).filter(Boolean) : [];
  }, null);
}

export function clickTray(app: DesktopApp, label: string): Promise<void> {
  return app.evaluate((_, wanted) => {
    const item = (globalThis as WatchedGlobal).watched.menu?.items.find(({ label }) => label === wanted);
    if (!item) throw new Error(`no tray item ${wanted}`);
    item.click();
  }, label);
}

export function clickMenu(app: DesktopApp, label: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      (menu?.items ?? []).flatMap((item) => [item, ...all(item.submenu)]);
    const item = all(Menu.getApplicationMenu()).find((candidate) => candidate.label === wanted);
    if (!item) throw new Error(`no menu item ${wanted}`);
    item.click();
  }, label);
}

/** Answers the next Open dialogs with these files. */
export function answerOpen(app: DesktopApp, paths: readonly string[]): Promise<void> {
  return app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

/** Answers the next Save dialogs with this file, or by closing them. */
export function answerSave(app: DesktopApp, filePath: string | null): Promise<void> {
  return app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, filePath);
}

export function isVisible(app: DesktopApp): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }, _) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false, null);
}

export function closeWindow(app: DesktopApp): Promise<void> {
  return app.evaluate(({ BrowserWindow }, _) => BrowserWindow.getAllWindows()[0]?.close(), null);
}

/** Quits as the menu does; what runs after the answer may take the process along. */
export function quit(app: DesktopApp): Promise<void> {
  return app.evaluate(({ app: electronApp }, _) => void setImmediate(() => electronApp.quit()), null);
}

/** Calls the app's one channel as a frame that is made up: what a hostile page would have to look like. */
export function callAs(
  app: DesktopApp,
  from: FrameFacts | null,
  route: string,
  input: unknown,
): Promise<Result<unknown>> {
  return app.evaluate(
    async ({ ipcMain, BrowserWindow }, { from, route, input }) => {
      type Handler = (event: unknown, ...args: unknown[]) => Promise<Result<unknown>>;
      // Not part of Electron's public interface; there is no other way to be a frame that does not exist.
      const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> };
      const handler = handlers.get('llmlab:call');
      if (!handler) throw new Error('nobody answers the channel');
      const senderFrame = from && {
        ...{ url: from.url, origin: from.origin, detached: from.detached ?? false },
        parent: from.isSubframe ? {} : null,
        isDestroyed: () => from.isDestroyed ?? false,
      };
      const id = from?.contentsId ?? BrowserWindow.getAllWindows()[0]?.webContents.id;
      return handler({ type: 'frame', sender: { id }, senderFrame }, route, input);
    },
    { from, route, input },
  );
}
