import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './pinned-node.mjs';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium to test with: `LLMLAB_CHROMIUM`, one on PATH, or null: then Playwright's own, where it has one. */
export function findChromium() {
  const named = process.env.LLMLAB_CHROMIUM;
  if (named) return named;
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = names.flatMap((name) => dirs.map((dir) => join(dir, name))).find(existsSync);
  return found ?? null;
}

/** Installs a Chromium when there is none: Debian's package as root, else the one Playwright downloads. */
export async function ensureChromium() {
  if (findChromium()) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0 && (await installDebianChromium())) return;
  // Quick when it is there already.
  if ((await runTool('playwright', ['install', 'chromium'])) !== 0)
    throw new Error('no Chromium to test with: install one, or name it in LLMLAB_CHROMIUM');
}

async function installDebianChromium() {
  process.stderr.write('llmlab: installing chromium with apt\n');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  await run('apt-get', ['update', '-qq'], { env, stdio });
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  const code = await run('apt-get', args, { env, stdio });
  return code === 0 && findChromium() !== null;
}
