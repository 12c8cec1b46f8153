import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One person's machine, made for one test: an empty home, an empty data folder, and the built commands. */
export interface Box {
  readonly home: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `llmlab ARGS` on this box to its end. Not while a host has the data folder open. */
  cli(...args: readonly string[]): Promise<CliResult>;
  remove(): void;
}

export const repository = fileURLToPath(new URL('..', import.meta.url));
export const cliBundle = join(repository, 'out', 'main', 'cli.js');

/** Nothing of the real machine's environment reaches a box but what programs need to start. */
export function createBox(): Box {
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-e2e-'));
  const [home, dataDir] = [join(dir, 'home'), join(dir, 'data')];
  mkdirSync(home);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    USERPROFILE: home,
    // Where Windows keeps a person's programs' files.
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    LLMLAB_DATA_DIR: dataDir,
    TZ: 'Europe/Berlin',
    LANG: 'C.UTF-8',
    CI: '1',
    // On Linux a box has no session bus, so no keyring; elsewhere it would be the person's own.
    ...(process.platform === 'linux' ? {} : { LLMLAB_KEYRING: 'off' }),
  };
  return {
    home,
    dataDir,
    env,
    cli: (...args) => runCli(args, { env, cwd: home }),
    // Windows lets go of a program's files a moment after it ended.
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 10 }),
  };
}

function runCli(args: readonly string[], where: { env: Record<string, string>; cwd: string }) {
  const { promise, resolve, reject } = Promise.withResolvers<CliResult>();
  const child = spawn(process.execPath, [cliBundle, ...args], {
    ...where,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  return promise;
}
