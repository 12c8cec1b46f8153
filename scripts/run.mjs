import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { inRoot, root } from './root.mjs';

const binDir = inRoot('node_modules', '.bin');

/** PATH with the repository's own commands in front, so that `#!/usr/bin/env node` finds the pinned Node. */
export function pathWithOurs() {
  return [binDir, pathWithoutOurs()].join(delimiter);
}

/** PATH without anything below our node_modules: what reinstalls that folder must not run from it. */
export function pathWithoutOurs() {
  const path = process.env.PATH ?? process.env.Path ?? '';
  return path
    .split(delimiter)
    .filter((part) => !part.startsWith(inRoot('node_modules')))
    .join(delimiter);
}

/**
 * Runs a command to its end. Signals that reach us are handed on to it.
 * @returns {Promise<number>} its exit code; 128 + n when signal n ended it, 127 when it could not be started.
 */
export function run(command, args, options = {}) {
  const { env = {}, stdio = 'inherit', cwd = root, shell = false, timeoutMs } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio,
      shell,
      env: { ...process.env, PATH: pathWithOurs(), ...env },
      ...(timeoutMs && { timeout: timeoutMs }),
    });
    const release = handSignalsTo(child);
    child.once('error', (error) => {
      release();
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.once('close', (code, signal) => {
      release();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function handSignalsTo(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const handlers = signals.map((signal) => {
    // A terminal sends Ctrl-C to the child as well: we only have to outlive it.
    const handler = () => signal !== 'SIGINT' && child.kill(signal);
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const off of handlers) off();
  };
}
