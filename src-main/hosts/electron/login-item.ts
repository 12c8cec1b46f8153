import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Environment } from '../../platform/ports.ts';

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
  writeFileSync(path, autostartEntry(environment.env.APPIMAGE ?? process.execPath));
}

/** Where desktops that follow the XDG Autostart specification look. */
export function autostartPath({ home, env }: Pick<Environment, 'home' | 'env'>): string {
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'autostart', 'llmlab.desktop');
}

/** A desktop entry; the program's path is quoted by the rules of its `Exec` key. */
export function autostartEntry(program: string): string {
  const quoted = `"${program.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`;
  const exec = quoted.replaceAll('\\', '\\\\');
  return `[Desktop Entry]\nType=Application\nName=LLMLab\nExec=${exec} --hidden\nTerminal=false\n`;
}
