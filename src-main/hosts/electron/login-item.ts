import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';
import type { Environment } from '../../platform/ports.ts';
import { autostartEntry, autostartPath } from './autostart.ts';

/** Starts LLMLab in the tray when the user logs in, or no longer. A program run from its sources is left alone. */
export function setOpenAtLogin(isOn: boolean, environment: Environment): void {
  if (!app.isPackaged) return;
  if (environment.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isOn, args: ['--hidden'] });
    return;
  }
  const path = autostartPath(environment);
  if (!isOn) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  // An AppImage runs from a folder that is gone when it ends; it names its own file here.
  writeFileSync(path, autostartEntry(environment.env.APPIMAGE ?? process.execPath));
}
