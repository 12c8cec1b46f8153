import { aptInstall, onPath } from './apt.mjs';

const programs = ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-send', 'secret-tool'];

/** Installs a real keyring to test with, on Linux. The test that needs it is skipped elsewhere, and says so. */
export async function ensureKeyring() {
  if (process.platform !== 'linux' || programs.every((name) => onPath(name) !== null)) return;
  await aptInstall('gnome-keyring', ['gnome-keyring', 'libsecret-tools', 'dbus']);
}
