import { join } from 'node:path';
import { app, ipcMain, Menu, safeStorage, session } from 'electron';
import { type Core, createCore } from '../../core/index.ts';
import { appRoot } from '../../platform/app-root.ts';
import { nodeEnvironment } from '../../platform/environment.ts';
import { nodeFollowing } from '../../platform/following.ts';
import { nodePorts } from '../../platform/node-ports.ts';
import { type Commands, createCommands } from './commands.ts';
import { answerCalls } from './ipc.ts';
import type { Wish } from './launch.ts';
import { stopOnQuit, watchQuit } from './lifecycle.ts';
import { createMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { appScheme } from './origin.ts';
import { followPreferences } from './preferences.ts';
import { pageHandler } from './protocol.ts';
import { safeStorageSlot } from './safe-storage.ts';
import { saveExport } from './save-export.ts';
import { hardenSession } from './security.ts';
import { createTray } from './tray.ts';
import { keepTrayCurrent } from './tray-follow.ts';
import { createWindowLink } from './window-link.ts';

export interface Desktop {
  /** Does what a start, a second start, the dock or a link asks for. */
  receive(wish: Wish): void;
}

/**
 * The desktop host: core, window, menu and tray, tied together.
 * @throws AppError of `core.start` (STORE_LOCKED, STORE_NEWER …).
 */
export async function startDesktop(dataDir: string): Promise<Desktop> {
  const root = appRoot();
  const keySlots = [safeStorageSlot({ safeStorage, platform: nodeEnvironment().platform })];
  const ports = nodePorts({ host: 'electron', heavyWork: 'thread', dataDir, keySlots });
  const core = createCore(ports);
  await core.start();
  core.follow(nodeFollowing);
  core.keepInSync();
  stopOnQuit(core.stop);

  hardenSession(session.defaultSession);
  session.defaultSession.protocol.handle(appScheme, pageHandler(join(root.dir, 'out', 'renderer')));

  const { log, environment } = ports;
  const { closeToTray } = await followPreferences(core, environment);
  const isQuitting = watchQuit();
  const link = createWindowLink();
  const main = createMainWindow({ root, link, log, staysInTray: () => closeToTray() && !isQuitting() });
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

  const commands = createCommands(core, main, dataDir);
  showMenuAndTray(core, commands, join(root.dir, 'resources', 'icons'));
  app.on('activate', commands.open);
  return { receive: commands.receive };
}

function showMenuAndTray(core: Core, commands: Commands, iconsDir: string): void {
  const isMac = process.platform === 'darwin';
  const template = menuTemplate({ isMac, isDevelopment: !app.isPackaged, actions: commands });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  const tray = createTray(iconsDir, {
    open: commands.open,
    openActivity: () => commands.goTo('/activity'),
    readLogs: commands.readLogs,
    quit: () => app.quit(),
  });
  keepTrayCurrent(core, tray);
}
