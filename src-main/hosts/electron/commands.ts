import type { Core } from '../../core/index.ts';
import { routeOfLink } from './deep-link.ts';
import { showFolder } from './external.ts';
import type { Wish } from './launch.ts';
import type { MainWindow } from './main-window.ts';
import type { MenuActions } from './menu.ts';
import { chooseFiles } from './open-dialog.ts';

/** What menu, tray, dock, links and further starts can ask for. */
export interface Commands extends MenuActions {
  open(): void;
  receive(wish: Wish): void;
}

export function createCommands(
  core: Pick<Core, 'call' | 'emit'>,
  main: MainWindow,
  dataDir: string,
): Commands {
  const goTo = (to: string) => {
    main.show();
    core.emit({ kind: 'navigate', to });
  };
  const importPaths = (paths: readonly string[]) => {
    main.show();
    if (paths.length > 0) core.emit({ kind: 'import.requested', paths });
  };
  return {
    goTo,
    open: () => void main.show(),
    // Its progress and its trouble are jobs like any other: the window shows them.
    readLogs: () => void core.call('scan.run', {}, { trusted: true, label: 'menu' }),
    importFiles: () => void chooseFiles(main.show()).then(importPaths),
    showDataFolder: () => void showFolder(dataDir),
    receive: ({ files, link, isHidden = false }) => {
      const route = link === null ? null : routeOfLink(link);
      if (route !== null) goTo(route);
      else if (!isHidden || files.length > 0) importPaths(files);
    },
  };
}
