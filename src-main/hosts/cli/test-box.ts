import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, vi } from 'vitest';
import { runIn } from './test-terminal.ts';

const samples = join(import.meta.dirname, '../../testing/fixtures/samples');
/** The entry of the command. */
export const main = join(import.meta.dirname, 'main.ts');

export const sample = (name: string) => join(samples, name);

/** For the tests of one file: before each an empty folder to work in, an empty home and no ledger yet. */
export function testBox() {
  let dir = '';
  let dataDir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'llmlab-cli-'));
    dataDir = join(dir, 'data');
    mkdirSync(join(dir, 'home'));
    // An empty home: no test may find the logs of who runs it.
    vi.stubEnv('HOME', join(dir, 'home'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true, force: true });
  });

  const llmlab = (...args: readonly string[]) => runIn({ cwd: dir, env: { LLMLAB_DATA_DIR: dataDir } }, args);

  /** With more of an environment, or a person who types secrets. */
  const llmlabWith = (
    { env = {}, answers = [] }: { env?: Readonly<Record<string, string>>; answers?: readonly string[] },
    ...args: readonly string[]
  ) => runIn({ cwd: dir, env: { LLMLAB_DATA_DIR: dataDir, ...env }, answers }, args);

  /** What the command prints with `--json`. */
  async function json(...args: readonly string[]) {
    const { out, err, code } = await llmlab(...args, '--json');
    return { code, err, data: JSON.parse(out) };
  }

  /** The command as a person runs it: its own process. */
  function start(...args: readonly string[]) {
    const home = join(dir, 'home');
    const env = { PATH: process.env.PATH, HOME: home, USERPROFILE: home, LLMLAB_DATA_DIR: dataDir };
    return spawn(process.execPath, [main, ...args], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function llmlabProcess(...args: readonly string[]) {
    const child = start(...args);
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { out, err, code };
  }

  return {
    get dir() {
      return dir;
    },
    get dataDir() {
      return dataDir;
    },
    ...{ llmlab, llmlabWith, json, llmlabProcess },
  };
}
