import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appPage } from './origin.ts';
import { restoredState, smallest, type WindowState } from './window-state.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly iconsDir: string;
  readonly saved: unknown;
  readonly save: (state: WindowState) => void;
  /** Asked when the window is about to close: true hides it instead. */
  readonly staysInTray: () => boolean;
}

/** Opens the app's window, hidden until it has something to show. The only place that makes one. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { bounds, isMaximized } = restoredState(
    options.saved,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'LLMLab',
    icon: join(options.iconsDir, 'icon.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101214' : '#fafafa',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      spellcheck: false,
    },
  });
  if (isMaximized) window.maximize();
  window.on('close', (event) => {
    options.save({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    if (!options.staysInTray()) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL(appPage);
  return window;
}

/** Brings the window to the front, from the tray or the taskbar as well. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
