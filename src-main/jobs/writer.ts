import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../platform/error.ts';
import { openDatabase } from '../store/database.ts';
import type { TaskSettings, Unit } from './context.ts';
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

/** Runs tasks in a worker thread of its own, so that no window waits for them. */
export function threadWriter(start: WorkerStart): Writer {
  const worker = new Worker(workerUrl(), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const fail = (error: unknown): void => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on('message', (reply: TaskReply) => {
    const one = waiting.get(reply.id);
    if (one === undefined) return;
    if (reply.kind === 'progress') return one.progress(reply.done, reply.total, reply.unit);
    waiting.delete(reply.id);
    if (reply.kind === 'done') one.resolve(reply.output as never);
    else
      one.reject(
        new AppError(reply.code, reply.message, reply.data === undefined ? {} : { data: reply.data }),
      );
  });
  worker.on('error', (cause) =>
    fail(new AppError('INTERNAL', 'The worker stopped. What it was doing was not saved.', { cause })),
  );
  worker.on('exit', () =>
    fail(new AppError('INTERNAL', 'The worker stopped. What it was doing was not saved.')),
  );
  const send = <N extends TaskName>(
    task: N,
    input: TaskInput<N>,
    options: RunOptions,
  ): Promise<TaskOutput<N>> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject, progress: options.progress });
      options.started?.();
      worker.postMessage({
        id,
        task,
        input,
        settings: options.settings,
        cancel: options.cancel,
      } satisfies TaskRequest);
    });
  return {
    run(task, input, options) {
      const turn = queue.then(() => {
        refuseCancelled(options.cancel);
        return send(task, input, options);
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await queue;
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('close');
      await gone;
    },
  };
}
