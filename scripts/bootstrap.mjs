import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { pinnedNode } from './pinned-node.mjs';
import { inRoot, isMain, root } from './root.mjs';
import { pathWithoutOurs, run } from './run.mjs';

const oldestNode = 20;

/**
 * Makes sure every package of the lock file and the pinned Node are there. Quick when nothing is missing.
 * What it prints goes to stderr: stdout belongs to the command it prepares.
 * @throws {Error} with one line for the user when installing fails.
 */
export async function bootstrap() {
  if (Number(process.versions.node.split('.')[0]) < oldestNode)
    throw new Error(
      `LLMLab needs Node ${oldestNode} or newer to install itself; this is ${process.versions.node}.`,
    );
  const why = whyInstall();
  if (why) await install(why);
  if (!nodeWorks()) await installNode();
}

function whyInstall() {
  const installed = lockedPackages(inRoot('node_modules', '.package-lock.json'));
  if (!installed) return 'installing packages';
  const missing = firstMissing(lockedPackages(inRoot('package-lock.json')) ?? {}, installed);
  return missing && `packages changed (${missing})`;
}

/**
 * The first package of the lock file that npm's own note of what it installed has not, or has in another version;
 * null when they agree. Packages for other systems may be left out.
 */
export function firstMissing(wanted, installed) {
  for (const [path, { version, link, optional, devOptional, os, cpu }] of Object.entries(wanted)) {
    if (path === '' || link || installed[path]?.version === version) continue;
    const mayBeLeftOut = optional || devOptional || os || cpu;
    if (installed[path] || !mayBeLeftOut) return path.replace(/^node_modules\//, '');
  }
  return null;
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install(why) {
  tell(`${why}: npm ci, about a minute`);
  // Windows keeps a running program's file locked: there the folder cannot be emptied under our own Node.
  const isOurs = process.platform === 'win32' && process.execPath.startsWith(inRoot('node_modules'));
  const code = await npm([isOurs ? 'install' : 'ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  if (code !== 0)
    throw new Error(`npm could not install the packages (exit code ${code}). Is the registry reachable?`);
}

function nodeWorks() {
  if (!existsSync(pinnedNode)) return false;
  const { version } = JSON.parse(readFileSync(inRoot('node_modules', 'node', 'package.json'), 'utf8'));
  if (process.execPath === pinnedNode && process.versions.node === version) return true;
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  return stdout?.trim() === `v${version}`;
}

/** The `node` package fetches its binary in an install script; npm may have been told to skip those. */
async function installNode() {
  tell('fetching the pinned Node');
  const dir = inRoot('node_modules', 'node');
  const env = { PATH: pathWithoutOurs(), npm_config_ignore_scripts: 'false' };
  const stdio = ['ignore', 2, 2];
  await run('node', ['installArchSpecificPackage.js'], { cwd: dir, env, stdio });
  linkNode();
  if (!nodeWorks())
    throw new Error('The pinned Node could not be installed. Delete node_modules and try again.');
}

/** npm links only what is there when it installs, and the binary came later. Windows goes by the path of our own scripts. */
function linkNode() {
  const link = inRoot('node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync('../node/bin/node', link);
}

function npm(args, cwd) {
  // npm is a .cmd file on Windows, which only a shell runs.
  const shell = process.platform === 'win32';
  return run('npm', args, { cwd, shell, stdio: ['ignore', 2, 2], env: { PATH: pathWithoutOurs() } });
}

function tell(line) {
  process.stderr.write(`llmlab: ${line}\n`);
}

/** Runs a command's main function; what it throws ends as one line and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work(process.argv.slice(2))) ?? 0;
  } catch (error) {
    process.stderr.write(`llmlab: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

if (isMain(import.meta.url)) await main(bootstrap);
