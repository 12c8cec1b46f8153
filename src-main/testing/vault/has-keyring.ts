import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs = ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-send', 'secret-tool'];

/** Whether a real keyring can be started here to test with; `npm test` installs one where it may. */
export function hasKeyring(): boolean {
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return (
    process.platform === 'linux' && programs.every((name) => dirs.some((dir) => existsSync(join(dir, name))))
  );
}
