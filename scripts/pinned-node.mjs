import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

/** The Node that LLMLab is built and run with: the major inside the pinned Electron, installed as a package. */
export const pinnedNode = inRoot(
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** True when this very process already runs on the pinned major. */
export function isPinnedMajor() {
  const { devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return major(process.versions.node) === major(devDependencies.node);
}

const major = (version) => version.split('.')[0];

/** Runs a script under the pinned Node. Options and answer as of `run`. */
export function runNode(args, options) {
  return run(pinnedNode, args, options);
}

/** Runs a package's own command under the pinned Node, without the shell wrappers of `.bin`. */
export function runTool(packageName, args, options = {}) {
  return runNode([toolScript(packageName, options.command), ...args], options);
}

function toolScript(packageName, command = packageName.split('/').at(-1)) {
  const dir = inRoot('node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(`${dir}/package.json`, 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[command];
  if (!script || !existsSync(`${dir}/${script}`)) throw new Error(`${packageName} has no command ${command}`);
  return `${dir}/${script}`;
}
