import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { AppRoot } from '../../platform/app-root.ts';
import type { Log } from '../../platform/ports.ts';
import { openWindow, showWindow } from './window.ts';
import type { WindowLink } from './window-link.ts';
import { windowMemory } from './window-memory.ts';

export interface MainWindow {
  /** The window, if there is one. */
  current(): BrowserWindow | null;
  /** Brings it to the front, opening it when there is none. */
  show(): BrowserWindow;
}

export interface MainWindowOptions {
  readonly root: AppRoot;
  readonly link: WindowLink;
  readonly log: Log;
  /** Whether closing the window hides it: the app goes on in the tray. */
  readonly staysInTray: () => boolean;
}

/** The app's one window over time: opened when wanted, forgotten when closed, loaded anew when its page died. */
export function createMainWindow({ root, link, log, staysInTray }: MainWindowOptions): MainWindow {
  const memory = windowMemory();
  let window: BrowserWindow | null = null;

  const open = (): BrowserWindow => {
    const opened = openWindow({
      preload: join(root.dir, 'out', 'preload', 'index.cjs'),
      iconsDir: join(root.dir, 'resources', 'icons'),
      saved: memory.read(),
      save: memory.save,
      staysInTray,
    });
    opened.once('ready-to-show', () => showWindow(opened));
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) link.lost();
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      link.lost();
      log.error('the window’s page ended', { reason });
      if (reason !== 'clean-exit') opened.reload();
    });
    opened.once('closed', () => {
      window = null;
      link.lost();
    });
    window = opened;
    return opened;
  };

  return {
    current: () => window,
    show: () => {
      if (!window) return open();
      showWindow(window);
      return window;
    },
  };
}
