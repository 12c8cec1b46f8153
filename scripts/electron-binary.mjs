import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { inRoot } from './root.mjs';

const electronDir = inRoot('node_modules', 'electron');
const refusalFile = inRoot('.cache', 'electron-not-fetched.json');
const askAgainMs = 12 * 60 * 60 * 1000;
const probeMs = 4_000;
const downloadMs = 10 * 60 * 1000;

/** The Electron program, where its download is there; null otherwise. Fetches nothing. */
export function findElectron() {
  const pathFile = join(electronDir, 'path.txt');
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!named && !existsSync(pathFile)) return null;
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const path = join(named ?? join(electronDir, 'dist'), program);
  return existsSync(path) ? path : null;
}

/**
 * The Electron program, fetched when it is not there: the npm package brings none. One attempt; a failed one is
 * remembered for half a day, so that a machine that cannot reach the release site starts quickly.
 * @returns {Promise<{ path: string } | { why: string }>}
 */
export async function obtainElectron() {
  const found = findElectron();
  if (found) return { path: found };
  const remembered = rememberedRefusal();
  if (remembered) return { why: remembered };
  const why = (await whyUnreachable()) ?? (await download());
  const path = findElectron();
  if (path) return { path };
  return { why: remember(why ?? "Electron's download brought no program") };
}

function rememberedRefusal() {
  try {
    const { at, version, why } = JSON.parse(readFileSync(refusalFile, 'utf8'));
    return version === wanted().version && Date.now() - at < askAgainMs ? why : null;
  } catch {
    return null;
  }
}

function remember(why) {
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(refusalFile, JSON.stringify({ at: Date.now(), version: wanted().version, why }));
  return why;
}

function wanted() {
  const { version } = JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8'));
  return { version, fileName: `electron-v${version}-${process.platform}-${process.arch}.zip` };
}

/** A short look whether the release site answers at all: the download itself waits far longer. */
async function whyUnreachable() {
  const isProxied = process.env.HTTPS_PROXY || process.env.https_proxy || process.env.ELECTRON_GET_USE_PROXY;
  if (isProxied || isCached()) return null;
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const site = mirror ?? 'https://github.com/electron/electron/releases/';
  try {
    await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return null;
  } catch {
    return `Electron's program cannot be fetched (${new URL(site).host} does not answer)`;
  }
}

function isCached() {
  const cache = {
    darwin: join(homedir(), 'Library', 'Caches', 'electron'),
    win32: join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'electron', 'Cache'),
  }[process.platform];
  const dir =
    process.env.electron_config_cache ??
    cache ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'electron');
  try {
    return readdirSync(dir, { recursive: true }).some((name) => name.endsWith(wanted().fileName));
  } catch {
    return false;
  }
}

async function download() {
  process.stderr.write('llmlab: fetching Electron (about 110 MB, once)\n');
  const code = await runNode([join(electronDir, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeoutMs: downloadMs,
  });
  if (code === 0) return null;
  rmSync(join(electronDir, 'dist'), { recursive: true, force: true });
  return "Electron's program could not be fetched";
}
