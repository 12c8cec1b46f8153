import { ipcMain } from 'electron';
import Store from 'electron-store';
import type { WindowState } from './window-state.ts';

export interface WindowMemory {
  read(): unknown;
  save(state: WindowState): void;
}

/** Keeps where the window was, in the desktop's own folder: it is of no use to the other hosts. */
export function windowMemory(): WindowMemory {
  const store = new Store<{ window?: WindowState }>({ name: 'window', clearInvalidConfig: true });
  // The library listens for windows that use it themselves. Ours has one channel, and this is not it.
  ipcMain.removeAllListeners('electron-store-get-data');
  return { read: () => store.get('window'), save: (state) => store.set('window', state) };
}
