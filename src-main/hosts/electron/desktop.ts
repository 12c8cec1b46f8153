import { join } from 'node:path';
import { app, ipcMain, Menu, session } from 'electron';
import { createCore } from '../../core/index.ts';
import { appRoot } from '../../platform/app-root.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import { routeOfLink } from './deep-link.ts';
import { showFolder } from './external.ts';
import { answerCalls } from './ipc.ts';
import type { Launch } from './launch.ts';
import { createMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { chooseFiles } from './open-dialog.ts';
import { appScheme } from './origin.ts';
import { followPreferences } from './preferences.ts';
import { pageHandler } from './protocol.ts';
import { saveExport } from './save-export.ts';
import { hardenSession } from './security.ts';
import { createTray } from './tray.ts';
import { keepTrayCurrent } from './tray-follow.ts';
import { createWindowLink } from './window-link.ts';

export type Wish = Pick<Launch, 'files' | 'link'> & Partial<Pick<Launch, 'isHidden'>>;

export interface Desktop {
  /** Does what a start, a second start, the dock or a link asks for. */
  receive(wish: Wish): void;
}

/**
 * The desktop host: core, window, tray and menu, tied together.
 * @throws AppError of `core.start` (STORE_LOCKED, STORE_NEWER …).
 */
export async function startDesktop(dataDir: string): Promise<Desktop> {
  const root = appRoot();
  const ports = nodePorts({ host: 'electron', heavyWork: 'thread', dataDir });
  const { log } = ports;
  const core = createCore(ports);
  await core.start();
  stopOnQuit(core.stop);

  hardenSession(session.defaultSession);
  session.defaultSession.protocol.handle(appScheme, pageHandler(join(root.dir, 'out', 'renderer')));

  const preferences = await followPreferences(core, ports.environment);
  const isQuitting = followQuit();
  const link = createWindowLink();
  const staysInTray = () => preferences.closeToTray() && !isQuitting();
  const main = createMainWindow({ root, link, log, staysInTray });
  core.events.listen(link.send);

  answerCalls(ipcMain, {
    core,
    log,
    windowContentsId: () => main.current()?.webContents.id ?? null,
    host: {
      'host.ready': async () => {
        const window = main.current();
        if (window) link.ready(window.webContents);
        return { ok: true, data: {} };
      },
      'host.saveExport': ({ exportId }) => saveExport(core, main.show(), exportId),
    },
  });

  const goTo = (to: string) => {
    main.show();
    core.emit({ kind: 'navigate', to });
  };
  const request = (paths: readonly string[]) => {
    main.show();
    if (paths.length > 0) core.emit({ kind: 'import.requested', paths });
  };
  const readLogs = () => void core.call('scan.run', {}, { trusted: true, label: 'menu' });
  const importFiles = async () => request(await chooseFiles(main.show()));
  const showDataFolder = () => void showFolder(dataDir);

  const actions = { goTo, readLogs, showDataFolder, importFiles: () => void importFiles() };
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ isMac, isDevelopment: !app.isPackaged, actions })),
  );
  const tray = createTray(join(root.dir, 'resources', 'icons'), {
    open: () => main.show(),
    openActivity: () => goTo('/activity'),
    readLogs,
    quit: () => app.quit(),
  });
  keepTrayCurrent(core, tray);
  app.on('activate', () => main.show());

  return {
    receive: ({ files, link: address, isHidden }) => {
      const route = address === null ? null : routeOfLink(address);
      if (route !== null) goTo(route);
      else if (!isHidden || files.length > 0) request(files);
    },
  };
}

/** True from the moment the app was told to quit: closing the window then ends it. */
function followQuit(): () => boolean {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return () => isQuitting;
}

/** The core stops before the process ends: nothing is left half-written, and the data folder is let go. */
function stopOnQuit(stop: () => Promise<void>): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}
