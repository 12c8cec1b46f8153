import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { TrayText } from './tray-text.ts';

export interface TrayActions {
  open(): void;
  openActivity(): void;
  readLogs(): void;
  quit(): void;
}

export interface AppTray {
  show(text: TrayText): void;
  remove(): void;
}

/** The icon with today's cash. Left click opens the window; macOS opens the menu instead, as its trays do. */
export function createTray(iconsDir: string, actions: TrayActions): AppTray {
  const isMac = process.platform === 'darwin';
  const icon = nativeImage.createFromPath(join(iconsDir, isMac ? 'trayTemplate.png' : 'tray.png'));
  if (isMac) icon.setTemplateImage(true);
  const tray = new Tray(icon);
  tray.setToolTip('LLMLab');
  if (!isMac) tray.on('click', () => actions.open());
  const show = (text: TrayText | null) => tray.setContextMenu(Menu.buildFromTemplate(items(text, actions)));
  show(null);
  return {
    show: (text) => {
      if (isMac) tray.setTitle(text.title);
      tray.setToolTip(text.tooltip);
      show(text);
    },
    remove: () => tray.destroy(),
  };
}

function items(text: TrayText | null, actions: TrayActions): Electron.MenuItemConstructorOptions[] {
  const figures = text ? [text.today, text.month] : [];
  return [
    ...figures.map((label) => ({ label, click: actions.openActivity })),
    ...(text ? [{ type: 'separator' as const }] : []),
    { label: 'Open LLMLab', click: actions.open },
    { label: 'Read logs now', click: actions.readLogs },
    { type: 'separator' },
    { label: 'Quit LLMLab', click: actions.quit },
  ];
}
