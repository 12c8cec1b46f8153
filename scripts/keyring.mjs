import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const programs = ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-send', 'secret-tool'];

/** Whether a real keyring can be started here to test with: Linux, with gnome-keyring and D-Bus. */
function hasKeyring() {
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const isThere = (name) => dirs.some((dir) => existsSync(join(dir, name)));
  return process.platform === 'linux' && programs.every(isThere);
}

/** Installs one where that takes no one's password: Debian's packages as root. The test that needs it is skipped elsewhere, and says so. */
export async function ensureKeyring() {
  if (hasKeyring() || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version']).status !== 0) return;
  process.stderr.write('llmlab: installing gnome-keyring with apt\n');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  await run('apt-get', ['update', '-qq'], { env, stdio });
  const packages = ['gnome-keyring', 'libsecret-tools', 'dbus'];
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio });
}
