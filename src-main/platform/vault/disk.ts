import { readFileSync } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../error.ts';

/** The vault's file in one data folder. */
export interface VaultDisk {
  /** Its bytes; null where there is none. Throws VAULT_LOCKED where there is one that cannot be read. */
  read(): Buffer | null;
  /** Puts a whole new file in place; the one before is kept until the new one is known to be on the disk. */
  write(text: string): Promise<void>;
}

const fileName = 'vault.json';

export function vaultDisk(dataDir: string): VaultDisk {
  const path = join(dataDir, fileName);
  const previous = join(dataDir, 'vault.previous.json');
  const next = join(dataDir, 'vault.next.json');
  return {
    // A write that was cut short where renaming is not one step leaves only the one before.
    read: () => readOne(path) ?? readOne(previous),
    async write(text) {
      try {
        // From a write that was cut short.
        await rm(next, { force: true });
        await writeDurably(next, text);
        await keep(path, previous);
        await rename(next, path);
        await syncFolder(dataDir);
      } catch (error) {
        await rm(next, { force: true }).catch(() => undefined);
        const isFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
        throw new AppError(
          isFull ? 'STORE_FULL' : 'STORE_READ_ONLY',
          `The keys could not be written to ${path}. Nothing was changed. ${isFull ? 'Free some space' : 'Make the folder writable for you'}, then try again.`,
          { cause: error },
        );
      }
      // What it held must not outlive a removed key.
      await rm(previous, { force: true });
    },
  };
}

function readOne(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new AppError(
      'VAULT_LOCKED',
      `${path} cannot be read (${codeOf(error)}). It was left as it is: make it readable for you, then try again.`,
      { cause: error },
    );
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A second name for the file as it is now; a copy where the file system has no links. */
async function keep(path: string, previous: string): Promise<void> {
  await rm(previous, { force: true });
  try {
    await link(path, previous);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') await copyFile(path, previous);
  }
}

async function syncFolder(dir: string): Promise<void> {
  // Windows has no handle for a folder; its rename is written through.
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
