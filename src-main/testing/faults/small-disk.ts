import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a test can fill or make read-only. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Leaves this many bytes free. */
  fill(leave: number): void;
  empty(): void;
  setReadOnly(isReadOnly: boolean): void;
}

const run = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function tryMount(path: string, megabytes: number): boolean {
  return (
    process.platform === 'linux' && run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path)
  );
}

/** Whether this machine lets a test have a disk: it takes Linux and root. */
export function canMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'llmlab-disk-'));
  const isMounted = tryMount(path, 1);
  if (isMounted) run('umount', path);
  rmSync(path, { recursive: true });
  return isMounted;
}

export function smallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'llmlab-disk-'));
  if (!tryMount(path, megabytes)) throw new Error('no disk could be mounted');
  const filler = join(path, 'filler');
  return {
    path,
    fill(leave) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
    },
    empty: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => void run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path),
    [Symbol.dispose]() {
      run('umount', '-l', path);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
