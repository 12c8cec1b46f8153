import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';

interface Item {
  readonly label?: string;
  readonly role?: string;
  readonly click?: () => void;
  readonly submenu?: readonly Item[];
}

export class MenuItem {
  readonly label: string;
  readonly role: string | undefined;
  readonly submenu: Menu | undefined;
  readonly click: () => void;

  constructor({ label = '', role, click, submenu }: Item) {
    this.label = label;
    this.role = role;
    this.submenu = submenu && Menu.buildFromTemplate(submenu);
    this.click = () => click?.();
  }
}

export class Menu {
  static #application: Menu | null = null;
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly Item[]): Menu {
    return new Menu(template.map((item) => new MenuItem(item)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
}

/** Shows nothing; tests follow it by its methods, as they do with the real one. */
export class Tray extends EventEmitter {
  constructor(icon: { isEmpty(): boolean }) {
    super();
    if (icon.isEmpty()) throw new Error('a tray needs a picture');
  }
  setTitle(_title: string): void {}
  setToolTip(_text: string): void {}
  setContextMenu(_menu: Menu): void {}
  destroy(): void {}
}

export const nativeImage = {
  createFromPath: (path: string) => ({ isEmpty: () => !existsSync(path), setTemplateImage: () => {} }),
};

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };

/** Nobody answers: a test puts its own answers in place. */
export const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showMessageBox: async ({ buttons = [] }: { buttons?: string[] }) => ({ response: buttons.length - 1 }),
  showErrorBox: (title: string, content: string) => process.stderr.write(`${title}: ${content}\n`),
};

export const shell = { openExternal: async (_url: string) => {}, openPath: async (_path: string) => '' };
