import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createZone } from '../ledger/day.ts';
import { AppError } from '../platform/error.ts';
import { openDatabase, type ReadDb } from '../store/database.ts';
import { registerZone } from '../store/figures.ts';
import type { TaskSettings, Unit } from './context.ts';
import { writeExport } from './export.ts';
import type { TaskReply, TaskRequest, WorkerStart } from './messages.ts';
import { runTask } from './run-task.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

export interface RunOptions {
  readonly settings: TaskSettings;
  readonly started?: () => void;
  readonly progress: (done: number, total: number | null, unit: Unit) => void;
  readonly cancel: SharedArrayBuffer;
}

/** The one writer of the ledger. Tasks run one at a time, in order. */
export interface Writer {
  run<N extends TaskName>(task: N, input: TaskInput<N>, options: RunOptions): Promise<TaskOutput<N>>;
  close(): Promise<void>;
}

function isCancelled(cancel: SharedArrayBuffer): boolean {
  return Atomics.load(new Int32Array(cancel), 0) === 1;
}

function refuseCancelled(cancel: SharedArrayBuffer): void {
  if (isCancelled(cancel)) throw new AppError('CANCELLED', 'Cancelled. Nothing was changed.');
}

/** Runs tasks in this thread: for the command line and unit tests. `now` is the test's clock. */
export function inlineWriter(start: WorkerStart, now: () => number): Writer {
  const db = openDatabase(start.ledger, 'write');
  let queue: Promise<unknown> = Promise.resolve();
  return {
    run(task, input, options) {
      const turn = queue.then(() => {
        refuseCancelled(options.cancel);
        options.started?.();
        return runTask(db, start, {
          task,
          input,
          settings: options.settings,
          now,
          stop: () => isCancelled(options.cancel),
          progress: options.progress,
        });
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await queue;
      db.close();
    },
  };
}

export interface ReadingStart {
  readonly db: ReadDb;
  readonly dataDir: string;
  /** Why nothing may be written. */
  readonly locked: AppError;
}

/** In a writer's place, beside a host that has the ledger: writes exports, which only read it, and refuses all else. */
export function readingWriter({ db, dataDir, locked }: ReadingStart, now: () => number): Writer {
  return {
    async run(task, input, { settings, cancel, progress, started }) {
      if (task !== 'writeExport') throw locked;
      refuseCancelled(cancel);
      started?.();
      registerZone(db, createZone(settings.zone));
      const context = { db, dataDir, settings, now, progress, stop: () => isCancelled(cancel) };
      // The task is known to be this one; the compiler cannot narrow the input and output that go with it.
      return writeExport(context, input as TaskInput<'writeExport'>) as never;
    },
    close: async () => undefined,
  };
}

/** From sources the worker is the file next to this one; in a build it is `worker.js` beside the entry or above its chunks. */
function workerUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url);
  const beside = new URL('./worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../worker.js', import.meta.url);
}

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: RunOptions['progress'];
}

/** One worker thread for as long as it lives. Once it is dead it stays so, and answers at once. */
interface Thread {
  send<N extends TaskName>(task: N, input: TaskInput<N>, options: RunOptions): Promise<TaskOutput<N>>;
  close(): Promise<void>;
  readonly isDead: () => boolean;
  /** Whether it ever answered a task: one that did not died before it was of any use. */
  readonly hasAnswered: () => boolean;
}

function startThread(start: WorkerStart): Thread {
  const worker = new Worker(workerUrl(), {
    workerData: start,
    // A small young generation costs little time and a third of the memory (docs/benchmarks.md).
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 48 },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let death: AppError | null = null;
  let answered = false;
  const die = (cause?: unknown): void => {
    death ??= new AppError('INTERNAL', 'The worker stopped before the task was finished. Try again.', {
      cause,
    });
    for (const one of waiting.values()) one.reject(death);
    waiting.clear();
  };
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', die);
  worker.on('exit', (code) => die(code));
  worker.on('message', (reply: TaskReply) => {
    const one = waiting.get(reply.id);
    if (one === undefined) return;
    if (reply.kind === 'progress') return one.progress(reply.done, reply.total, reply.unit);
    waiting.delete(reply.id);
    answered = true;
    if (reply.kind === 'done') one.resolve(reply.output as never);
    else
      one.reject(
        new AppError(reply.code, reply.message, reply.data === undefined ? {} : { data: reply.data }),
      );
  });
  return {
    isDead: () => death !== null,
    hasAnswered: () => answered,
    send: (task, input, { settings, cancel, progress }) =>
      new Promise((resolve, reject) => {
        if (death !== null) return reject(death);
        const id = ++lastId;
        waiting.set(id, { resolve, reject, progress });
        worker.postMessage({ id, task, input, settings, cancel } satisfies TaskRequest);
      }),
    async close() {
      if (death === null) worker.postMessage('close');
      await exited;
    },
  };
}

/** How many workers in a row may die without an answer before no further one is started. */
const uselessWorkers = 3;

/**
 * Runs tasks in a worker thread of its own, so that no window waits for them. It is started by the first task: a window
 * that opens needs the machine for itself. After a crash the next task gets a new one.
 */
export function threadWriter(start: WorkerStart): Writer {
  let thread: Thread | null = null;
  let isClosed = false;
  let useless = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const living = (): Thread => {
    // Nobody would end a thread that is started now.
    if (isClosed) throw new AppError('CANCELLED', 'LLMLab was stopped. Nothing was changed.');
    thread ??= startThread(start);
    if (!thread.isDead()) return thread;
    useless = thread.hasAnswered() ? 1 : useless + 1;
    if (useless > uselessWorkers)
      throw new AppError(
        'INTERNAL',
        'The worker that writes the ledger keeps stopping. Nothing was changed; start LLMLab again.',
      );
    thread = startThread(start);
    return thread;
  };
  return {
    run(task, input, options) {
      const turn = queue.then(() => {
        refuseCancelled(options.cancel);
        const ready = living();
        options.started?.();
        return ready.send(task, input, options);
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      // What is asked while the last task runs is still done.
      let last: Promise<unknown>;
      do {
        last = queue;
        await last;
      } while (last !== queue);
      isClosed = true;
      await thread?.close();
    },
  };
}
