import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dataDir } from '../generate/dataset.ts';

/** What a run under measurement says of itself, besides its own figures: the whole process, threads included. */
export interface Costs {
  /** From the start of the process to its end. */
  readonly processMs: number;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** Runs a script of bench/runs, or of bench when it names its folder, in a process of its own and reads the figures it ends with. */
export function runChild<T>(script: string, args: readonly (string | number)[]): T & Costs {
  const file = join(import.meta.dirname, '..', script.includes('/') ? '' : 'runs', `${script}.ts`);
  const child = spawnSync(process.execPath, ['--expose-gc', file, ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
    // A built app has its code in one piece; without this every thread would turn the TypeScript sources anew.
    env: { ...process.env, NODE_COMPILE_CACHE: join(dataDir, 'compile-cache') },
  });
  if (child.status !== 0) throw new Error(`${file} ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as T & Costs;
}

/** Called by a run as its last act. */
export function report(figures: Readonly<Record<string, unknown>>): void {
  const { user, system } = process.cpuUsage();
  const costs: Costs = {
    processMs: process.uptime() * 1000,
    cpuMs: (user + system) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify({ ...figures, ...costs })}\n`);
}
