import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HostOrders, Said } from './killed-host.ts';

export interface Life {
  /** Steps that were answered, in order; -1 is the start. */
  readonly done: readonly { readonly step: number; readonly data: unknown }[];
  /** The step it was killed in; null when it was killed between two. */
  readonly killedIn: number | null;
}

export interface KillPlan {
  /** The kill comes while this step runs, or later when it is over by then. */
  readonly step: number;
  /** From the step's beginning. */
  readonly afterMs: number;
  /** Hears how long the step took when it was over before its host was. */
  readonly took: (ms: number) => void;
}

const hostFile = join(import.meta.dirname, 'killed-host.ts');

/** Starts a host in a process of its own and kills it (SIGKILL) as planned. Throws when a step fails by itself. */
export function liveAndDie(orders: HostOrders, plan: KillPlan): Promise<Life> {
  const child = spawn(process.execPath, [hostFile, JSON.stringify(orders)], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const done: { step: number; data: unknown }[] = [];
  const errors: string[] = [];
  let [killedIn, began, isKilled]: [number | null, number, boolean] = [null, 0, false];
  let failed: unknown = null;
  const kill = (): void => {
    isKilled = true;
    child.kill('SIGKILL');
  };
  const hear = (said: Said): void => {
    if (said.kind === 'failed') {
      failed = said.error;
      kill();
    } else if (said.kind === 'begin') {
      killedIn = said.step;
      if (said.step !== plan.step) return;
      began = performance.now();
      setTimeout(kill, plan.afterMs);
    } else {
      killedIn = null;
      done.push(said);
      if (said.step === plan.step) plan.took(performance.now() - began);
    }
  };
  createInterface({ input: child.stdout }).on('line', (line) => hear(JSON.parse(line) as Said));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (failed !== null || !isKilled)
        reject(
          new Error(
            `the host ended by itself (${code}) ${orders.heavyWork} ${JSON.stringify({ steps: orders.steps, killedIn, failed })} ${errors.join('')}`,
          ),
        );
      else resolve({ done, killedIn });
    });
  });
}
