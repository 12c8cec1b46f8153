import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  importFiles(): void;
  readLogs(): void;
  /** A hash route of the window, such as `/sources`. */
  goTo(route: string): void;
  showDataFolder(): void;
}

export interface MenuOptions {
  readonly isMac: boolean;
  /** Adds the developer tools: not in the packaged app. */
  readonly isDevelopment: boolean;
  readonly actions: MenuActions;
}

/** The application menu, in the order and with the roles each system expects. */
export function menuTemplate({ isMac, isDevelopment, actions }: MenuOptions): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = {
    label: isMac ? 'Settings…' : 'Settings',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.goTo('/settings'),
  };
  return [
    ...(isMac ? [appMenu(settings)] : []),
    fileMenu(actions, isMac ? [] : [{ type: 'separator' }, settings]),
    { role: 'editMenu' },
    viewMenu(actions, isDevelopment),
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show data folder', click: actions.showDataFolder }] },
  ];
}

function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const separator = { type: 'separator' } as const;
  const hiding = [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }] as const;
  return {
    label: 'LLMLab',
    submenu: [{ role: 'about' }, separator, settings, separator, ...hiding, separator, { role: 'quit' }],
  };
}

function fileMenu(actions: MenuActions, settings: MenuItemConstructorOptions[]): MenuItemConstructorOptions {
  return {
    label: 'File',
    submenu: [
      { label: 'Import files…', accelerator: 'CmdOrCtrl+O', click: actions.importFiles },
      { label: 'Read logs now', accelerator: 'CmdOrCtrl+Shift+R', click: actions.readLogs },
      ...settings,
      { type: 'separator' },
      { role: 'close' },
      ...(settings.length > 0 ? [{ role: 'quit' } as const] : []),
    ],
  };
}

const pages = [
  ['Overview', '/'],
  ['Activity', '/activity'],
  ['Imports', '/imports'],
  ['Sources', '/sources'],
] as const;

function viewMenu(actions: MenuActions, isDevelopment: boolean): MenuItemConstructorOptions {
  return {
    label: 'View',
    submenu: [
      ...pages.map(([label, route], at) => ({
        label,
        accelerator: `CmdOrCtrl+${at + 1}`,
        click: () => actions.goTo(route),
      })),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(isDevelopment ? ([{ type: 'separator' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  };
}
