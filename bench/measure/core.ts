import { join } from 'node:path';
import { type Core, createCore } from '../../src-main/core/index.ts';
import { nodePorts } from '../../src-main/platform/node-ports.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';

export interface BenchCore {
  readonly core: Core;
  call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>>;
}

export interface BenchCoreOptions {
  readonly dataDir: string;
  /** Environment variables that name a tool's folder. The home folder is an empty one: nothing else is found. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The core as a running host has it: heavy work in a worker thread, figures in UTC. */
export async function startBenchCore({ dataDir, env = {} }: BenchCoreOptions): Promise<BenchCore> {
  const ports = nodePorts({
    host: 'web',
    heavyWork: 'thread',
    dataDir,
    env: { ...env, LLMLAB_LOG: 'stderr' },
  });
  const environment = { ...ports.environment, home: join(dataDir, 'no-home'), zone: () => 'UTC' };
  const core = createCore({ ...ports, environment });
  await core.start();
  const call: BenchCore['call'] = async (route, input) => {
    const result = await core.call(route, input, { trusted: true, label: 'bench' });
    if (!result.ok) throw new Error(`${route}: ${result.error.message}`);
    return result.data;
  };
  // Start-up work has to be out of the way before anything is timed.
  while ((await call('jobs.list', {})).jobs.some((job) => job.state === 'queued' || job.state === 'running'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return { core, call };
}
