import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bootstrap, main } from './bootstrap.mjs';
import { runTool } from './pinned-node.mjs';
import { inRoot, isMain, root } from './root.mjs';

const sources = ['src-main', 'src-preload', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];
const stampFile = inRoot('out', '.stamp');
const lockDir = inRoot('.cache', 'build.lock');

/**
 * Builds `out/` when a source differs from those of the last build. Nothing goes to stdout.
 * @returns {Promise<boolean>} whether something was built.
 */
export async function build({ force = false } = {}) {
  if (!force && isFresh()) return false;
  await locked(async () => {
    if (!force && isFresh()) return;
    const stamp = sourceStamp();
    rmSync(inRoot('out'), { recursive: true, force: true });
    // What was compiled of the last build.
    rmSync(inRoot('.cache', 'code'), { recursive: true, force: true });
    process.stderr.write('llmlab: building\n');
    const code = await runTool('electron-vite', ['build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
    if (code !== 0) throw new Error('the build failed');
    writeFileSync(stampFile, stamp);
  });
  return true;
}

function isFresh() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp();
}

/** Names, sizes and times of everything that goes into a build. */
export function sourceStamp(dir = root) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesIn(join(dir, source))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isBuilt(entry.parentPath ?? entry.path, entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const isBuilt = (dir, name) => !/[\\/]testing([\\/]|$)/.test(dir) && !/\.test\.tsx?$/.test(name);

/** One build at a time: a second command waits for the first and uses what it built. */
async function locked(work) {
  mkdirSync(inRoot('.cache'), { recursive: true });
  while (!tryLock()) await wait(200);
  try {
    await work();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

function tryLock() {
  try {
    mkdirSync(lockDir);
    writeFileSync(join(lockDir, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isOwnerAlive()) rmSync(lockDir, { recursive: true, force: true });
    return false;
  }
}

function isOwnerAlive() {
  try {
    process.kill(Number(readFileSync(join(lockDir, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // No pid yet: the owner is between making the folder and writing the file.
    return error.code === 'EPERM' || (error.code === 'ENOENT' && isYoung());
  }
}

function isYoung() {
  try {
    return Date.now() - statSync(lockDir).mtimeMs < 5_000;
  } catch {
    return false;
  }
}

if (isMain(import.meta.url))
  await main(async (args) => {
    await bootstrap();
    if (!(await build({ force: args.includes('--force') })))
      process.stderr.write('llmlab: nothing to build\n');
  });
