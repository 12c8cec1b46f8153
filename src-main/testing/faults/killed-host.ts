import { writeSync } from 'node:fs';
import type { RouteInput, RouteName } from '../../../src-preload/contract/index.ts';
import { createCore } from '../../core/index.ts';
import { type HostPlace, hostPorts } from './host-ports.ts';

/** One call the host makes before it is killed. */
export interface Step {
  readonly route: RouteName;
  readonly input: unknown;
}

/** What a host that is going to be killed is started with. */
export interface HostOrders extends HostPlace {
  readonly steps: readonly Step[];
}

/** A step begins (-1: the start itself), or is over and was answered: what is said here has happened. */
export type Said =
  | { readonly kind: 'begin'; readonly step: number }
  | { readonly kind: 'done'; readonly step: number; readonly data: unknown }
  | { readonly kind: 'failed'; readonly step: number; readonly error: unknown };

function say(said: Said): void {
  // Written at once: a line that waits in this process would die with it.
  writeSync(1, `${JSON.stringify(said)}\n`);
}

async function run(orders: HostOrders): Promise<void> {
  const core = createCore(hostPorts(orders));
  say({ kind: 'begin', step: -1 });
  await core.start();
  say({ kind: 'done', step: -1, data: null });
  for (const [step, { route, input }] of orders.steps.entries()) {
    say({ kind: 'begin', step });
    // Route and input come from the test's table, which pairs them.
    const result = await core.call(route, input as RouteInput<typeof route>, {
      trusted: true,
      label: 'test',
    });
    if (!result.ok) return say({ kind: 'failed', step, error: result.error });
    say({ kind: 'done', step, data: result.data });
  }
  // Waits for its end.
  setInterval(() => undefined, 60_000);
}

await run(JSON.parse(process.argv[2] ?? '{}') as HostOrders);
