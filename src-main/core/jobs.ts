import { randomUUID } from 'node:crypto';
import type { Job } from '../../src-preload/contract/data.ts';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { TaskSettings } from '../jobs/context.ts';
import type { TaskInput, TaskName, TaskOutput } from '../jobs/tasks.ts';
import type { Writer } from '../jobs/writer.ts';
import { AppError } from '../platform/error.ts';
import type { Clock } from '../platform/ports.ts';

export interface JobFacts {
  readonly kind: Job['kind'];
  readonly title: string;
  readonly ref?: string | undefined;
  /** Shown only once it has run for a second: for work nobody asked for, which is mostly over in no time. */
  readonly isQuiet?: boolean;
}

/** Tasks the user can see and cancel. */
export interface JobBoard {
  run<N extends TaskName>(task: N, input: TaskInput<N>, facts: JobFacts): Promise<TaskOutput<N>>;
  list(): readonly Job[];
  cancel(id: string): void;
  /** Asks every job to stop: before the host quits. */
  cancelAll(): void;
}

export interface BoardOptions {
  readonly writer: Writer;
  readonly clock: Clock;
  readonly settings: () => TaskSettings;
  readonly emit: (event: CoreEvent) => void;
}

function endOf(error: unknown): Pick<Job, 'state' | 'message'> {
  if (!(error instanceof AppError) || error.code === 'INTERNAL')
    return { state: 'failed', message: 'Something went wrong. Nothing was saved.' };
  return error.code === 'CANCELLED'
    ? { state: 'cancelled', message: null }
    : { state: 'failed', message: error.message };
}

/** How long quiet work goes unseen. */
const quietMs = 1_000;

/** How many finished jobs stay listed. */
const keptJobs = 20;

export function createJobBoard({ writer, clock, settings, emit }: BoardOptions): JobBoard {
  const jobs = new Map<string, Job>();
  const flags = new Map<string, SharedArrayBuffer>();
  /** Jobs that are not shown yet, and when they started. */
  const quiet = new Map<string, number>();
  const change = (id: string, changes: Partial<Job>): void => {
    const job = jobs.get(id);
    if (job === undefined) return;
    const next = { ...job, ...changes };
    jobs.set(id, next);
    if (quiet.has(id)) return;
    emit({ kind: 'job.changed', job: next });
  };
  const forget = (): void => {
    const over = [...jobs.values()].filter((job) => job.state !== 'queued' && job.state !== 'running');
    for (const job of over.slice(0, Math.max(0, over.length - keptJobs))) jobs.delete(job.id);
  };
  const cancel = (id: string): void => {
    const flag = flags.get(id);
    if (flag !== undefined) Atomics.store(new Int32Array(flag), 0, 1);
  };
  return {
    run(task, input, facts) {
      const id = randomUUID();
      const flag = new SharedArrayBuffer(4);
      flags.set(id, flag);
      jobs.set(id, {
        id,
        kind: facts.kind,
        title: facts.title,
        state: 'queued',
        done: 0,
        total: null,
        unit: 'rows',
        ref: facts.ref ?? null,
        message: null,
        startedAt: clock.now(),
      });
      if (facts.isQuiet) quiet.set(id, Number.POSITIVE_INFINITY);
      change(id, {});
      return writer
        .run(task, input, {
          settings: settings(),
          cancel: flag,
          started: () => {
            if (quiet.has(id)) quiet.set(id, clock.now());
            change(id, { state: 'running' });
          },
          progress: (done, total, unit) => {
            if (clock.now() - (quiet.get(id) ?? 0) >= quietMs) quiet.delete(id);
            change(id, { done, total, unit });
          },
        })
        .then(
          (output) => {
            change(id, { state: 'done' });
            return output;
          },
          (error: unknown) => {
            change(id, endOf(error));
            throw error;
          },
        )
        .finally(() => {
          flags.delete(id);
          if (quiet.delete(id)) jobs.delete(id);
          forget();
        });
    },
    list: () => [...jobs.values()].filter(({ id }) => !quiet.has(id)),
    cancel(id) {
      if (!jobs.has(id)) throw new AppError('NOT_FOUND', 'That job is already gone.');
      cancel(id);
    },
    cancelAll() {
      for (const id of flags.keys()) cancel(id);
    },
  };
}
