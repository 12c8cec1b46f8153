import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { tempDir } from '../../testing/temp-dir.ts';
import { hasKeyring } from '../../testing/vault/has-keyring.ts';
import { busPath, secretServiceState } from './dbus.ts';
import { keyringSlot } from './keyring.ts';

const script = join(import.meta.dirname, '../../testing/vault/keyring-run.ts');
const key = ['fake', 'key', 'for', 'the', 'keyring', '0001'].join('-');

/** Waits for the daemon to own its name: else the bus would start another one, without the password. */
const unlocked = `printf ci-pass | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
for i in $(seq 100); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true && break
  sleep .1
done`;

function inSession(dir: string, prepare: string): Record<string, unknown> {
  const [home, runtime, data] = ['home', 'run', 'data'].map((name) => join(dir, name));
  for (const folder of [home, runtime, data]) mkdirSync(folder ?? dir, { mode: 0o700 });
  const run = spawnSync(
    'dbus-run-session',
    ['--', 'bash', '-c', `${prepare}\nexec "$0" "$@"`, process.execPath, script, data ?? '', key],
    {
      env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime },
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  const answer = run.stdout.split('\n').findLast((line) => line.startsWith('{'));
  if (answer === undefined) throw new Error(`no answer: ${run.stderr}`);
  return JSON.parse(answer) as Record<string, unknown>;
}

const real = hasKeyring() ? 'on a real gnome-keyring' : 'SKIPPED: gnome-keyring or D-Bus is not here';

describe.skipIf(!hasKeyring())(real, () => {
  test('a key is kept, found after a restart and a new data key, and never lies in the keyring itself', () => {
    using dir = tempDir();
    expect(inSession(dir.path, unlocked)).toEqual({
      before: 'keyring',
      saved: false,
      readAfterRestart: true,
      readAfterRotation: true,
      keyInKeyring: false,
      lockedGet: 'VAULT_LOCKED',
      lockedPut: 'VAULT_LOCKED',
      lockedState: true,
      lockedProbe: 'keyring',
      openGet: true,
    });
    expect(readFileSync(join(dir.path, 'data', 'vault.json'), 'utf8')).not.toContain(key);
  }, 90_000);

  test('a session bus without an unlocked collection protects nothing: the key is kept for the session', () => {
    using dir = tempDir();
    expect(inSession(dir.path, 'true')).toEqual({ before: 'session', saved: true });
  }, 90_000);
});

describe('without a keyring', () => {
  const slotWith = (env: Record<string, string>) =>
    keyringSlot({ dataDir: '/nowhere', environment: { platform: 'linux', env } });

  test('no session bus is said at once', async () => {
    expect(await slotWith({}).probe()).toMatchObject({ ok: false, why: expect.stringContaining('no D-Bus') });
    await expect(slotWith({}).unwrap('a:b:c')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  });

  test('a bus that hangs, refuses or ends does not hold LLMLab up', async () => {
    using dir = tempDir();
    const path = join(dir.path, 'bus');
    let answer: (data: Buffer) => string | null = () => null;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        const text = answer(data);
        if (text === null) return;
        if (text === '') socket.destroy();
        else socket.write(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    expect(await secretServiceState(path, 30)).toBe('silent');
    answer = () => 'REJECTED EXTERNAL\r\n';
    expect(await secretServiceState(path, 5_000)).toBe('silent');
    answer = () => '';
    expect(await secretServiceState(path, 5_000)).toBe('silent');
    // Logged in, and then silent: the service behind the bus hangs.
    answer = (data) => (data.includes('AUTH') ? 'OK 0123\r\n' : null);
    expect(await secretServiceState(path, 30)).toBe('silent');
    server.close();
    expect(await secretServiceState(join(dir.path, 'none'), 5_000)).toBe('silent');
  });

  test('addresses of the bus are read as systems write them', () => {
    expect(busPath('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
    expect(busPath('unix:path=/tmp/dbus%2dx,guid=12')).toBe('/tmp/dbus-x');
    expect(busPath('unix:abstract=/tmp/dbus-1,guid=12')).toBe('\0/tmp/dbus-1');
    expect(busPath('tcp:host=a,port=1;unix:guid=1,path=/x')).toBe('/x');
    for (const none of [undefined, '', 'autolaunch:', 'tcp:host=a']) expect(busPath(none)).toBeNull();
  });
});
