import { join } from 'node:path';
import type { Environment } from '../../platform/ports.ts';

/** Where desktops that follow the XDG Autostart specification look. */
export function autostartPath({ home, env }: Pick<Environment, 'home' | 'env'>): string {
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'autostart', 'llmlab.desktop');
}

/** A desktop entry that starts the program in the tray. Its path is quoted by the rules of the `Exec` key. */
export function autostartEntry(program: string): string {
  const quoted = `"${program.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`;
  // The key is a string value itself: its backslashes are written twice.
  const exec = quoted.replaceAll('\\', '\\\\');
  return `[Desktop Entry]\nType=Application\nName=LLMLab\nExec=${exec} --hidden\nTerminal=false\n`;
}
