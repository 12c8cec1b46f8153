import type { Job } from '../../../src-preload/contract/data.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Core } from '../../core/index.ts';
import type { Mending } from '../../core/repair.ts';
import { AppError } from '../../platform/error.ts';
import type { Ports } from '../../platform/ports.ts';
import { exitCodes } from './failure.ts';
import type { Io } from './io.ts';

/** One call; trouble is thrown as the AppError the core answered with. */
export type Ask = <R extends RouteName>(route: R, input: RouteInput<R>) => Promise<RouteOutput<R>>;

export interface Session {
  readonly ask: Ask;
  readonly core: Core;
}

export interface SessionOptions {
  readonly io: Io;
  readonly dataDir: string | undefined;
  /** `thread` starts slower, but Ctrl-C is heard while it works: inline, the work would keep this thread from it. */
  readonly heavyWork: Ports['heavyWork'];
  /** Nothing is changed: then a window that has the folder keeps nobody from reading. */
  readonly readsOnly?: boolean;
}

const caller = { trusted: true, label: 'cli' } as const;

/** Starts a core on the data folder, uses it and stops it. */
export async function withCore<T>(
  options: SessionOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const { io, dataDir, heavyWork, readsOnly = false } = options;
  const [{ createCore }, { nodePorts }] = await Promise.all([
    import('../../core/index.ts'),
    import('../../platform/node-ports.ts'),
  ]);
  const ports = nodePorts({ host: 'cli', heavyWork, dataDir, env: io.env });
  const core = createCore(ports);
  await core.start().catch((cause: unknown) => {
    if (readsOnly && isLocked(cause)) return core.startBeside(cause);
    if (cause instanceof AppError || !(cause instanceof Error && 'syscall' in cause)) throw cause;
    const message = `The data folder ${ports.dataDir} cannot be used (${cause.message}). Choose another with --data-dir.`;
    throw new AppError('STORE_READ_ONLY', message, { cause });
  });
  const silence = core.events.listen((event) => {
    if (event.kind === 'job.changed') io.progress(progressOf(event.job));
  });
  const ask = unlocking(asking(core), io);
  const cancelling = heavyWork === 'thread' ? cancelOnInterrupt(io, ask) : null;
  try {
    return await use({ ask: cancelling?.ask ?? ask, core });
  } finally {
    silence();
    cancelling?.release();
    io.progress(null);
    await core.stop();
  }
}

function isLocked(cause: unknown): cause is AppError {
  return cause instanceof AppError && cause.code === 'STORE_LOCKED';
}

/** For a ledger no core starts on. */
export async function mendingOf(io: Io, dataDir: string | undefined): Promise<Mending> {
  const [{ createMending }, { nodePorts }] = await Promise.all([
    import('../../core/repair.ts'),
    import('../../platform/node-ports.ts'),
  ]);
  return createMending(nodePorts({ host: 'cli', heavyWork: 'inline', dataDir, env: io.env }));
}

/** Where the ledger is kept, whether it can be opened or not. */
export async function dataDirOf(io: Io, dataDir: string | undefined): Promise<string> {
  const { nodePorts } = await import('../../platform/node-ports.ts');
  return nodePorts({ host: 'cli', heavyWork: 'inline', dataDir, env: io.env }).dataDir;
}

function asking(core: Core): Ask {
  return async (route, input) => {
    const result = await core.call(route, input, caller);
    if (result.ok) return result.data;
    const { code, message, data } = result.error;
    throw new AppError(code, message, data === undefined ? {} : { data });
  };
}

/** Asks the person for the passphrase once, when a call needs keys that it would open. */
function unlocking(ask: Ask, io: Io): Ask {
  let isAsked = false;
  return async (route, input) => {
    try {
      return await ask(route, input);
    } catch (error) {
      const isLocked = error instanceof AppError && error.code === 'VAULT_LOCKED';
      if (!isLocked || isAsked) throw error;
      isAsked = true;
      if (!(await unlock(ask, io))) throw error;
      return ask(route, input);
    }
  };
}

/** Opens the vault with the passphrase the person types; false where there is none to type it, or nothing to open. */
export async function unlock(ask: Ask, io: Io): Promise<boolean> {
  const { isLocked, slots } = await ask('vault.status', {});
  if (!isLocked || !slots.includes('passphrase')) return false;
  const passphrase = await io.askHidden('Passphrase of the keys: ');
  if (passphrase === null) return false;
  await ask('vault.unlock', { passphrase });
  return true;
}

/** The first Ctrl-C cancels what runs and keeps the next call from starting; a second one ends the process at once. */
function cancelOnInterrupt(io: Io, ask: Ask): { readonly ask: Ask; readonly release: () => void } {
  let interrupts = 0;
  const release = io.onInterrupt(() => {
    interrupts += 1;
    if (interrupts > 1) process.exit(exitCodes.interrupted);
    io.tell('Stopping. Nothing half-done is kept; Ctrl-C again ends at once.');
    void cancelJobs(ask);
  });
  return {
    release,
    ask: (route, input) => {
      if (interrupts > 0) throw new AppError('CANCELLED', 'Cancelled. What was done before is kept.');
      return ask(route, input);
    },
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
