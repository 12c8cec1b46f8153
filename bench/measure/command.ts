import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program that is not ours cost; CPU and memory only where GNU time is there to measure them. */
export interface CommandCosts {
  readonly wallMs: number;
  readonly cpuMs: number | null;
  readonly peakMegabytes: number | null;
  readonly output: string;
}

const gnuTime = '/usr/bin/time';

export interface CommandOptions {
  readonly env: Readonly<Record<string, string>>;
}

/** Runs Node with these arguments and takes its time, its children's included. Throws with what it said when it fails. */
export function runCommand(args: readonly string[], { env }: CommandOptions): CommandCosts {
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-bench-'));
  const costs = join(dir, 'costs');
  const isTimed = process.platform === 'linux' && existsSync(gnuTime);
  const timed = ['-f', '%U %S %M', '-o', costs, process.execPath, ...args];
  const [file, all] = isTimed ? [gnuTime, timed] : [process.execPath, [...args]];
  try {
    const begin = performance.now();
    const child = spawnSync(file, all, {
      encoding: 'utf8',
      // Nothing of this machine's own settings and logs may be found.
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...env },
      maxBuffer: 512 * 1024 * 1024,
      timeout: 600_000,
    });
    const wallMs = performance.now() - begin;
    if (child.status !== 0)
      throw new Error((child.stderr || `ended with ${child.status ?? child.signal}`).trim().slice(0, 300));
    const [user, system, kilobytes] = isTimed
      ? readFileSync(costs, 'utf8').trim().split(' ').map(Number)
      : [];
    return {
      wallMs,
      cpuMs: user === undefined || system === undefined ? null : (user + system) * 1000,
      peakMegabytes: kilobytes === undefined ? null : kilobytes / 1024,
      output: child.stdout,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
