import type { Job } from '../../../src-preload/contract/data.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Core } from '../../core/index.ts';
import { AppError } from '../../platform/error.ts';
import { exitCodes } from './failure.ts';
import type { Io } from './io.ts';

/** One call; trouble is thrown as the AppError the core answered with. */
export type Ask = <R extends RouteName>(route: R, input: RouteInput<R>) => Promise<RouteOutput<R>>;

export interface Session {
  readonly ask: Ask;
  readonly core: Core;
}

const caller = { trusted: true, label: 'cli' } as const;

/** Starts a core on the data folder, uses it and stops it. Ctrl-C cancels the work; a second one ends at once. */
export async function withCore<T>(
  io: Io,
  dataDir: string | undefined,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const [{ createCore }, { nodePorts }] = await Promise.all([
    import('../../core/index.ts'),
    import('../../platform/node-ports.ts'),
  ]);
  const core = createCore(nodePorts({ host: 'cli', heavyWork: 'inline', dataDir, env: io.env }));
  await core.start();
  const ask = asking(core);
  let interrupts = 0;
  const release = io.onInterrupt(() => {
    interrupts += 1;
    if (interrupts > 1) process.exit(exitCodes.interrupted);
    io.tell('Stopping; nothing half-done is kept. Press Ctrl-C again to end at once.');
    void cancelJobs(ask);
  });
  const silence = core.events.listen((event) => {
    if (event.kind === 'job.changed') io.progress(progressOf(event.job));
  });
  try {
    return await use({ ask, core });
  } finally {
    silence();
    release();
    io.progress(null);
    await core.stop();
  }
}

function asking(core: Core): Ask {
  return async (route, input) => {
    const result = await core.call(route, input, caller);
    if (result.ok) return result.data;
    const { code, message, data } = result.error;
    throw new AppError(code, message, data === undefined ? {} : { data });
  };
}

async function cancelJobs(ask: Ask): Promise<void> {
  const { jobs } = await ask('jobs.list', {});
  const live = jobs.filter(({ state }) => state === 'queued' || state === 'running');
  await Promise.allSettled(live.map(({ id }) => ask('jobs.cancel', { id })));
}

function progressOf({ state, title, done, total, unit }: Job): string | null {
  if (state !== 'running') return null;
  return total ? `${title} ${Math.floor((100 * done) / total)} %` : `${title} ${done} ${unit}`;
}
